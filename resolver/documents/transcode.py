"""UTF-16 and UTF-32 as UTF-8, for readers that look for line breaks and quotes in bytes."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, Any

from resolver.documents.decode import byte_order_mark

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 64 * 1024


def transcoded(stream: io.BufferedReader[Any]) -> io.BufferedReader[Any]:
    """Return *stream* itself, or, where its byte order mark says UTF-16 or UTF-32, its text in UTF-8 with a mark.

    What cannot be decoded is U+FFFD.

    >>> file = io.BufferedReader(io.BytesIO("café".encode("utf-16")))
    >>> transcoded(file).read().decode("utf-8-sig")
    'café'
    """
    _, encoding = byte_order_mark(stream.peek(4)[:4])
    if encoding is None or encoding == "utf-8":
        return stream
    return io.BufferedReader(_Transcoded(stream, encoding), _CHUNK)


class _Transcoded(io.RawIOBase):
    def __init__(self, stream: io.BufferedReader[Any], encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._rest:
            # The mark itself is kept: it is U+FEFF, and becomes the mark of UTF-8.
            chunk = self._stream.read1(_CHUNK)
            self._rest = self._decoder.decode(chunk, final=not chunk).encode("utf-8", "replace")
            if not chunk and not self._rest:
                return 0
        target = memoryview(buffer)
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
