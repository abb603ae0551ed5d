"""The bytes of a compressed file around the place of reading."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from io import BufferedReader

#: Bytes read from the file at once, and kept at least behind the place of reading.
CHUNK = 256 * 1024
_LONGEST_MAGIC = 16
# What is looked at where something may begin.
_TRIAL = 4 * 1024


class Window:
    """Gives the bytes of a stream one after the other, and some of those before again.

    >>> import io
    >>> window = Window(io.BufferedReader(io.BytesIO(b"one two")))
    >>> window.take(5), window.give_back(2), window.offset, window.since(1), window.take(99)
    (b'one t', None, 3, b'ne two', b' two')
    """

    def __init__(self, stream: BufferedReader[Any]) -> None:
        self._stream = stream
        self._data = b""
        # Where the data begins in the file, and what stands before it: joined to it only when it is needed again.
        self._base = 0
        self._behind: deque[bytes] = deque()
        self._held_behind = 0
        self._at = 0

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
        """Whether the next bytes are these, as far as they were read at once."""
        if self._at == len(self._data):
            self._fill()
        return self._data.startswith(prefix, self._at)

    def at_more(self) -> bool:
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
        self._recall()
        return self._data[offset - self._base :] if offset >= self._base else None

    def move_to(self, offset: int) -> None:
        """Go back to *offset*, or as far as is held."""
        self._recall()
        self._at = max(0, offset - self._base)

    def find(self, magic: re.Pattern[bytes], is_begun_by: Callable[[bytes], bool]) -> None:
        """Go on to where a match of *magic* is the beginning of what is looked for, or to the end of the file."""
        while True:
            match = magic.search(self._data, self._at)
            if match is None:
                # The last few bytes may be the beginning of a magic number.
                self._at = max(self._at, len(self._data) - _LONGEST_MAGIC)
                if not self._fill():
                    self._at = len(self._data)
                    return
                continue
            self._at = match.start()
            if len(self._data) - self._at < _TRIAL:
                self._fill()
            if is_begun_by(self._data[self._at : self._at + _TRIAL]):
                return
            self._at += 1

    def _fill(self) -> bool:
        """Read on, and keep what is not taken; whether there was more."""
        chunk = self._stream.read1(CHUNK)
        if not chunk:
            return False
        self._behind.append(self._data[: self._at])
        self._held_behind += self._at
        while self._held_behind - len(self._behind[0]) >= CHUNK:
            self._held_behind -= len(self._behind.popleft())
        self._data = self._data[self._at :] + chunk if self._at < len(self._data) else chunk
        self._base += self._at
        self._at = 0
        return True

    def _recall(self) -> None:
        """Have what is held behind the data in front of it."""
        self._data = b"".join((*self._behind, self._data))
        self._base -= self._held_behind
        self._at += self._held_behind
        self._behind.clear()
        self._held_behind = 0
