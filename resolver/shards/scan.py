"""The work on one shard, wherever it is done."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from datetime import time as time_of_day
from typing import TYPE_CHECKING

from resolver.documents.part_reader import PartReader
from resolver.errors import OutputError
from resolver.render.json_lines import json_line
from resolver.shards.folder import Folder, sha256_of, whole
from resolver.shards.found import complaint_line, document_lines
from resolver.shards.shard import ShardResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import IO

    from resolver.documents.complaint import Complaint
    from resolver.documents.part_reader import PartRow
    from resolver.models import Embed
    from resolver.shards.shard import Options, Shard


def scan_shard(shard: Shard, options: Options, folder: str, key: str, today: date) -> ShardResult:
    """Scan a shard into the *folder*, where its result is called *key*, and return it in figures.

    What was found is written as it is found: memory does not grow with the shard. Where the result is there already,
    as when a worker was lost after its work, nothing is done. *today* is what a printed date cannot be after. Raises
    :class:`~resolver.errors.OutputError` where the folder cannot be written to; nothing for what the shard holds.
    """
    from resolver.pipeline import scan, screening  # which those who only give out the work do not need

    results = Folder(folder)
    known = results.finished(key)
    if known is not None:
        return known
    started = time.process_time()
    # Cues are found without any of the traces that documents are screened for.
    screen = None if options.rows or options.cues else screening(notes=options.notes)
    reader = PartReader(shard.part, columns=options.columns, all_fields=options.rows, screen=screen)
    now = datetime.combine(today, time_of_day(12), UTC)
    with _written(folder), ExitStack() as stack:
        writer = _Writer(stack.enter_context(whole(results.found(key))))
        rows = stack.enter_context(whole(results.rows(key))) if options.rows else None
        for found in reader.rows(writer.complain):
            embeds = scan(found.row.document, clock=lambda: now, cues=options.cues, notes=options.notes)
            writer.add(found, embeds, always=options.rows)
            if rows is not None:
                rows.write(row_line(found, embeds))
    result = ShardResult(
        key=key,
        documents=writer.documents + (screen.passed_over if screen else 0),
        embeds={kind: dict(platforms) for kind, platforms in sorted(writer.embeds.items())},
        links=writer.links,
        lines=reader.lines,
        sha256=sha256_of(results.found(key)),
        seconds=time.process_time() - started,
    )
    with _written(folder):
        results.finish(result)
    return result


@contextmanager
def _written(folder: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"cannot be written to ({(error.strerror or str(error)).lower()})"
        raise OutputError(folder, problem, "all who work on a scan must be able to write there") from error


def row_line(found: PartRow, embeds: Sequence[Embed]) -> bytes:
    """Return a row as it is to be written out: with a list of embeds, which is empty where it is so already.

    The first byte says which: ``=`` is followed by what can be written as it is, ``+`` by a JSON array of the
    document's id, its line and its sha256, a tab, and the row, whose embeds are still to come.
    """
    fields = found.row.fields
    if not embeds:
        return b"=" + json_line({**fields, "embeds": []}).encode() + b"\n"
    document = found.row.document
    known = json_line({"id": document.id, "line": found.line, "sha256": document.sha256})
    return f"+{known}\t{json_line(fields)}\n".encode()


class _Writer:
    """Writes what is found, and counts it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.documents = 0
        self.embeds: dict[str, Counter[str]] = {}
        self.links = 0

    def complain(self, complaint: Complaint) -> None:
        self._write(complaint_line(complaint))

    def add(self, found: PartRow, embeds: Sequence[Embed], *, always: bool) -> None:
        self.documents += 1
        for embed in embeds:
            self.embeds.setdefault(embed.kind.value, Counter())[embed.platform or ""] += 1
            self.links += sum(link.url is not None for link in embed.links)
        if embeds or always:
            for line in document_lines(found, embeds):
                self._write(line)

    def _write(self, line: str) -> None:
        self._out.write(line.encode() + b"\n")
