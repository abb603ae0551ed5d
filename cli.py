"""The commands: parse what the user says, wire the parts, print."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from resolver.errors import InputError, LossyInputError, ResolverError, StoreError
from resolver.render.json_lines import json_line, whole_file
from resolver.render.record import record
from resolver.render.table import announcement, host_of, number, summary_lines, table_lines
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cache import Counts, Store
    from resolver.documents import Row
    from resolver.models import Embed, Observation

DONE, CROSSED, WRONG, INCOMPLETE, STOPPED = 0, 1, 2, 3, 130

DATABASE = "provenance.db"


class Commands(click.Group):
    """The commands, with one line for each error instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what goes wrong becomes one line and an exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # Whoever read the output has enough; what is still buffered must not fail at the end either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(DONE)
        except KeyboardInterrupt:
            click.echo("Stopped. Run the same command again to go on.", err=True)
            ctx.exit(STOPPED)
        except Exception as error:
            if _debug(ctx):
                raise
            click.echo(f"Error: {_in_words(error)}", err=True)
            ctx.exit(WRONG)


def _debug(ctx: click.Context) -> bool:
    return bool(ctx.meta.get("embed_resolver.debug"))


def _in_words(error: Exception) -> str:
    if isinstance(error, (ResolverError, OSError)):
        return safe(str(error))
    return safe(
        f"this tool failed ({type(error).__name__}: {error}); say --debug for details, and please report it"
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="embed-resolver", prog_name="embed-resolver")
def main() -> None:
    """Find what was lost of articles' social embeds, name the posts, and keep the proof.

    \b
    Examples:
      embed-resolver scan article.txt
      embed-resolver enrich articles.jsonl -o enriched.jsonl
      embed-resolver show https://t.co/AbCdEf1234
    """


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command has."""
    for option in (
        click.option(
            "--debug", is_flag=True, expose_value=False, callback=_set_debug, help="Show tracebacks."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    ):
        command = option(command)
    return command


def _set_debug(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    ctx.meta["embed_resolver.debug"] = value


def _inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the inputs, and the options that say what is in which column of a table."""
    for name in ("date", "url", "id", "html", "text"):
        command = click.option(
            f"--{name}-col", metavar="NAME", help=f"Column of tables with the {name}; guessed where not said."
        )(command)
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(command)


def _database(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--db",
        default=DATABASE,
        show_default=True,
        envvar="EMBED_RESOLVER_DB",
        metavar="FILE",
        help="The database of what was seen.",
    )(command)


def _network(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that follow links."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Say what would be asked, and stop."),
        click.option(
            "--connect-to",
            multiple=True,
            metavar="HOST=URL",
            callback=_connect_to,
            help="Send the requests for HOST to the server at URL (http://127.0.0.1:PORT). Repeatable; for try-outs.",
        ),
    ):
        command = option(command)
    return command


