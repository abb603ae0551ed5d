"""The commands: parse what the user says, wire the parts, print."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from resolver.commandline import options
from resolver.commandline.checks import Checks, checks, left_out, steps
from resolver.commandline.following import announce_asked, follow, write_rows
from resolver.commandline.group import Commands, ExitCode
from resolver.commandline.inputs import Inputs, refuse_to_replace
from resolver.commandline.printing import for_people, print_embeds, say
from resolver.commandline.reports import Reports, reports
from resolver.commandline.rules import rules
from resolver.commandline.sharding import scan_in_shards
from resolver.errors import InputError, StoreError
from resolver.render.json_lines import json_line, whole_file
from resolver.render.scan_summary import scan_summary_lines
from resolver.render.table import number, summary_lines
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from cache import Counts, Store
    from cache.dumps import Known
    from cache.load import Loaded, Scanned
    from cache.warc import WarcFolder
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


@main.command()
@options.inputs
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where the embeds go, as JSON Lines, in the place of standard output.",
)
@click.option("--cues", is_flag=True, help="Also sentences that lead to a post of which nothing is left.")
@click.option("--table/--jsonl", default=None, help="A table for people, or JSON Lines (default when piped).")
@options.sharding
@options.common
@click.pass_context
def scan(
    ctx: click.Context,
    /,
    inputs: Inputs,
    output: str | None,
    cues: bool,
    table: bool | None,
    sharding: Sharding,
    quiet: bool,
) -> None:
    """Find the embeds in articles, and what is known of each. Never connects.

    INPUT is a file (text, HTML, JSON Lines, JSON, CSV, WARC, WET, WordPress export, Parquet, RSS; also compressed), a
    folder, a pattern, or - for standard input. One JSON record per embed goes to standard output.

    \b
    Examples:
      embed-resolver scan article.txt
      embed-resolver scan corpus.jsonl --text-col body > embeds.jsonl
      embed-resolver scan crawl/*.warc.wet.gz --jobs 8 --results results/ -o embeds.jsonl
      curl -s https://news.example/story | embed-resolver scan -
    """
    from resolver import scan as find
    from resolver.pipeline import screening

    refuse_to_replace([output], inputs.names)
    table = table if output in {None, "-"} else False
    with whole_file(output) as out:
        if sharding.is_wanted:
            with scan_in_shards(inputs, sharding, cues=cues, output=output, quiet=quiet) as work:
                print_embeds(
                    (embed for found in work.found for embed in found.records()),
                    table=for_people(table),
                    out=out,
                )
            totals = work.job.totals
            summary = scan_summary_lines(
                documents=totals.documents,
                kinds=totals.kinds,
                platforms=totals.platforms,
                links=totals.links,
                unreadable=totals.unreadable,
            )
        else:
            # A cue is none of the traces that documents are screened for.
            screen = None if cues else screening()
            rows = inputs.rows(all_fields=False, output=output, screen=screen)
            found = (embed for row in rows for embed in find(row.document, cues=cues))
            count = print_embeds(found, table=for_people(table), out=out)
            summary = iter([f"{number(count, 'embed')} in {number(inputs.documents, 'document')}."])
    say(summary, quiet=quiet)
    ctx.exit(inputs.exit_code())


@main.command()
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

    refuse_to_replace([output], (*inputs.names, db))
    arguments = {"inputs": inputs.names, "output": output, "links": links, **inputs.columns}
    with (
        _known(db, links, quiet=quiet) as known,
        _archive(network) as archive,
        _store(db, "enrich", network, arguments, known=known, wait=wait) as store,
        _kept(inputs, sharding, store, output, quiet=quiet) as write_rows,
    ):
        announce_asked(store.due(utc_now()), network, known, quiet=quiet)
        if not network.dry_run:
            # Opened before anything is asked, so that nothing is asked in vain.
            with whole_file(output) as out:
                used = follow(lambda: store.due(utc_now()), store, network, known, archive, quiet=quiet)
                write_rows(None if output is None and sys.stdout.isatty() else out)
            say(_result(store.counts(), used), quiet=quiet)
    ctx.exit(inputs.exit_code())


@contextmanager
def _kept(
    inputs: Inputs, sharding: Sharding, store: Store, output: str | None, *, quiet: bool
) -> Iterator[Callable[[IO[str] | None], None]]:
    """Scan the inputs into the store, and yield what writes the rows with what is known of their embeds then."""
    from resolver.documents.kept import KeptRows
    from resolver.pipeline import add

    if not sharding.is_wanted:
        with KeptRows() as kept:
            for row in inputs.rows(output=output):
                add(row.document, store=store)
                kept.add(row)
            yield lambda out: write_rows(kept.rows(), store, out)
        return
    from cache.load import stored_embeds

    with scan_in_shards(inputs, sharding, rows=True, output=output, quiet=quiet) as work:
        _load(store, (found.document() for found in work.found))

        def write(out: IO[str] | None) -> None:
            for line in work.job.enriched_lines(lambda name, sha256: stored_embeds(store, name, sha256)):
                click.echo(line, file=out, nl=False)

        yield write


def _load(store: Store, documents: Iterable[Scanned]) -> Loaded:
    """Keep scanned documents, and say of their embeds what is known of their links already; return the sums."""
    from cache.load import Loaded, load
    from resolver.pipeline import conclude

    total = Loaded(0, 0, 0, ())
    for loaded in load(store, documents):
        for observation in store.latest(loaded.observed).values():
            store.record(observation, conclude(observation, store))
        total = Loaded(
            documents=total.documents + loaded.documents,
            new_documents=total.new_documents + loaded.new_documents,
            new_embeds=total.new_embeds + loaded.new_embeds,
            observed=(),
        )
    return total


@main.command("load")
@click.argument("results", nargs=-1, required=True, metavar="RESULT...")
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
    from datetime import timedelta

    from cache import Store
    from resolver import __version__
    from resolver.pipeline import utc_now
    from resolver.shards import Folder
    from resolver.shards.job import results as finished
    from resolver.shards.merge import scanned_documents

    source = Inputs(results, {})
    with Store.open(
        db,
        command="load",
        arguments={"results": results},
        tool_version=__version__,
        now=utc_now,
        wait=timedelta(seconds=wait),
    ) as store:
        for path in results:
            folder = Folder(path)
            documents = scanned_documents(finished(folder), folder, report=source.report)
            loaded = _load(store, documents)
            source.read_in_shards(source.documents + loaded.documents)
            known = loaded.documents - loaded.new_documents
            added = (
                f"{number(loaded.new_documents, 'document')} with {number(loaded.new_embeds, 'embed')} added"
            )
            say([f"{path}: {added}; {number(known, 'document')} known before."], quiet=quiet)
    ctx.exit(source.exit_code())


@main.command()
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

    _require(db)
    with (
        _known(db, links, quiet=quiet) as known,
        _archive(network) as archive,
        _store(db, "expand", network, {"links": links}, known=known, wait=wait) as store,
    ):
        announce_asked(store.due_everywhere(utc_now()), network, known, quiet=quiet)
        if not network.dry_run:
            used = follow(
                lambda: store.due_everywhere(utc_now()), store, network, known, archive, quiet=quiet
            )
            say(_result(store.counts(everywhere=True), used), quiet=quiet)


@main.command()
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
            db,
            f"knows nothing of {subject!r}",
            "give the id or address of a document, post or link, or embed:1, embed:2 and so on",
        )


@main.command()
@options.database
@click.option(
    "--warc",
    multiple=True,
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

    report = examine(db, wait=wait, warc=warc, digests=digests)
    if not quiet or not report.is_sound:
        for line in report_lines(report):
            click.echo(safe(line))
    ctx.exit(report.exit_code)


_FORMS = ("jsonl", "csv", "parquet", "annotations", "crate")


@main.command()
@options.database
@click.option("-o", "--output", required=True, metavar="FOLDER", help="The folder for the files.")
@click.option(
    "--form", type=click.Choice(_FORMS), default="jsonl", show_default=True, help="What the files are to be."
)
@click.option(
    "--reproducible", is_flag=True, help="Tables without what differs between two runs that found the same."
)
@click.option(
    "--warc",
    multiple=True,
    metavar="FOLDER",
    help="For crate: where the WARC files are, if moved. Repeatable.",
)
@click.option("--title", default="Embeds and their provenance", metavar="TEXT", help="For crate: its name.")
@click.option("--license", "license_", metavar="URL", help="For crate: its licence.")
@options.common
@click.pass_context
def export(
    ctx: click.Context,
    /,
    *,
    db: str,
    output: str,
    form: str,
    reproducible: bool,
    warc: tuple[str, ...],
    title: str,
    license_: str | None,
    quiet: bool,
) -> None:
    """Write the database out: its tables, Web Annotations of the embeds, or a crate to deposit.

    jsonl, csv and parquet are a file for each table. annotations is one file of W3C Web Annotations, annotations.jsonl.
    crate is a new folder after RO-Crate with the database, its tables as CSV, and its WARC files.

    \b
    Examples:
      embed-resolver export --db corpus.db -o tables --form csv
      embed-resolver export --db corpus.db -o deposit --form crate --license https://creativecommons.org/licenses/by/4.0/
    """
    from cache.export import Format, export_tables

    _require(db)
    if form == "annotations":
        count = _export_annotations(db, Path(output))
        say([f"{number(count, 'annotation')} in {safe(output)}."], quiet=quiet)
    elif form == "crate":
        missing = _export_crate(db, output, warc, title=title, license_=license_)
        say([f"The crate is {safe(output)}."], quiet=quiet)
        for name in missing:
            click.echo(
                f"Warning: {safe(name)}: the WARC file was not found; say where it is with --warc", err=True
            )
        ctx.exit(ExitCode.INCOMPLETE if missing else ExitCode.DONE)
    else:
        files = export_tables(db, output, Format(form), reproducible=reproducible)
        say([f"{number(len(files), 'table')} in {safe(output)}."], quiet=quiet)


def _export_annotations(db: str, folder: Path) -> int:
    from cache import Store
    from resolver.render.annotations import annotations_of

    count = 0
    with Store.read(db) as store:
        folder.mkdir(parents=True, exist_ok=True)
        with whole_file(str(folder / "annotations.jsonl")) as out:
            for count, made in enumerate(annotations_of(store.every_document()), start=1):  # noqa: B007 - how many
                out.write(json_line(made) + "\n")
    return count


def _export_crate(
    db: str, folder: str, warc: tuple[str, ...], *, title: str, license_: str | None
) -> tuple[str, ...]:
    """Fill the folder, and return the WARC files that were not found."""
    from cache.export import Format, deposit
    from resolver import __version__
    from resolver.pipeline import utc_now
    from resolver.render.crate import NOT_EVALUATED, write_metadata

    made = deposit(db, folder, form=Format.CSV, warc=warc)
    write_metadata(
        folder,
        made.files,
        name=title,
        description="What was found of the social embeds of articles, where their links led, and what that rests on.",
        license=license_ or NOT_EVALUATED,
        made_at=utc_now(),
        tool_version=__version__,
    )
    return made.missing


@main.command()
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
    from resolver.pipeline import audit as audited
    from resolver.render.report.wording import headline

    _require(db)
    refuse_to_replace(reports.files.values(), [db, reports.baseline or db])
    arguments = {**checks.arguments, "files": dict(reports.files)}
    with (
        _archive(network) as evidence,
        _store(db, "audit", network, arguments, wait=wait, now=checks.clock) as store,
    ):
        kept = AuditStore(store)
        announce_asked(kept.due(checks.clock(), checks.selection), network, None, quiet=quiet)
        if network.dry_run:
            return
        counts = store.counts(everywhere=True)
        method = reports.method(
            db,
            documents=counts.documents,
            embeds=counts.embeds,
            answered_by=kept.answered_by(),
            network=network,
            checks=checks,
        )
        with checks.asking(network, kept, evidence) as (checker, archive), steps(quiet=quiet) as on_step:
            occurrences = audited(
                store=kept,
                checker=checker,
                archive=archive,
                selection=checks.selection,
                rule=checks.rule,
                archived=checks.archived,
                clock=checks.clock,
                on_step=on_step,
            )
            with baseline(reports.baseline) if reports.baseline else nullcontext() as before:
                statistics, crossings = reports.write(occurrences, method, baseline=before)
        say(left_out(archive), quiet=quiet)
    say([f"{headline(statistics)}."], quiet=quiet)
    say(crossings)
    ctx.exit(ExitCode.CROSSED if crossings else ExitCode.DONE)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="On which port.")
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

    _require(db)
    if host not in {"127.0.0.1", "::1", "localhost"}:
        say([f"Everybody who reaches {safe(host)} can read the whole database."], quiet=quiet)
    start(db, host=host, port=port)


def _require(db: str) -> None:
    if not os.path.exists(db):  # noqa: PTH110 - pathlib is not needed to start
        raise StoreError(db, "no such database", "make one with: embed-resolver enrich INPUT... --db " + db)


@contextmanager
def _known(db: str, links: tuple[str, ...], *, quiet: bool) -> Iterator[Known | None]:
    """Have the tables of known expansions in a store of their own beside the database; each is loaded once."""
    if not links:
        yield None
        return
    from cache.dumps import Known

    with Known.open(os.path.splitext(db)[0] + ".links.db") as known:  # noqa: PTH122 - pathlib is not needed to start
        for path in links:
            loaded = known.load(path)
            new = f"{loaded.pairs:,} new known links" if loaded.is_new else "its links are known already"
            if loaded.is_new and not loaded.pairs:
                raise InputError(
                    path, "has no links with where they lead", "give BEACON, tweets or short,long"
                )
            say([f"{safe(loaded.source.name)}: {new}."], quiet=quiet)
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
    network: Network,
    arguments: dict[str, Any],
    *,
    known: Known | None = None,
    wait: float = 0.0,
    now: Callable[[], datetime] | None = None,
) -> Iterator[Store]:
    from datetime import timedelta

    from cache import Store
    from resolver import __version__
    from resolver.pipeline import utc_now

    with Store.open(
        db,
        command=command,
        arguments={**arguments, **network.arguments},
        tool_version=__version__,
        now=now or utc_now,
        connect_to=network.connect_to,
        wait=timedelta(seconds=wait),
        known=None if known is None else known.get,
    ) as store:
        yield store


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


main.add_command(rules)

if __name__ == "__main__":
    main()
