"""Where a file can be cut. Each function takes the shares of the file after which a cut is wished for, in order."""

from __future__ import annotations

from itertools import accumulate
from os import SEEK_END
from typing import TYPE_CHECKING, Any

from resolver.documents.compression import COMPRESSIONS
from resolver.documents.head import Head
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader

    from resolver.documents.compression import Codec, Decompressor

_CHUNK = 256 * 1024
#: How far behind the wished place a record is looked for: there is no cut where none begins within. A record is one
#: page, which crawlers cut off at 1 to 5 MB.
_SEARCHED = 16 * 1024 * 1024
_RECORD = pattern(rb"(?<=\n)WARC/[01]\.[0-9]\r?\n[A-Za-z-]{1,64}:")
_END_OF_HEAD = pattern(rb"\r?\n\r?\n")
_LONGEST_HEAD = 256 * 1024
_GZIP = COMPRESSIONS[0]


def line_starts(stream: BufferedReader[Any], shares: Iterable[float]) -> Iterator[int]:
    """Yield the first byte of the line after each share of the file, where there is one.

    >>> import io
    >>> list(line_starts(io.BufferedReader(io.BytesIO(b"one\\ntwo\\nthree\\n")), [0.1, 0.5]))
    [4, 8]
    """
    size = _size(stream)
    for share in shares:
        # From the byte before: a line may begin at the very place.
        stream.seek(max(0, int(share * size) - 1))
        while chunk := stream.read(_CHUNK):
            at = chunk.find(b"\n")
            if at >= 0:
                start = stream.tell() - len(chunk) + at + 1
                if start < size:
                    yield start
                break


def record_starts(stream: BufferedReader[Any], shares: Iterable[float]) -> Iterator[int]:
    """Yield where the first WARC record after each share of an uncompressed file begins.

    What looks like the head of a record is one if another record, or the end of the file, follows where it says.
    """
    size = _size(stream)
    for share in shares:
        place = int(share * size)
        stream.seek(place)
        window = stream.read(_SEARCHED)
        for match in _RECORD.finditer(window):
            if _is_record(stream, place + match.start(), size):
                yield place + match.start()
                break


def _is_record(stream: BufferedReader[Any], offset: int, size: int) -> bool:
    stream.seek(offset)
    head = stream.read(_LONGEST_HEAD)
    end = _END_OF_HEAD.search(head)
    length = Head(head[: end.start()]).length() if end else None
    if end is None or length is None:
        return False
    after = offset + end.end() + length
    stream.seek(after)
    return after == size or stream.read(16).lstrip(b"\r\n").startswith(b"WARC/")


def member_starts(stream: BufferedReader[Any], shares: Iterable[float]) -> Iterator[int]:
    """Yield where the first gzip member after each share of the file begins that holds a WARC record.

    Such a member can be decompressed to its end, checksum included, and another one, or the end of the file, follows.
    None is looked for in a file whose first member is not a record of its own. An archive that was itself archived,
    as a page of another, could be cut into, which would be said as a record that is cut off.
    """
    codec = _GZIP.load()
    size = _size(stream)
    if not _is_member(stream, codec, 0, size):
        return
    for share in shares:
        place = int(share * size)
        stream.seek(place)
        window = stream.read(_SEARCHED)
        for match in _GZIP.magic.finditer(window):
            if _is_member(stream, codec, place + match.start(), size):
                yield place + match.start()
                break


def _is_member(stream: BufferedReader[Any], codec: Codec, offset: int, size: int) -> bool:
    stream.seek(offset)
    decompressor = codec.new()
    taken = 0
    try:
        start = decompressor.decompress(stream.read(_CHUNK), _CHUNK)
        if not start.startswith(b"WARC/"):
            return False
        taken = _CHUNK
        while not decompressor.eof:
            # Nothing more is put in while something is left to come out: of a bomb, so much is held at most.
            chunk = stream.read(_CHUNK) if decompressor.needs_input else b""
            taken += len(chunk)
            if taken > _SEARCHED or not (decompressor.decompress(chunk, _CHUNK) or chunk):
                return False
    except codec.error:
        return False
    return _is_followed(stream, decompressor, size)


def _is_followed(stream: BufferedReader[Any], decompressor: Decompressor, size: int) -> bool:
    rest = decompressor.unused_data
    after = stream.tell() - len(rest)
    return after == size or (rest + stream.read(3)).startswith(b"\x1f\x8b\x08")


def row_group_starts(stream: BufferedReader[Any], shares: Iterable[float]) -> Iterator[int]:
    """Yield the row groups that begin after each share of the bytes of a Parquet file; none where it is damaged."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:  # reading it says what to install
        return
    try:
        metadata = parquet.read_metadata(stream)
    except (pa.ArrowException, OSError, ValueError):
        return
    sizes = [metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups)]
    before = [0, *accumulate(sizes)]
    for share in shares:
        group = next(index for index, place in enumerate(before) if place >= share * before[-1])
        if 0 < group < len(sizes):
            yield group


def _size(stream: BufferedReader[Any]) -> int:
    return stream.seek(0, SEEK_END)
