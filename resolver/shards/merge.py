"""The results of all shards as one, in the order of the inputs."""

from __future__ import annotations

import json
from io import FileIO
from typing import TYPE_CHECKING, NamedTuple

from resolver.documents.byte_range import ByteRange
from resolver.documents.complaint import Complaint
from resolver.documents.parts import Unit
from resolver.render.json_lines import json_line
from resolver.render.record import record
from resolver.shards.found import Found, found_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from resolver.documents.parts import Part
    from resolver.errors import InputError
    from resolver.models import Embed
    from resolver.shards.folder import Folder
    from resolver.shards.found import ScannedDocument
    from resolver.shards.run import Finished

    #: Returns the embeds of a document by its id and sha256.
    EmbedsOf = Callable[[str, str], Sequence[Embed]]

_CHUNK = 1024 * 1024


class _Placed(NamedTuple):
    """A finished shard, and how many lines of its file stand before it."""

    finished: Finished
    lines_before: int


def merged(
    finished: Iterable[Finished], folder: Folder, *, report: Callable[[InputError], None]
) -> Iterator[Found]:
    """Yield what was found in shards, in their order; what could not be read is given to *report*.

    What is said of a file as a whole is said once, and only where each of its shards says so: that an archive holds no
    page, say. Raises :class:`~resolver.errors.OutputError` where a result cannot be read.
    """
    of_file: list[list[Complaint]] = []
    for placed in _placed(finished):
        shard, key, result = placed.finished
        if shard.part.begin == 0:
            _report_shared(of_file, report)
            of_file = []
        of_file.append([])
        if result is None:
            report(_without_result(shard.part).error())
            continue
        for item in found_in(folder.found(key), name=shard.part.name, lines_before=placed.lines_before):
            if isinstance(item, Found):
                yield item
            elif item.place is None:
                of_file[-1].append(item)
            else:
                report(item.error(lines_before=placed.lines_before))
    _report_shared(of_file, report)


def scanned_documents(
    finished: Iterable[Finished], folder: Folder, *, report: Callable[[InputError], None]
) -> Iterator[ScannedDocument]:
    """Yield the documents of shards, in their order, as the database keeps them.

    Shards without a result are given to *report*; what the scan could not read, it has said.
    """
    for (shard, key, result), lines_before in _placed(finished):
        if result is None:
            report(_without_result(shard.part).error())
            continue
        for item in found_in(folder.found(key), name=shard.part.name, lines_before=lines_before):
            if isinstance(item, Found):
                yield item.document()


def enriched_lines(finished: Iterable[Finished], folder: Folder, embeds_of: EmbedsOf) -> Iterator[str]:
    """Yield the rows of shards as they are written out, in their order: JSON Lines, with the embeds of each.

    *embeds_of* returns the embeds of a document by its id and sha256. The shards must have kept their rows.
    """
    for document, row in _rows(finished, folder):
        if document is None:
            yield row
            continue
        embeds = [record(embed) for embed in embeds_of(*document)]
        yield json_line({**json.loads(row), "embeds": embeds}) + "\n"


def enriched_embeds(finished: Iterable[Finished], folder: Folder, embeds_of: EmbedsOf) -> Iterator[Embed]:
    """Yield the embeds of the same rows alone."""
    for document, _ in _rows(finished, folder):
        if document is not None:
            yield from embeds_of(*document)


def _rows(finished: Iterable[Finished], folder: Folder) -> Iterator[tuple[tuple[str, str] | None, str]]:
    """Yield the rows that shards have kept: the id and sha256 of those with embeds, and ``None`` of the others."""
    for (shard, key, result), lines_before in _placed(finished):
        if result is None:
            continue
        with folder.rows(key).open("rb") as lines:
            for line in lines:
                if line.startswith(b"="):
                    yield None, line[1:].decode()
                    continue
                head, _, row = line[1:].partition(b"\t")
                known = json.loads(head)
                is_named = known["line"] is None
                id_ = known["id"] if is_named else f"{shard.part.name}#{lines_before + known['line']}"
                yield (id_, known["sha256"]), row.decode()


def _placed(finished: Iterable[Finished]) -> Iterator[_Placed]:
    lines = 0
    for one in finished:
        part = one.shard.part
        if part.begin == 0:
            lines = 0
        yield _Placed(one, lines)
        if part.unit is Unit.LINES:
            lines += _lines_in(part) if one.result is None else one.result.lines


def _lines_in(part: Part) -> int:
    """Return how many lines there are in a part on which nobody could work."""
    with FileIO(part.name) as file:
        stored = ByteRange(file, part.begin, part.end)
        while stored.read(_CHUNK):
            pass
        return stored.lines


def _without_result(part: Part) -> Complaint:
    place = None if part.unit is Unit.FILE else f"{part.unit.value} {part.begin} to {part.end or 'the end'}"
    problem = "has no result: the processes that read it were lost, or the scan was stopped"
    return Complaint(
        name=part.name,
        place=place,
        problem=problem,
        advice="run it again, with fewer --jobs where memory is short",
    )


def _report_shared(of_file: list[list[Complaint]], report: Callable[[InputError], None]) -> None:
    if of_file:
        for complaint in of_file[0]:
            if all(complaint in said for said in of_file):
                report(complaint.error())
