"""Decompress a file member by member, and past what is damaged in it."""

from __future__ import annotations

import io
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.documents.compression import zstd_codec
from resolver.documents.window import CHUNK, Window
from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from resolver.documents.compression import Codec, Compression, Decompressor
    from resolver.documents.row import Report

_LEAST_IN, _MOST_IN = 4 * 1024, 64 * 1024
_LEAST_OUT, _MOST_OUT = 16 * 1024, 256 * 1024
# A record that is a member of its own is put together up to this length; nearly all are shorter.
_LONGEST_WHOLE = 1024 * 1024
_CUT_OFF = "is cut off"
_MOST_SALVAGED = 1024 * 1024
_LARGEST_DICTIONARY = 16 * 1024 * 1024

# https://iipc.github.io/warc-specifications/specifications/warc-zstd/: a skippable frame with this number at the
# start of the file holds the dictionary of all others, as it is or as a frame of its own.
_DICTIONARY_FRAME = b"\x5d\x2a\x4d\x18"
_FRAME = b"\x28\xb5\x2f\xfd"


class Piece(NamedTuple):
    """Some bytes of the content, or a damage between two of them."""

    data: bytes = b""
    #: Where in the file the member begins whose first bytes these are; ``None`` where they are not the first.
    member: int | None = None
    #: What is wrong, and where in the file; ``None`` where nothing is.
    damage: str | None = None
    at: int = 0


def pieces(
    stream: io.BufferedReader[Any], compression: Compression | None, *, begins: bytes = b""
) -> Iterator[Piece]:
    """Yield the content of a file. Nothing is raised for what it holds: damages are pieces.

    After a damage it goes on at the next member whose content *begins* so. Of the damaged member, all that
    stands before the damage is yielded if the member is not larger than 256 KiB, else all but the last 256 KiB;
    only the latter if *begins* says that members are records, of which half a one is none.
    """
    if compression is None:
        yield from _plain(stream)
        return
    window = Window(stream)
    codec = compression.load()
    if window.starts_with(_DICTIONARY_FRAME):
        codec, problem = _with_dictionary(window, codec)
        if problem is not None:
            yield Piece(damage=problem, at=0)
    at_once = _LONGEST_WHOLE if begins else _MOST_OUT
    room = _Room()
    while window.at_more():
        start = window.offset
        decompressor = codec.new()
        data, problem = _read(window, codec, decompressor, room, at_once)
        yield Piece(data, start)
        count = len(data)
        while problem is None and not decompressor.eof:
            data, problem = _read(window, codec, decompressor, room, _MOST_OUT)
            yield Piece(data)
            count += len(data)
        room.fit(window.offset - start, count)
        if problem is not None:
            if problem != _CUT_OFF and not begins:
                yield Piece(_salvaged(codec, window.since(start) or b"", count))
            yield Piece(damage=problem, at=start)
            window.move_to(start + 1)
            window.find(compression.magic, partial(_is_member, codec, begins))


def _plain(stream: io.BufferedReader[Any]) -> Iterator[Piece]:
    first: int | None = 0
    while chunk := stream.read1(CHUNK):
        yield Piece(chunk, first)
        first = None


def unpacked(
    stream: io.BufferedReader[Any], compression: Compression, name: str, report: Report
) -> io.BufferedReader[Any]:
    """Return the content of the file called *name* as a stream; damages are reported with their place.

    >>> import gzip
    >>> whole = gzip.compress(b"one ") + gzip.compress(b"two")
    >>> from resolver.documents.compression import compression_of
    >>> file = io.BufferedReader(io.BytesIO(whole[:-1]))
    >>> unpacked(file, compression_of(whole), "a.gz", lambda error: print(error)).read()
    a.gz, byte 24: is cut off; what can be read of it is read
    b'one two'
    """
    return io.BufferedReader(_Unpacked(pieces(stream, compression), name, report), CHUNK)


class _Unpacked(io.RawIOBase):
    def __init__(self, pieces: Iterator[Piece], name: str, report: Report) -> None:
        self._pieces = pieces
        self._name = name
        self._report = report
        self._rest = memoryview(b"")
        self._broken = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(self._taken(piece))
        target = memoryview(buffer)
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def _taken(self, piece: Piece) -> bytes:
        if piece.damage is not None:
            place = f"{self._name}, byte {piece.at}"
            # A decompressor sees a damage late, and a checksum at the end.
            known = piece.damage == _CUT_OFF
            advice = "what can be read of it is read" if known else "what was read of it may be wrong"
            self._report(InputError(place, piece.damage, advice))
            self._broken = True
            return b""
        if self._broken and piece.data:
            # So that the line it broke off in is not joined to another.
            self._broken = False
            return b"\n" + piece.data
        return piece.data


def _is_member(codec: Codec, begins: bytes, data: bytes) -> bool:
    try:
        return codec.new().decompress(data, _MOST_OUT).startswith(begins)
    except codec.error:
        return False


class _Room:
    """How much is put into a decompressor at once, and comes out of it at most: so much is held of a bomb.

    Twice as much as the member before had is about right: what stands behind the end of a member is copied twice, and
    room for what does not come out costs more than to decompress it.
    """

    def __init__(self) -> None:
        self.put_in, self.come_out = _MOST_IN, _LEAST_OUT

    def fit(self, stored: int, content: int) -> None:
        self.put_in = min(_MOST_IN, max(_LEAST_IN, 2 * stored))
        self.come_out = min(_MOST_OUT, max(_LEAST_OUT, 2 * content))


def _read(
    window: Window, codec: Codec, decompressor: Decompressor, room: _Room, most: int
) -> tuple[bytes, str | None]:
    """Return the next bytes of a member, at most so many: fewer only at its end, or before the problem, if any."""
    found = []
    problem = None
    while most > 0 and not decompressor.eof:
        chunk = b""
        if decompressor.needs_input and not (chunk := window.take(room.put_in)):
            problem = _CUT_OFF
            break
        try:
            data = decompressor.decompress(chunk, min(most, room.come_out))
        except codec.error as error:
            problem = f"is damaged ({str(error).rstrip('.').lower()})"
            break
        found.append(data)
        most -= len(data)
        if len(data) == room.come_out:
            room.come_out = min(_MOST_OUT, 2 * room.come_out)
    if decompressor.eof:
        window.give_back(len(decompressor.unused_data))
    return (found[0] if len(found) == 1 else b"".join(found)), problem


def _salvaged(codec: Codec, data: bytes, count: int) -> bytes:
    """Return what a damaged member holds before its damage, without its first *count* bytes."""
    decompressor = codec.new()
    found = bytearray()
    with suppress(codec.error):
        for index in range(len(data)):
            part = decompressor.decompress(data[index : index + 1])
            found += part[max(0, count) :]
            count -= len(part)
            if decompressor.eof or len(found) > _MOST_SALVAGED:
                break
    return bytes(found)


def _with_dictionary(window: Window, codec: Codec) -> tuple[Codec, str | None]:
    """Return the codec that knows the file's dictionary; the one that does not, with the problem, where it has none."""
    header = window.take(8)
    length = int.from_bytes(header[4:], "little")
    dictionary = bytearray()
    while len(dictionary) < length <= _LARGEST_DICTIONARY and (
        chunk := window.take(length - len(dictionary))
    ):
        dictionary += chunk
    found = bytes(dictionary)
    try:
        if found.startswith(_FRAME):
            found = codec.new().decompress(found, _LARGEST_DICTIONARY)
        return zstd_codec(found), None
    except (codec.error, ValueError):
        return codec, "begins with a dictionary that is none"