def _connect_to(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for value in values:
        host, separator, url = value.partition("=")
        if not (host and separator and _is_server(url)):
            raise click.BadParameter(f"{value!r} is not HOST=URL, as in t.co=http://127.0.0.1:8000")
        pairs[host.lower()] = url
    return pairs


def _is_server(url: str) -> bool:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none
        return False


class Inputs:
    """The inputs of a command under reading, and how many could not be read."""

    def __init__(self, inputs: Iterable[str], columns: dict[str, str | None]) -> None:
        self.inputs = tuple(inputs)
        self.columns = {name.removesuffix("_col"): column for name, column in columns.items()}
        self.documents = 0
        self.unreadable = 0

    def rows(self, *, all_fields: bool = True) -> Iterator[Row]:
        """Yield what can be read, with *all fields* of their rows or those that matter; say on stderr what cannot."""
        from resolver.documents import Columns, read

        rows = read(
            self.inputs,
            columns=Columns(**self.columns),
            report=self._report,
            standard_input=_standard_input(),
            all_fields=all_fields,
        )
        for row in rows:
            self.documents += 1
            yield row

    def _report(self, error: InputError) -> None:
        lossy = isinstance(error, LossyInputError)
        self.unreadable += not lossy
        click.echo(f"{'Warning' if lossy else 'Error'}: {_in_words(error)}", err=True)

    def exit_code(self) -> int:
        """Return 0 where all was read, 3 where some was not, 2 where nothing was."""
        if not self.unreadable:
            return DONE
        return INCOMPLETE if self.documents else WRONG


@main.command()
@_inputs
@click.option("--cues", is_flag=True, help="Also sentences that lead to a post of which nothing is left.")
@click.option("--table/--jsonl", default=None, help="A table for people, or JSON Lines (default when piped).")
@_common
@click.pass_context
def scan(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    cues: bool,
    table: bool | None,
    quiet: bool,
    **columns: str | None,
) -> None:
    """Find the embeds in articles, and what is known of each. Never connects.

    INPUT is a file (text, HTML, JSON Lines, JSON, CSV, WARC, WET, WordPress export, Parquet, RSS; also compressed), a
    folder, a pattern, or - for standard input. One JSON record per embed goes to standard output.

    \b
    Examples:
      embed-resolver scan article.txt
      embed-resolver scan corpus.jsonl --text-col body > embeds.jsonl
      curl -s https://news.example/story | embed-resolver scan -
    """
    from resolver import scan as find

    source = Inputs(inputs, columns)
    found = (embed for row in source.rows(all_fields=False) for embed in find(row.document, cues=cues))
    count = _print_embeds(found, table=_for_people(table))
    if not quiet:
        click.echo(f"{number(count, 'embed')} in {number(source.documents, 'document')}.", err=True)
    ctx.exit(source.exit_code())


@main.command()
@_inputs
@click.option(
    "-o", "--output", metavar="FILE", help="Where the enriched rows go, as JSON Lines; - is standard output."
)
@_network
@_database
@_common
@click.pass_context
def enrich(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    output: str | None,
    db: str,
    connect_to: dict[str, str],
    dry_run: bool,
    quiet: bool,
    **columns: str | None,
) -> None:
    """Find the embeds in articles, follow their links, name the posts, and keep every step in the database.

    Each input row is written with a list "embeds". What could not be reached is kept as such and tried again by
    the next run of the same command, which asks for nothing that is known.

    \b
    Examples:
      embed-resolver enrich article.txt
      embed-resolver enrich corpus.jsonl -o enriched.jsonl --db corpus.db
      embed-resolver enrich corpus.jsonl --dry-run
    """
    from resolver.documents.kept import KeptRows
    from resolver.pipeline import add, utc_now

    source = Inputs(inputs, columns)
    arguments = {"inputs": inputs, "output": output, **columns}
    with _store(db, "enrich", arguments, connect_to) as store, KeptRows() as kept:
        for row in source.rows():
            add(row.document, store=store)
            kept.add(row)
        _announce(store.due(utc_now()), quiet=quiet and not dry_run)
        if not dry_run:
            with whole_file(
                output
            ) as out:  # opened before anything is asked, so that nothing is asked in vain
                used = _follow(store.due(utc_now()), store, connect_to, quiet=quiet)
                _write_rows(kept.rows(), store, None if output is None and sys.stdout.isatty() else out)
            if not quiet:
                _say_result(store.counts(), used)
    ctx.exit(source.exit_code())


@main.command()
@_network
@_database
@_common
def expand(db: str, connect_to: dict[str, str], dry_run: bool, quiet: bool) -> None:
    """Follow the links in the database that are not known yet, or not freshly.

    \b
    Examples:
      embed-resolver expand --db corpus.db --dry-run
      embed-resolver expand --db corpus.db
    """
    from resolver.pipeline import utc_now

    with _store(db, "expand", {}, connect_to, must_exist=True) as store:
        _announce(store.due_everywhere(utc_now()), quiet=quiet and not dry_run)
        if not dry_run:
            used = _follow(store.due_everywhere(utc_now()), store, connect_to, quiet=quiet)
            if not quiet:
                _say_result(store.counts(everywhere=True), used)


@main.command()
@click.argument("subject", metavar="ID|URL")
@_database
@_common
def show(subject: str, db: str, quiet: bool) -> None:  # noqa: ARG001 - it prints nothing but what was asked for
    """Show the chain of evidence for one embed (its number), link (its address) or document (its id).

    \b
    Examples:
      embed-resolver show 1
      embed-resolver show https://t.co/AbCdEf1234
      embed-resolver show articles/2020/bridge.txt --db corpus.db
    """

    from cache import Store
    from resolver.render.evidence import evidence_lines

    with Store.read(db) as store:
        found = False
        for document in store.evidence(subject):
            if found:
                click.echo()
            found = True
            for line in evidence_lines(document):
                click.echo(line)
    if not found:
        raise StoreError(
            db, f"knows nothing of {subject!r}", "embeds are listed by: embed-resolver enrich INPUT..."
        )


@main.group()
def rules() -> None:
    """List the rules that embeds are found by, and test new ones.

    \b
    Examples:
      embed-resolver rules list
      embed-resolver rules test my-vendor.toml
    """


@rules.command("list")
@click.option(
    "--kind", type=click.Choice(["platform", "vendor", "phrase"]), help="Only the rules of one kind."
)
@_common
def list_rules(kind: str | None, quiet: bool) -> None:  # noqa: ARG001 - it prints nothing but what was asked for
    """Print platforms, consent managers and the wordings of notes, each with its source.

    \b
    Examples:
      embed-resolver rules list --kind vendor
    """
    from resolver.detect.catalogue import rules as all_rules

    for rule in all_rules():
        if kind in {None, rule.kind}:
            name = f"{rule.name} ({rule.language})" if rule.language else rule.name
            click.echo(f"{rule.kind:<8}  {safe(name)}  [{safe(rule.source)}]")


@rules.command("test")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_common
@click.pass_context
def test_rules(ctx: click.Context, /, path: Path, quiet: bool) -> None:
    """Check a TOML file of new vendor rows: its form, and each row's sample against what must come out.

    \b
    Examples:
      embed-resolver rules test my-vendor.toml
    """
    from resolver.detect.catalogue import problems

    found = problems(path)
    for problem in found:
        click.echo(f"Error: {safe(problem)}", err=True)
    if not found and not quiet:
        click.echo("Every row is well-formed, and its sample gives what it must.", err=True)
    ctx.exit(WRONG if found else DONE)


@contextmanager
def _store(
    db: str, command: str, arguments: dict[str, Any], connect_to: dict[str, str], *, must_exist: bool = False
) -> Iterator[Store]:
    from cache import Store
    from resolver import __version__
    from resolver.pipeline import utc_now

    if must_exist and not os.path.exists(db):  # noqa: PTH110
        raise StoreError(db, "no such database", "make one with: embed-resolver enrich INPUT... --db " + db)
    with Store.open(
        db, command=command, arguments=arguments, tool_version=__version__, now=utc_now, connect_to=connect_to
    ) as store:
        yield store


def _standard_input() -> BufferedReader[Any]:
    buffer = sys.stdin.buffer
    return buffer if isinstance(buffer, BufferedReader) else BufferedReader(buffer)


def _announce(urls: Iterable[str], *, quiet: bool) -> None:
    """Say how many links will be followed, to which hosts, and about how long that takes."""
    from resolver.expand.policy import Policy

    line = None if quiet else announcement(urls, Policy().estimate)
    if line is not None:
        click.echo(line, err=True)


def _follow(urls: Iterable[str], store: Store, connect_to: dict[str, str], *, quiet: bool) -> dict[str, str]:
    """Follow the links, keep each observation, and return which hosts were answered for by which other server."""
    from itertools import chain

    from resolver import Client
    from resolver.pipeline import expand as follow

    used: dict[str, str] = {}
    urls = iter(urls)
    for first in urls:  # without links, no client and no thread are needed
        with Client(connect_to=connect_to) as client:
            observations = follow(chain([first], urls), client=client, store=store)
            for observation in _progress(observations, quiet=quiet):
                used |= {host_of(hop.url): hop.connected_to for hop in observation.hops if hop.connected_to}
    return used


def _progress(observations: Iterator[Observation], *, quiet: bool) -> Iterator[Observation]:
    """Show on a terminal how many links have been followed."""
    shown = not quiet and sys.stderr.isatty()
    for count, observation in enumerate(observations, start=1):
        if shown:
            click.echo(f"\r{number(count, 'link')} followed ", err=True, nl=False)
        yield observation
    if shown:
        click.echo("", err=True)


def _write_rows(rows: Iterable[Row], store: Store, out: IO[str] | None) -> None:
    """Write each row with its embeds; a table of the embeds where there is no file to write to."""
    if out is None:
        _print_embeds((embed for row in rows for embed in store.embeds(row.document)), table=True)
        return
    for row in rows:
        embeds = [record(embed) for embed in store.embeds(row.document)]
        out.write(json_line({**row.fields, "embeds": embeds}) + "\n")


def _print_embeds(embeds: Iterable[Embed], *, table: bool) -> int:
    """Print the embeds as JSON Lines or as a table, and return how many there were."""
    count = 0

    def counted() -> Iterator[Embed]:
        nonlocal count
        for embed in embeds:
            count += 1
            yield embed

    lines = (
        table_lines(counted(), width=_terminal_width())
        if table
        else (json_line(record(embed)) for embed in counted())
    )
    for line in lines:
        click.echo(line)
    return count


def _terminal_width() -> int:
    import shutil  # loads every compression there is

    return shutil.get_terminal_size((160, 24)).columns


def _for_people(table: bool | None) -> bool:
    return sys.stdout.isatty() if table is None else table


def _say_result(counts: Counts, used: dict[str, str]) -> None:
    lines = summary_lines(
        documents=counts.documents,
        by_kind=counts.by_kind,
        identified=counts.identified,
        links=counts.links,
        outcomes=counts.outcomes,
    )
    for line in lines:
        click.echo(line, err=True)
    for host, url in used.items():
        click.echo(f"{host} was answered by {url}, not by the web.", err=True)


if __name__ == "__main__":
    main()
