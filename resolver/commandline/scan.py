"""The command that scans. It has no need of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from resolver.commandline import options
from resolver.commandline.group import WHEN_STOPPED
from resolver.commandline.inputs import refuse_to_replace
from resolver.commandline.printing import for_people, print_embeds, say
from resolver.commandline.sharding import NOTHING_KEPT, scan_in_shards
from resolver.commandline.watching import watched
from resolver.render.json_lines import whole_file
from resolver.render.scan_summary import scan_summary_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from resolver.commandline.inputs import Inputs
    from resolver.commandline.sharding import Sharding


class Wanted(NamedTuple):
    """What is looked for beside the embeds that are looked for in any case."""

    cues: bool
    notes: bool


@click.command()
@options.inputs
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where the embeds go, as JSON Lines, in the place of standard output.",
)
@click.option("--cues", is_flag=True, help="Also sentences that lead to a post of which nothing is left.")
@click.option(
    "--notes/--no-notes",
    default=True,
    show_default=True,
    help='Notes in texts that an embed is held back ("This tweet was not loaded ..."); many times as fast without.',
)
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
    notes: bool,
    table: bool | None,
    sharding: Sharding,
    quiet: bool,
) -> None:
    """Find the embeds in articles, and what is known of each. Follows no link.

    INPUT is a file (text, HTML, JSON Lines, JSON, CSV, WARC, WET, WordPress export, Parquet, RSS; also compressed), a
    folder, a pattern, or - for standard input. One JSON record per embed goes to standard output.

    \b
    Examples:
      embed-resolver scan article.txt
      embed-resolver scan corpus.jsonl --text-col body > embeds.jsonl
      embed-resolver scan fineweb.parquet --no-notes > embeds.jsonl
      embed-resolver scan crawl/*.warc.wet.gz --jobs 8 --results results/ -o embeds.jsonl
      curl -s https://news.example/story | embed-resolver scan -
    """
    refuse_to_replace([output], inputs.names)
    to_file = output not in {None, "-"}
    if table and to_file:
        raise click.UsageError("--table is for the terminal; leave it out, or -o.")
    as_table = False if to_file else for_people(table)
    wanted = Wanted(cues=cues, notes=notes)
    with whole_file(output) as out:
        if sharding.is_wanted:
            summary = _in_shards(
                inputs, sharding, wanted, output=output, table=as_table, out=out, quiet=quiet
            )
        else:
            ctx.meta[WHEN_STOPPED] = NOTHING_KEPT
            summary = _one_by_one(inputs, wanted, output=output, table=as_table, out=out, quiet=quiet)
    say(summary, quiet=quiet)
    ctx.exit(inputs.exit_code())


def _one_by_one(
    inputs: Inputs, wanted: Wanted, *, output: str | None, table: bool, out: IO[str], quiet: bool
) -> Iterator[str]:
    from resolver import scan as find
    from resolver.pipeline import screening

    # A cue is none of the traces that documents are screened for.
    screen = None if wanted.cues else screening(notes=wanted.notes)
    rows = inputs.rows(all_fields=False, output=output, screen=screen)
    with watched(inputs, output=output, quiet=quiet) as watch:
        found = (embed for row in rows for embed in watch.found(find(row.document, **wanted._asdict())))
        print_embeds(found, table=table, out=out)
    return watch.summary()


def _in_shards(
    inputs: Inputs,
    sharding: Sharding,
    wanted: Wanted,
    *,
    output: str | None,
    table: bool,
    out: IO[str],
    quiet: bool,
) -> Iterator[str]:
    with scan_in_shards(inputs, sharding, **wanted._asdict(), output=output, quiet=quiet) as work:
        print_embeds((embed for found in work.found for embed in found.records()), table=table, out=out)
    totals = work.job.totals
    return scan_summary_lines(
        documents=totals.documents,
        kinds=totals.kinds,
        platforms=totals.platforms,
        links=totals.links,
        unreadable=totals.unreadable,
    )
