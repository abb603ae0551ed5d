"""The commands: parse what the user says, wire the parts, print."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from resolver.commandline import options
from resolver.commandline.group import Commands, ExitCode
from resolver.commandline.printing import announce, for_people, print_embeds, progress, say
from resolver.errors import StoreError
from resolver.render.json_lines import json_line, whole_file
from resolver.render.record import record
from resolver.render.table import host_of, number, summary_lines
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cache import Counts, Store
    from resolver.commandline.inputs import Inputs
    from resolver.commandline.options import Network
    from resolver.documents import Row


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


@main.command()
@options.inputs
@click.option("--cues", is_flag=True, help="Also sentences that lead to a post of which nothing is left.")
@click.option("--table/--jsonl", default=None, help="A table for people, or JSON Lines (default when piped).")
@options.common
@click.pass_context
def scan(ctx: click.Context, /, inputs: Inputs, cues: bool, table: bool | None, quiet: bool) -> None:
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

    found = (embed for row in inputs.rows(all_fields=False) for embed in find(row.document, cues=cues))
    count = print_embeds(found, table=for_people(table))
    say([f"{number(count, 'embed')} in {number(inputs.documents, 'document')}."], quiet=quiet)
    ctx.exit(inputs.exit_code())


@main.command()
@options.inputs
@click.option(
    "-o", "--output", metavar="FILE", help="Where the enriched rows go, as JSON Lines; - is standard output."
)
@options.network
@options.database
@options.common
@click.pass_context
def enrich(
    ctx: click.Context, /, inputs: Inputs, output: str | None, network: Network, db: str, quiet: bool
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

    arguments = {"inputs": inputs.names, "output": output, **inputs.columns}
    with _store(db, "enrich", network, arguments) as store, KeptRows() as kept:
        for row in inputs.rows(output=output):
            add(row.document, store=store)
            kept.add(row)
        announce(store.due(utc_now()), quiet=quiet and not network.dry_run)
        if not network.dry_run:
            # Opened before anything is asked, so that nothing is asked in vain.
            with whole_file(output) as out:
                used = _follow(store.due(utc_now()), store, network, quiet=quiet)
                _write_rows(kept.rows(), store, None if output is None and sys.stdout.isatty() else out)
            say(_result(store.counts(), used), quiet=quiet)
    ctx.exit(inputs.exit_code())


@main.command()
@options.network
@options.database
@options.common
def expand(network: Network, db: str, quiet: bool) -> None:
    """Follow the links in the database that are not known yet, or not freshly.

    \b
    Examples:
      embed-resolver expand --db corpus.db --dry-run
      embed-resolver expand --db corpus.db
    """
    from resolver.pipeline import utc_now

    _require(db)
    with _store(db, "expand", network, {}) as store:
        announce(store.due_everywhere(utc_now()), quiet=quiet and not network.dry_run)
        if not network.dry_run:
            used = _follow(store.due_everywhere(utc_now()), store, network, quiet=quiet)
            say(_result(store.counts(everywhere=True), used), quiet=quiet)


@main.command()
@click.argument("subject", metavar="ID|URL")
@options.database
@options.common
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
@options.common
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
@options.common
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
    if not found:
        say(["Every row is well-formed, and its sample gives what it must."], quiet=quiet)
    ctx.exit(ExitCode.WRONG if found else ExitCode.DONE)


def _require(db: str) -> None:
    if not os.path.exists(db):  # noqa: PTH110 - pathlib is not needed to start
        raise StoreError(db, "no such database", "make one with: embed-resolver enrich INPUT... --db " + db)


@contextmanager
def _store(db: str, command: str, network: Network, arguments: dict[str, Any]) -> Iterator[Store]:
    from cache import Store
    from resolver import __version__
    from resolver.pipeline import utc_now

    with Store.open(
        db,
        command=command,
        arguments=arguments,
        tool_version=__version__,
        now=utc_now,
        connect_to=network.connect_to,
    ) as store:
        yield store


def _follow(urls: Iterable[str], store: Store, network: Network, *, quiet: bool) -> dict[str, str]:
    """Follow the links, keep each observation, and return which hosts were answered for by which other server."""
    from itertools import chain

    from resolver import Client
    from resolver.pipeline import expand as follow

    used: dict[str, str] = {}
    urls = iter(urls)
    for first in urls:  # without links, no client and no thread are needed
        with Client(connect_to=network.connect_to) as client:
            observations = follow(chain([first], urls), client=client, store=store)
            for observation in progress(observations, quiet=quiet):
                used |= {host_of(hop.url): hop.connected_to for hop in observation.hops if hop.connected_to}
    return used


def _write_rows(rows: Iterable[Row], store: Store, out: IO[str] | None) -> None:
    """Write each row with its embeds; a table of the embeds where there is no file to write to."""
    if out is None:
        print_embeds((embed for row in rows for embed in store.embeds(row.document)), table=True)
        return
    for row in rows:
        embeds = [record(embed) for embed in store.embeds(row.document)]
        out.write(json_line({**row.fields, "embeds": embeds}) + "\n")


def _result(counts: Counts, used: dict[str, str]) -> Iterator[str]:
    """Yield what a run found, and who answered instead of the web."""
    yield from summary_lines(
        documents=counts.documents,
        by_kind=counts.by_kind,
        identified=counts.identified,
        links=counts.links,
        outcomes=counts.outcomes,
    )
    for host, url in used.items():
        yield f"{host} was answered by {url}, not by the web."


if __name__ == "__main__":
    main()
