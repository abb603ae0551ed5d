"""The commands: parse what the user says, wire the parts, print."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import click

from resolver.commandline import options
from resolver.commandline.auditing import audited
from resolver.commandline.checks import Checks, checks
from resolver.commandline.database import require
from resolver.commandline.enriching import kept, kept_in_shards
from resolver.commandline.exports import ANNOTATIONS, CRATE, Export
from resolver.commandline.exports import export as exports
from resolver.commandline.following import announce_asked, follow
from resolver.commandline.group import Commands, ExitCode
from resolver.commandline.inputs import Inputs, refuse_to_replace
from resolver.commandline.known_tables import load_tables
from resolver.commandline.loading import conclude_loaded, load_folders, result_folders
from resolver.commandline.printing import print_evidence, say
from resolver.commandline.reports import Reports, reports
from resolver.commandline.rules import rules
from resolver.commandline.scan import scan
from resolver.errors import StoreError
from resolver.render.json_lines import whole_file
from resolver.render.table import number
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from cache import Store
    from cache.dumps import Known
    from cache.warc import WarcFolder
    from resolver.commandline.enriching import Write
    from resolver.commandline.options import Network
    from resolver.commandline.sharding import Sharding


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


@main.command(short_help="Find embeds, follow their links, name the posts, keep every step.")
@options.inputs
@click.option(
    "-o", "--output", metavar="FILE", help="Where the enriched rows go, as JSON Lines; - is standard output."
)
@options.sharding
@options.links
@options.network
@options.database
@options.wait
@options.common
@click.pass_context
def enrich(
    ctx: click.Context,
    /,
    *,
    inputs: Inputs,
    output: str | None,
    sharding: Sharding,
    links: tuple[str, ...],
    network: Network,
    db: str,
    wait: float,
    quiet: bool,
) -> None:
    """Find the embeds in articles, follow their links, name the posts, and keep every step in the database.

    Each input row is written with a list "embeds". What could not be reached is kept as such and tried again by
    the next run of the same command, which asks for nothing that is known.

    \b
    Examples:
      embed-resolver enrich article.txt
      embed-resolver enrich corpus.jsonl -o enriched.jsonl --db corpus.db
      embed-resolver enrich corpus.jsonl --jobs 4 -o enriched.jsonl
      embed-resolver enrich corpus.jsonl --dry-run
    """
    from resolver.pipeline import utc_now
    from resolver.render.run_summary import run_summary_lines

    refuse_to_replace([output], (*inputs.names, *links, db, _links_database(db)))
    arguments = {"inputs": inputs.names, "output": output, "links": links, **inputs.columns}
    with (
        _known(db, links, quiet=quiet) as known,
        _archive(network) as archive,
        _store(db, "enrich", arguments, network=network, known=known, wait=wait) as store,
        _kept(inputs, sharding, store, output, quiet=quiet) as write_rows,
    ):
        announce_asked(store.due(utc_now()), network, known, quiet=quiet)
        if not network.dry_run:
            # Opened before anything is asked, so that nothing is asked in vain.
            with whole_file(output) as out:
                followed = follow(lambda: store.due(utc_now()), store, network, known, archive, quiet=quiet)
                write_rows(None if output is None and sys.stdout.isatty() else out)
            say(run_summary_lines(store.counts(), followed), quiet=quiet)
    ctx.exit(inputs.exit_code())


@contextmanager
def _kept(
    inputs: Inputs, sharding: Sharding, store: Store, output: str | None, *, quiet: bool
) -> Iterator[Write]:
    """Scan the inputs into the store, and yield what writes the rows with what is known of their embeds then."""
    if not sharding.is_wanted:
        with kept(inputs, store, output=output, quiet=quiet) as write:
            yield write
        return
    from cache.load import load, stored_embeds

    with kept_in_shards(
        inputs,
        sharding,
        load=lambda documents: conclude_loaded(load(store, documents), store),
        embeds_of=lambda name, sha256: stored_embeds(store, name, sha256),
        output=output,
        quiet=quiet,
    ) as write:
        yield write


@main.command("load", short_help="Bring what scan --results has found into the database.")
@click.argument("results", nargs=-1, required=True, metavar="RESULTS...")
@options.database
@options.wait
@options.common
@click.pass_context
def load_results(ctx: click.Context, /, results: tuple[str, ...], db: str, wait: float, quiet: bool) -> None:
    """Bring what scans have found, in the folders that --results named, into the database.

    What is there already is not added again, so that a loading that was stopped is run again to go on.

    \b
    Examples:
      embed-resolver load results/ --db corpus.db
    """
    from cache.load import load

    folders = result_folders(results)
    with _store(db, "load", {"results": results}, wait=wait) as store:
        loaded = load_folders(
            folders, lambda documents: conclude_loaded(load(store, documents), store), quiet=quiet
        )
    ctx.exit(loaded.exit_code())


@main.command(short_help="Follow the links in the database that are not known yet.")
@options.links
@options.network
@options.database
@options.wait
@options.common
def expand(links: tuple[str, ...], network: Network, db: str, wait: float, quiet: bool) -> None:
    """Follow the links in the database that are not known yet, or not freshly.

    \b
    Examples:
      embed-resolver expand --db corpus.db --dry-run
      embed-resolver expand --db corpus.db
    """
    from resolver.pipeline import utc_now
    from resolver.render.run_summary import run_summary_lines

    require(db)
    with (
        _known(db, links, quiet=quiet) as known,
        _archive(network) as archive,
        _store(db, "expand", {"links": links}, network=network, known=known, wait=wait) as store,
    ):
        announce_asked(store.due_everywhere(utc_now()), network, known, quiet=quiet)
        if not network.dry_run:
            followed = follow(
                lambda: store.due_everywhere(utc_now()), store, network, known, archive, quiet=quiet
            )
            say(run_summary_lines(store.counts(everywhere=True), followed), quiet=quiet)


@main.command(short_help="Show the evidence for a document, post, link or embed.")
@click.argument("subject", metavar="ID|URL")
@options.database
@options.common
def show(subject: str, db: str, quiet: bool) -> None:  # noqa: ARG001 - it prints nothing but what was asked for
    """Show the chain of evidence for a document, a post or a link (by id or address), or an embed (by its number).

    What is found first of these is shown; embed:1 is the embed with the number 1 also where a document is called 1.

    \b
    Examples:
      embed-resolver show 1
      embed-resolver show embed:1
      embed-resolver show https://t.co/AbCdEf1234
      embed-resolver show articles/2020/bridge.txt --db corpus.db
    """
    from cache import Store

    require(db)
    with Store.read(db) as store:
        found = print_evidence(store.evidence(subject))
    if not found:
        raise StoreError(
            db,
            f"knows nothing of {subject!r}",
            "give the id or address of a document, post or link, or embed:1, embed:2 and so on",
        )


@main.command(short_help="Examine a database: is all there, as it was written?")
@options.database
@click.option(
    "--warc",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    metavar="FOLDER",
    help="Where the WARC files are, if they were moved. Repeatable.",
)
@click.option(
    "--digests", is_flag=True, help="Read all that is recorded there, and compare it with its digests."
)
@options.wait
@options.common
@click.pass_context
def doctor(
    ctx: click.Context, /, db: str, warc: tuple[str, ...], digests: bool, wait: float, quiet: bool
) -> None:
    """Examine a database: is all there, as it was written, and are the WARC files where it says?

    Exit code 1 says that something is lost, damaged or altered. Nothing is changed.

    \b
    Examples:
      embed-resolver doctor
      embed-resolver doctor --db corpus.db --warc /archive/warc --digests
    """
    from cache.doctor import examine, report_lines

    require(db)
    report = examine(db, wait=wait, warc=warc, digests=digests)
    if not quiet or not report.is_sound:
        for line in report_lines(report):
            click.echo(safe(line))
    ctx.exit(report.exit_code)


@main.command("export", short_help="Write the database out: tables, Web Annotations, or a crate.")
@options.database
@exports
@options.common
@click.pass_context
def write_out(ctx: click.Context, /, db: str, export: Export, quiet: bool) -> None:
    """Write the database out: its tables, Web Annotations of the embeds, or a crate to deposit.

    jsonl, csv and parquet are a file for each table. annotations is one file of W3C Web Annotations, annotations.jsonl.
    crate is a new folder after RO-Crate with the database, its tables as CSV, and its WARC files.

    \b
    Examples:
      embed-resolver export --db corpus.db -o tables --form csv
      embed-resolver export --db corpus.db -o deposit --form crate --license https://creativecommons.org/licenses/by/4.0/
    """
    from cache import Store
    from cache.export import Format, deposit, export_tables

    require(db)
    where = safe(export.output)
    if export.form == ANNOTATIONS:
        export.keep(db)
        with Store.read(db) as store:
            count = export.write_annotations(store.every_document())
        say([f"{number(count, 'annotation')} in {where}."], quiet=quiet)
    elif export.form == CRATE:
        made = deposit(db, export.output, form=Format.CSV, warc=export.warc)
        export.describe(made.files)
        say([f"The crate is {where}."], quiet=quiet)
        say(
            f"Warning: {safe(name)}: the WARC file was not found; say where it is with --warc"
            for name in made.missing
        )
        ctx.exit(ExitCode.INCOMPLETE if made.missing else ExitCode.DONE)
    else:
        files = export_tables(db, export.output, Format(export.form), reproducible=export.reproducible)
        say([f"{number(len(files), 'table')} in {where}."], quiet=quiet)


@main.command(short_help="Check links, look up copies of what is lost, and report it.")
@reports
@checks
@options.network
@options.database
@options.wait
@options.common
@click.pass_context
def audit(
    ctx: click.Context,
    /,
    db: str,
    wait: float,
    network: Network,
    checks: Checks,
    reports: Reports,
    quiet: bool,
) -> None:
    """Check where the links in the database lead today, look up copies of what is lost, and report it.

    A link is dead after three checks that found it dead, each at least three days after the one before: run this
    again after some days. What is only refused is blocked, never dead. A run that is stopped goes on when it is run
    again.

    \b
    Examples:
      embed-resolver audit --report report.html
      embed-resolver audit --dry-run
      embed-resolver audit --fail-on 'dead>10%' --markdown summary.md --baseline last-year.db
      embed-resolver audit --only suspect --only dead --archive-for none
      embed-resolver audit --limit 0 --archive-for none --csv links.csv
    """
    from cache.audits import AuditStore
    from cache.baseline import baseline
    from resolver.render.report.wording import headline

    require(db)
    if reports.baseline is not None:
        require(reports.baseline, "check the path given with --baseline")
    refuse_to_replace(reports.files.values(), [db, reports.baseline or db])
    arguments = {**checks.arguments, "files": dict(reports.files)}
    with (
        _archive(network) as evidence,
        _store(db, "audit", arguments, network=network, wait=wait, now=checks.clock) as store,
    ):
        audit_store = AuditStore(store)
        announce_asked(audit_store.due(checks.clock(), checks.selection), network, None, quiet=quiet)
        if network.dry_run:
            return
        counts = store.counts(everywhere=True)
        method = reports.method(
            db,
            documents=counts.documents,
            embeds=counts.embeds,
            answered_by=audit_store.answered_by(),
            network=network,
            checks=checks,
        )
        with (
            audited(audit_store, network, checks, evidence, quiet=quiet) as occurrences,
            baseline(reports.baseline) if reports.baseline else nullcontext() as before,
        ):
            statistics, crossings = reports.write(occurrences, method, baseline=before)
    say([f"{headline(statistics)}."], quiet=quiet)
    say(crossings)
    ctx.exit(ExitCode.CROSSED if crossings else ExitCode.DONE)


@main.command(short_help="Look through the database in a browser, with Datasette.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--port",
    default=8001,
    show_default=True,
    type=click.IntRange(1, 65535),
    metavar="N",
    help="On which port.",
)
@options.database
@options.common
def serve(host: str, port: int, db: str, quiet: bool) -> None:
    """Look through the database in a browser, with Datasette; nothing in it can be changed.

    Needs the extra ui. Only this machine can see it, unless --host says otherwise.

    \b
    Examples:
      embed-resolver serve --db corpus.db
    """
    from cache.serve import serve as start

    require(db)
    if host not in {"127.0.0.1", "::1", "localhost"}:
        say([f"Everybody who reaches {safe(host)} can read the whole database."], quiet=quiet)
    start(db, host=host, port=port)


def _links_database(db: str) -> str:
    """Return where known expansions are kept beside a database."""
    return os.path.splitext(db)[0] + ".links.db"  # noqa: PTH122 - pathlib is not needed to start


@contextmanager
def _known(db: str, links: tuple[str, ...], *, quiet: bool) -> Iterator[Known | None]:
    """Have the tables of known expansions in a store of their own beside the database; each is loaded once."""
    if not links:
        yield None
        return
    from cache.dumps import Known

    with Known.open(_links_database(db)) as known:
        load_tables(known, links, quiet=quiet)
        yield known


@contextmanager
def _archive(network: Network) -> Iterator[WarcFolder | None]:
    """Have what is asked and answered recorded, where that is wanted."""
    if network.warc is None or network.dry_run:
        yield None
        return
    from cache.warc import WarcFolder
    from resolver import __version__
    from resolver.pipeline import utc_now

    software = f"embed-resolver/{__version__}"
    with WarcFolder.open(
        network.warc, software=software, now=utc_now, connect_to=network.connect_to
    ) as folder:
        yield folder


@contextmanager
def _store(
    db: str,
    command: str,
    arguments: dict[str, Any],
    *,
    wait: float,
    network: Network | None = None,
    known: Known | None = None,
    now: Callable[[], datetime] | None = None,
) -> Iterator[Store]:
    from datetime import timedelta

    from cache import Store
    from resolver import __version__
    from resolver.pipeline import utc_now

    with Store.open(
        db,
        command=command,
        arguments={**arguments, **(network.arguments if network else {})},
        tool_version=__version__,
        now=now or utc_now,
        connect_to=network.connect_to if network else None,
        wait=timedelta(seconds=wait),
        known=known.get if known else None,
    ) as store:
        yield store


for command in (scan, rules):
    main.add_command(command)

if __name__ == "__main__":
    main()
