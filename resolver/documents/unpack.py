"""Decompress a file member by member, and past what is damaged in it."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.documents.compression import zstd_codec
from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from _typeshed import WriteableBuffer

    from resolver.documents.compression import Codec, Compression
    from resolver.documents.row import Report

#: Bytes read from the file at once, and kept behind the place of reading, to look for the next member there.
CHUNK = 256 * 1024
# What is put into a decompressor at once: what stands behind the end of a member is copied twice, so about twice
# the length of the one before is right where members are small.
_SMALLEST_SLICE, _LARGEST_SLICE = 4 * 1024, 64 * 1024
# What comes out of it at once: so much, at most, is held of a bomb.
_STEP = 256 * 1024
# What is decompressed for trial, where a member may begin.
_TRIAL = 4 * 1024
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
    window = _Window(stream)
    if compression is None:
        first: int | None = 0
        while chunk := window.take(CHUNK):
            yield Piece(chunk, first)
            first = None
        return
    codec = compression.load()
    if window.starts_with(_DICTIONARY_FRAME):
        codec = _with_dictionary(window, codec)
    while window.at_member():
        start = window.offset
        problem = yield from _member(window, codec, salvage=not begins)
        if problem is not None:
            yield Piece(damage=problem, at=start)
            window.move_to(start + 1)
            window.find(compression, codec, begins)


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


class _Window:
    """The bytes of a file around the place of reading."""

    def __init__(self, stream: io.BufferedReader[Any]) -> None:
        self._stream = stream
        self._data = b""
        self._base = 0
        self._at = 0
        self.slice = _LARGEST_SLICE

    @property
    def offset(self) -> int:
        """The place of reading in the file."""
        return self._base + self._at

    def take(self, count: int) -> bytes:
        """Return the next bytes, at most *count*; none at the end of the file."""
        if self._at == len(self._data):
            self._fill()
        taken = self._data[self._at : self._at + count]
        self._at += len(taken)
        return taken

    def give_back(self, count: int) -> None:
        """Go back *count* bytes of what was last taken."""
        self._at -= count

    def starts_with(self, prefix: bytes) -> bool:
        if self._at == len(self._data):
            self._fill()
        return self._data.startswith(prefix, self._at)

    def at_member(self) -> bool:
        """Go past the zeros that tapes and archives are padded with; whether something comes then."""
        while True:
            if self._at == len(self._data) and not self._fill():
                return False
            if self._data[self._at]:
                return True
            rest = self._data[self._at :]
            self._at += len(rest) - len(rest.lstrip(b"\0"))

    def since(self, offset: int) -> bytes | None:
        """Return what was read from *offset* on; ``None`` where that is no longer held."""
        return self._data[offset - self._base :] if offset >= self._base else None

    def move_to(self, offset: int) -> None:
        """Go back to *offset*, or as far as is held."""
        self._at = max(0, offset - self._base)

    def find(self, compression: Compression, codec: Codec, begins: bytes) -> None:
        """Go on to where the next member begins, or to the end of the file."""
        while True:
            match = compression.magic.search(self._data, self._at)
            if match is None:
                # The last few bytes may be the beginning of a magic number.
                self._at = max(self._at, len(self._data) - 16)
                if not self._fill():
                    self._at = len(self._data)
                    return
                continue
            self._at = match.start()
            if len(self._data) - self._at < _TRIAL:
                self._fill()
            if _is_member(codec, self._data[self._at : self._at + _TRIAL], begins):
                return
            self._at += 1

    def _fill(self) -> bool:
        chunk = self._stream.read1(CHUNK)
        dropped = max(0, self._at - CHUNK)
        self._data = self._data[dropped:] + chunk
        self._base += dropped
        self._at -= dropped
        return bool(chunk)


def _is_member(codec: Codec, data: bytes, begins: bytes) -> bool:
    try:
        return codec.new().decompress(data, _STEP).startswith(begins)
    except codec.error:
        return False


def _member(window: _Window, codec: Codec, *, salvage: bool) -> Generator[Piece, None, str | None]:
    """Yield the content of one member; return what is wrong with it, or ``None``."""
    start = window.offset
    first: int | None = start
    decompressor = codec.new()
    count = 0
    while not decompressor.eof:
        chunk = b""
        if decompressor.needs_input and not (chunk := window.take(window.slice)):
            return _CUT_OFF
        try:
            data = decompressor.decompress(chunk, _STEP)
        except codec.error as error:
            if salvage:
                yield Piece(_salvaged(codec, window.since(start) or b"", count), first)
            return f"is damaged ({str(error).rstrip('.').lower()})"
        if data:
            yield Piece(data, first)
            first = None
            count += len(data)
    window.give_back(len(decompressor.unused_data))
    window.slice = min(_LARGEST_SLICE, max(_SMALLEST_SLICE, 2 * (window.offset - start)))
    return None


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


def _with_dictionary(window: _Window, codec: Codec) -> Codec:
    header = window.take(8)
    length = int.from_bytes(header[4:], "little")
    dictionary = bytearray()
    while len(dictionary) < length <= _LARGEST_DICTIONARY and (
        chunk := window.take(length - len(dictionary))
    ):
        dictionary += chunk
    found = bytes(dictionary)
    if found.startswith(_FRAME):
        try:
            found = codec.new().decompress(found, _LARGEST_DICTIONARY)
        except codec.error:
            return codec
    return zstd_codec(found) if found else codec
