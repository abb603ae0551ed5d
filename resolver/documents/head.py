"""The head of a WARC record or of a web server's answer: a first line that says what it is, then fields."""

from __future__ import annotations

import re
from typing import Final


class Field:
    """The name of a field, in small letters."""

    __slots__ = ("line", "named")

    def __init__(self, name: str) -> None:
        #: What a line begins with that may be of this field, and is.
        self.line: Final = b"\n" + name.encode()
        self.named: Final = re.compile(re.escape(self.line) + rb"[ \t]*+:")


class Head:
    r"""The fields of a head, of which only those are read that are asked for: most are never needed.

    >>> head = Head(b"HTTP/1.1 200 OK\r\nServer: a\r\nCONTENT-TYPE : text/html \r\nX-Content-Length: 7")
    >>> head.value(Field("content-type")), head.value(Field("server")), head.value(CONTENT_LENGTH)
    (b'text/html', b'a', b'')
    """

    __slots__ = ("_data", "_small")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._small = data.lower()

    def value(self, field: Field) -> bytes:
        """Return what stands behind the name of a *field*, the first time it is there; empty where it is not."""
        start = self._small.find(field.line)
        if start < 0:
            return b""
        after = start + len(field.line)
        if self._small.startswith(b":", after):
            start = after + 1
        elif match := field.named.search(self._small, start):
            start = match.end()
        else:
            return b""
        end = self._data.find(b"\n", start)
        return (self._data[start:end] if end >= 0 else self._data[start:]).strip()

    def text(self, field: Field) -> str:
        """Return the value as text; what is not UTF-8 is U+FFFD."""
        return self.value(field).decode("utf-8", "replace")

    def length(self) -> int | None:
        r"""Return how many bytes belong to the head, as it says; ``None`` where it does not.

        >>> Head(b"WARC/1.0\r\nContent-Length: 12").length(), Head(b"WARC/1.0\r\nContent-Length: -1").length()
        (12, None)
        """
        written = self.value(CONTENT_LENGTH)
        return int(written) if written.isdigit() and len(written) < 16 else None


CONTENT_LENGTH: Final = Field("content-length")
CONTENT_TYPE: Final = Field("content-type")
