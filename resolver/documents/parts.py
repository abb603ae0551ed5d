"""Large files divided into parts, so that several processes can read one file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedReader, FileIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from resolver.documents.compression import compression_of, preview
from resolver.documents.cuts import line_starts, member_starts, record_starts, row_group_starts
from resolver.documents.decode import byte_order_mark
from resolver.documents.formats import format_of, suffix_of
from resolver.documents.places import is_address
from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Cutter = Callable[[BufferedReader[Any], Iterable[float]], Iterator[int]]

#: About how large a part is, in bytes as they are stored: a second or two of work. After so much people see how far it
#: has come, and so much is lost when it is stopped. Much smaller ones cost more than they even out.
PART_BYTES = 16 * 1024 * 1024
_SNIFFED = 64 * 1024


class Unit(StrEnum):
    """What a part counts its beginning and end in."""

    #: Nothing: the part is the whole file.
    FILE = "file"
    #: Bytes, from the beginning of a line of JSON Lines to that of another.
    LINES = "lines"
    #: Bytes, from the beginning of a WARC record to that of another.
    RECORDS = "records"
    #: Row groups of Parquet.
    ROW_GROUPS = "row groups"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A file, or some of it."""

    #: The path or address as the user gave it.
    name: str
    unit: Unit = Unit.FILE
    #: Half open: of the bytes or row groups of the file. ``None`` is the end of the file.
    begin: int = 0
    end: int | None = None


def divided(name: str, *, part_bytes: int = PART_BYTES) -> tuple[Part, ...]:
    """Return the parts of a file in order; the whole file where it is small or cannot be cut for certain.

    JSON Lines is cut at line ends, WARC and WET at records (gzip: where each record is a member of its own), Parquet
    between row groups. CSV is not cut: whether a line break ends a row or stands in a field can only be told by
    reading from the beginning. Nor is what is compressed otherwise, or at an address, where looking costs a request.
    A file that cannot be read is one part: reading it says why.

    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp(), "a.jsonl")
    >>> _ = path.write_text('{"text": "a"}\\n' * 4)
    >>> [(part.begin, part.end) for part in divided(str(path), part_bytes=20)]
    [(0, 28), (28, None)]
    """
    whole = (Part(name=name),)
    if is_address(name):
        return whole
    try:
        size = os.stat(name).st_size  # noqa: PTH116
        if size <= 2 * part_bytes:
            return whole
        with BufferedReader(FileIO(name)) as stream:
            found = _cutter(name, stream)
            if found is None:
                return whole
            unit, cutter = found
            count = size // part_bytes
            cuts = list(dict.fromkeys(cutter(stream, [index / count for index in range(1, count)])))
    except (OSError, InputError):
        return whole
    edges = [0, *cuts, None]
    return tuple(Part(name=name, unit=unit, begin=begin or 0, end=end) for begin, end in pairwise(edges))


def _cutter(name: str, stream: BufferedReader[Any]) -> tuple[Unit, Cutter] | None:
    """Return how a file is cut; ``None`` where it is not."""
    stored = stream.read(_SNIFFED)
    compression = compression_of(stored)
    start = preview(stored, compression, name)
    _, encoding = byte_order_mark(start)
    if encoding not in {None, "utf-8"}:  # a line break is more than one byte there
        return None
    kind = format_of(suffix_of(name), start).name
    cutters: dict[tuple[str, str | None], tuple[Unit, Cutter]] = {
        ("JSON Lines", None): (Unit.LINES, line_starts),
        ("WARC", None): (Unit.RECORDS, record_starts),
        ("WARC", "gzip"): (Unit.RECORDS, member_starts),
        ("Parquet", None): (Unit.ROW_GROUPS, row_group_starts),
    }
    return cutters.get((kind, compression.name if compression else None))
