"""The answer of a web server, as it was recorded: its head taken apart, its body as it was before transport."""

from __future__ import annotations

import re
from typing import NamedTuple

from resolver.documents.content_coding import decoded, joined
from resolver.documents.head import CONTENT_TYPE, Field, Head
from resolver.patterns import pattern

_STATUS = pattern(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHARSET = pattern(rb"charset\s{0,8}=\s{0,8}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_TRANSFER_ENCODING = Field("transfer-encoding")
_CONTENT_ENCODING = Field("content-encoding")
# RFC 9112 2.2: a line may end with a bare line feed.
_EMPTY_LINE = pattern(rb"\r?\n\r?\n")
#: RFC 9110 5.2: a server may send more; what is longer than the latter is no head.
_USUAL_HEAD, _LONGEST_HEAD = 4 * 1024, 256 * 1024


class HttpMessage(NamedTuple):
    """A recorded answer."""

    status: int
    #: As it is said; empty where it is not.
    content_type: bytes
    body: bytes | memoryview
    #: What is wrong with the body; ``None`` where nothing is.
    problem: str | None = None


def parse_http(data: bytes | memoryview, *, limit: int) -> HttpMessage | None:
    """Return the answer that *data* holds; ``None`` where it holds none.

    Chunks are joined and gzip, deflate, brotli and zstd undone where the body is as the head says: many archives keep
    the head of what they have decoded. Of a body that decodes to more than *limit* bytes, the first *limit* are
    returned; of a damaged one, what stands before the damage, with the problem.

    >>> found = parse_http(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html; charset=UTF-8\\r\\n\\r\\n<p>", limit=99)
    >>> found.status, media_type_of(found.content_type), charset_of(found.content_type), found.body
    (200, 'text/html', 'UTF-8', b'<p>')
    """
    if bytes(data[:5]) != b"HTTP/":
        return None
    start, after = _head(data)
    status = _STATUS.match(start)
    if status is None:
        return None
    head, body, problem = Head(start), data[after:], None
    if b"chunked" in head.value(_TRANSFER_ENCODING).lower():
        body, problem = joined(bytes(body))
    codings = head.value(_CONTENT_ENCODING).lower()
    if codings:
        body, within = decoded(bytes(body), codings, limit)
        problem = problem or within
    return HttpMessage(int(status[1]), head.value(CONTENT_TYPE), body, problem)


def media_type_of(content_type: bytes) -> str:
    """Return the media type that a Content-Type says, in small letters.

    >>> media_type_of(b"Text/HTML; charset=utf-8")
    'text/html'
    """
    return content_type.partition(b";")[0].strip().lower().decode("utf-8", "replace")


def charset_of(content_type: bytes) -> str | None:
    """Return the encoding that a Content-Type declares; ``None`` where it does not.

    >>> charset_of(b'text/html; charset="koi8-r"'), charset_of(b"text/html")
    ('koi8-r', None)
    """
    match = _CHARSET.search(content_type)
    return match[1].decode() if match else None


def _head(data: bytes | memoryview) -> tuple[bytes, int]:
    """Return what stands before the first empty line, and where it goes on behind it; all where there is none."""
    for most in (_USUAL_HEAD, _LONGEST_HEAD):
        start = bytes(data[:most])
        if end := _EMPTY_LINE.search(start):
            return start[: end.start()], end.end()
    return start, len(data)
