"""Inputs scanned into a store, and their rows written with what is known of their embeds in the end."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import click

from resolver.commandline.printing import print_embeds
from resolver.commandline.sharding import scan_in_shards
from resolver.commandline.watching import watched
from resolver.render.json_lines import json_line
from resolver.render.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from resolver.commandline.inputs import Inputs
    from resolver.commandline.sharding import Sharding
    from resolver.documents import Row
    from resolver.models import Embed
    from resolver.protocols import Store
    from resolver.shards.found import ScannedDocument

    #: Writes the rows; ``None`` in the place of a file has the embeds shown as a table.
    Write = Callable[[IO[str] | None], None]


@contextmanager
def kept(inputs: Inputs, store: Store, *, output: str | None, quiet: bool) -> Iterator[Write]:
    """Scan the inputs into the store, and yield what writes the rows with what is known of their embeds then."""
    from resolver.documents.kept import KeptRows
    from resolver.pipeline import add

    with KeptRows() as rows:
        with watched(inputs, output=output, quiet=quiet) as watch:
            for row in inputs.rows(output=output):
                watch.found(add(row.document, store=store))
                rows.add(row)
        yield lambda out: _write_rows(rows.rows(), store, out)


@contextmanager
def kept_in_shards(
    inputs: Inputs,
    sharding: Sharding,
    *,
    load: Callable[[Iterable[ScannedDocument]], object],
    embeds_of: Callable[[str, str], Sequence[Embed]],
    output: str | None,
    quiet: bool,
) -> Iterator[Write]:
    """Do what :func:`kept` does with inputs that are scanned in shards.

    *load* keeps scanned documents in the store, and *embeds_of* returns what it knows of the embeds of one, by its id
    and sha256.
    """
    with scan_in_shards(inputs, sharding, rows=True, output=output, quiet=quiet) as work:
        load(found.document() for found in work.found)

        def write(out: IO[str] | None) -> None:
            if out is None:
                print_embeds(work.job.enriched_embeds(embeds_of), table=True)
                return
            for line in work.job.enriched_lines(embeds_of):
                click.echo(line, file=out, nl=False)

        yield write


def _write_rows(rows: Iterable[Row], store: Store, out: IO[str] | None) -> None:
    """Write each row with its embeds; a table of the embeds where there is no file to write to."""
    if out is None:
        print_embeds((embed for row in rows for embed in store.embeds(row.document)), table=True)
        return
    for row in rows:
        embeds = [record(embed) for embed in store.embeds(row.document)]
        out.write(json_line({**row.fields, "embeds": embeds}) + "\n")
