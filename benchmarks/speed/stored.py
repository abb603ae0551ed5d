"""A corpus on disk: made once, then read as often as it is needed, a part at a time."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from benchmarks.speed.planted import Made


class Entry(NamedTuple):
    """What is known of a document without reading it: its bytes, and what was planted where (code points)."""

    size: int
    kind: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Stored:
    """Documents in one file, in UTF-8, one directly after the other."""

    path: Path
    entries: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """Bytes of all documents."""
        return sum(entry.size for entry in self.entries)

    def up_to(self, size: int | None) -> Stored:
        """Return the first documents, *size* bytes of them or a document more; all where it is ``None``."""
        if size is None:
            return self
        before = (0, *accumulate(entry.size for entry in self.entries))
        return Stored(self.path, self.entries[: bisect_left(before, size)])

    def documents(self) -> Iterator[bytes]:
        """Yield the documents, in the order of the entries."""
        with self.path.open("rb") as file:
            for entry in self.entries:
                yield file.read(entry.size)

    def batches(self, size: int) -> Iterator[list[bytes]]:
        """Yield the documents in lists, each of *size* bytes or a document more."""
        batch: list[bytes] = []
        held = 0
        for document in self.documents():
            batch.append(document)
            held += len(document)
            if held >= size:
                yield batch
                batch, held = [], 0
        if batch:
            yield batch


def store(documents: Iterable[Made], path: Path) -> Stored:
    """Write documents to *path* as they are made, and return them as they are stored."""
    entries = []
    with path.open("wb") as file:
        for made in documents:
            size = file.write(made.text.encode())
            entries.append(Entry(size, made.kind, made.start, made.end))
    return Stored(path, tuple(entries))
