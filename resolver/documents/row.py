"""One document as it was read, and where readers get it from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.errors import InputError, LossyInputError

if TYPE_CHECKING:
    from io import BufferedReader

    from resolver.documents.columns import Columns
    from resolver.documents.compression import Compression
    from resolver.documents.screen import Screen
    from resolver.documents.unpack import Piece
    from resolver.models import Document

#: The longest single document, line or record that is read, in bytes: it is held in memory.
LARGEST_DOCUMENT = 256 * 1024 * 1024

Report = Callable[[InputError], None]


class Row(NamedTuple):
    """One document as it was read, and the row it came in, which is written out again with its embeds.

    ``fields`` holds what JSON can hold.
    """

    document: Document
    fields: dict[str, Any]


class Wanted(NamedTuple):
    """What a caller wants of the files that are read for it."""

    #: Is given what cannot be read.
    report: Report
    columns: Columns
    #: Whether a row's fields are all that the file has, or only those that its document is made of.
    all_fields: bool = True
    #: Which documents to read; all where it is ``None``. The first row of a table is read in any case.
    screen: Screen | None = None


class Source(NamedTuple):
    """One file under reading: its bytes as they are stored, and what the caller wants of it."""

    #: The path or address as the user gave it; ids are made of it.
    name: str
    stream: BufferedReader[Any]
    compression: Compression | None
    wanted: Wanted

    def unpacked(self) -> BufferedReader[Any]:
        """Return the content as a stream of bytes: decompressed, and in UTF-8 where it is in UTF-16 or UTF-32.

        Where the compressed data is damaged, that is reported and a line break put in the place of what is lost.
        """
        from resolver.documents.transcode import transcoded
        from resolver.documents.unpack import unpacked

        if self.compression is None:
            return transcoded(self.stream)
        return transcoded(unpacked(self.stream, self.compression, self.name, self.wanted.report))

    def pieces(self, *, begins: bytes) -> Iterator[Piece]:
        """Yield the content in pieces that say where in the file each compressed member begins.

        After a damage it goes on at the next member whose content *begins* so.
        """
        from resolver.documents.unpack import pieces

        return pieces(self.stream, self.compression, begins=begins)

    def damaged(self, place: str, problem: str, advice: str = "what can be read of the rest is read") -> None:
        """Report that something at a *place* in this file could not be read."""
        self.wanted.report(InputError(f"{self.name}, {place}" if place else self.name, problem, advice))

    def replaced(self, place: str, encoding: str, count: int) -> None:
        """Report that *count* characters could not be decoded."""
        where = f"{self.name}, {place}" if place else self.name
        problem = f"{count} characters could not be read in {encoding}"
        self.wanted.report(LossyInputError(where, problem, "they stand as U+FFFD"))


Reader = Callable[[Source], Iterator[Row]]
