"""A pipe as a stream whose beginning can be looked at, however slowly it comes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

#: How many bytes are waited for before anything is said of what they are. What comes later is given as it comes.
FIRST = 8 * 1024


def begun(
    stream: io.BufferedReader[Any], *, buffer: int, taken: Callable[[int], None] = lambda _: None
) -> io.BufferedReader[Any]:
    """Return *stream* as one whose first look has ``FIRST`` bytes, or all there are.

    *taken* is told how many bytes were read, whenever some were.

    >>> import os
    >>> read, write = os.pipe()
    >>> with open(read, "rb") as stream, open(write, "wb", buffering=0) as pipe:
    ...     _ = pipe.write(b"a"), pipe.write(b"b"), pipe.close()
    ...     begun(stream, buffer=9_000).peek(9_000)
    b'ab'
    """
    return io.BufferedReader(_Pipe(stream, taken), buffer)


class _Pipe(io.RawIOBase):
    def __init__(self, stream: io.BufferedReader[Any], taken: Callable[[int], None]) -> None:
        self._stream = stream
        self._taken = taken
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer)
        count = self._stream.readinto1(target)
        while not self._begun and 0 < count < min(FIRST, len(target)):
            more = self._stream.readinto1(target[count:])
            if not more:
                break
            count += more
        self._begun = True
        self._taken(count)
        return count
