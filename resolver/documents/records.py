"""The records of a WARC file, and past what is damaged in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resolver.documents.head import Head
from resolver.documents.row import LARGEST_DOCUMENT
from resolver.documents.unpack import Piece
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.documents.row import Source

_BEGIN = b"WARC/"
_END = b"\r\n\r\n"
# https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/#warc-record-content: two line
# ends stand between records. Some writers leave out one, or write bare line feeds.
_BETWEEN = pattern(rb"[\r\n]*+")
# What stands before may have been overwritten, so it is not asked for.
_NEXT = pattern(rb"WARC/[01]\.[0-9]\r?\n[A-Za-z-]{1,64}:")
_LONGEST_NEXT = 80
_END_OF_HEAD = pattern(rb"\r?\n\r?\n")
_LONGEST_HEAD = 256 * 1024


class Record(NamedTuple):
    """One record: its head, its content block, and where in the file it begins."""

    head: Head
    body: bytes | memoryview
    offset: int


def records(source: Source) -> Iterator[Record]:
    """Yield the records that are whole. What is damaged is reported with its place and passed over.

    A record is whole if its head can be read and its block is as long as the head says, and followed by another
    record or the end. After a damage, reading goes on at the next thing that begins as a record does.
    """
    content = _Content(source)
    while True:
        if single := content.single():
            yield single
            continue
        if not content.to_next():
            return
        offset = content.offset
        head = content.head()
        length = head.length()
        if length is None:
            content.pass_over(offset, "has no head that can be read")
        elif length > LARGEST_DOCUMENT:
            content.pass_over(offset, "is a record of more than 256 MiB")
        elif (body := content.block(length)) is None:
            content.pass_over(offset, "is a record that is not as long as its head says")
        else:
            yield Record(head, body, offset)


def _record(piece: Piece) -> Record | None:
    """Return the record that a member is, if it is one whole record, as nearly all are; else ``None``."""
    data = piece.data
    if piece.member is None or not (data.startswith(_BEGIN) and data.endswith(_END)):
        return None
    end = data.find(_END)
    head = Head(data[:end])
    if head.length() != len(data) - end - 2 * len(_END):
        return None
    return Record(head, memoryview(data)[end + len(_END) : -len(_END)], piece.member)


class _Content:
    """The content of the file, run by run. Nothing goes on from one run into the next.

    A run ends where the compressed data is damaged and where a member begins as a record does: there is a record,
    whatever the one before says of its length.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pieces = source.pieces(begins=_BEGIN)
        self._compressed = source.compression is not None
        self._next_run: Piece | None = None
        self._data = bytearray()
        self._at = 0
        # Where the data begins in the content, and where members do, there and in the file.
        self._base = 0
        self._members = [(0, 0)]
        self._ended = False
        self._damaged = False

    @property
    def offset(self) -> int:
        """Where in the file the place of reading is: if compressed, the beginning of the member that it is in."""
        place = self._base + self._at
        if not self._compressed:
            return place
        while len(self._members) > 1 and self._members[1][0] <= place:
            del self._members[0]
        return self._members[0][1]

    def single(self) -> Record | None:
        """Return the next member if it is one record, and nothing is left of the one before; else ``None``."""
        if not self._compressed:
            return None
        if self._data:
            if self._data[self._at : self._at + 16].strip(b"\r\n"):
                return None
            self._past_line_ends()
        elif not self._ended:
            piece = next(self._pieces, None)
            # Nearly always: so nothing is noted of it.
            if piece is not None and (record := _record(piece)) is not None:
                return record
            self._take(piece)
        if not self._ended or self._next_run is None:
            return None
        record = _record(self._next_run)
        if record is not None:
            self._next_run = None
            self._ended = False
        return record

    def to_next(self) -> bool:
        """Go to where the next record begins; whether there is one."""
        while True:
            self._past_line_ends()
            if self._at == len(self._data):
                if not self._open_run():
                    return False
            elif self._starts(_BEGIN):
                return True
            else:
                self.pass_over(self.offset, "is no record")

    def head(self) -> Head:
        """Return the head of the record that begins here, and go past it; an empty one where it does not end."""
        searched = self._at
        while True:
            end = _END_OF_HEAD.search(self._data, searched, self._at + _LONGEST_HEAD)
            if end is not None:
                head = Head(bytes(self._data[self._at : end.start()]))
                self._at = end.end()
                return head
            searched = max(self._at, len(self._data) - 3)
            if len(self._data) - self._at > _LONGEST_HEAD or not self._fill():
                self._at += len(_BEGIN)
                return Head(b"")

    def block(self, length: int) -> bytes | None:
        """Return the next *length* bytes and go past them; ``None`` where the record does not end there."""
        end = self._at + length
        while len(self._data) < end + len(_BEGIN) and self._fill():
            pass
        after = bytes(self._data[end : end + len(_BEGIN)])
        if len(self._data) < end or not (after[:1] in {b"", b"\r", b"\n"} or after == _BEGIN):
            return None
        body = bytes(memoryview(self._data)[self._at : end])
        self._drop(end)
        return body

    def pass_over(self, offset: int, problem: str) -> None:
        """Report what is at *offset* and go to the next beginning of a record in this run, or to its end."""
        found = None
        while found is None:
            found = _NEXT.search(self._data, self._at + 1)
            if found is None:
                self._drop(max(self._at, len(self._data) - _LONGEST_NEXT))
                if not self._fill():
                    break
        self._at = found.start() if found else len(self._data)
        if not self._damaged:
            self._source.damaged(f"byte {offset}", problem)

    def _past_line_ends(self) -> None:
        while True:
            match = _BETWEEN.match(self._data, self._at)
            self._drop(match.end() if match else self._at)
            if self._at < len(self._data) or not self._fill():
                return

    def _starts(self, prefix: bytes) -> bool:
        while len(self._data) - self._at < len(prefix) and self._fill():
            pass
        return self._data.startswith(prefix, self._at)

    def _open_run(self) -> bool:
        piece, self._next_run = self._next_run, None
        if piece is None:
            return False
        self._drop(len(self._data))
        self._ended = self._damaged = False
        self._append(piece)
        return True

    def _fill(self) -> bool:
        """Read on in this run; whether there was more."""
        return not self._ended and self._take(next(self._pieces, None))

    def _take(self, piece: Piece | None) -> bool:
        """Take up a piece; whether it belongs to this run, which has ended else."""
        if piece is not None and piece.damage is None:
            if piece.member is None or not piece.data.startswith(_BEGIN):
                self._append(piece)
                return True
        elif piece is not None:
            self._source.damaged(f"byte {piece.at}", piece.damage or "")
            self._damaged = True
            piece = Piece()
        self._ended = True
        self._next_run = piece
        return False

    def _append(self, piece: Piece) -> None:
        if piece.member is not None:
            self._members.append((self._base + len(self._data), piece.member))
        self._data += piece.data

    def _drop(self, end: int) -> None:
        del self._data[:end]
        self._base += end
        self._at = 0
