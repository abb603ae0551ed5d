"""The answer of a web server, as it was recorded: its head taken apart, its body as it was before transport."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from resolver.patterns import pattern

_STATUS = pattern(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHARSET = pattern(r"charset\s{0,8}=\s{0,8}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
# RFC 9112 7.1: the size of a chunk in hexadecimal digits, and extensions that nobody uses.
_CHUNK_SIZE = pattern(rb"[ \t]{0,8}([0-9A-Fa-f]{1,8})[ \t]{0,8}(?:;[^\r\n]{0,256})?\r?\n")
#: RFC 9110 5.2: a server may send more; what is longer than this is no head.
_LONGEST_HEAD = 256 * 1024


@dataclass(frozen=True)
class HttpMessage:
    """A recorded answer."""

    status: int
    #: Media type in small letters, without parameters; empty where none is said.
    media_type: str
    #: What the header declares; ``None`` where it does not.
    charset: str | None
    body: bytes


def parse_http(data: bytes, *, limit: int) -> HttpMessage | None:
    """Return the answer that *data* holds; ``None`` where it holds none.

    Chunks are joined and gzip and deflate undone where the body is as the head says: many archives keep the head
    of what they have decoded. Of a body that decodes to more than *limit* bytes, the first *limit* are returned;
    of a damaged one, what stands before the damage.

    >>> found = parse_http(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html; charset=UTF-8\\r\\n\\r\\n<p>", limit=99)
    >>> found.status, found.media_type, found.charset, found.body
    (200, 'text/html', 'UTF-8', b'<p>')
    """
    status = _STATUS.match(data)
    if status is None:
        return None
    head, body = split_head(data)
    fields = header_fields(head)
    content_type = fields.get("content-type", "")
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _joined(body)
    return HttpMessage(
        status=int(status[1]),
        media_type=media_type_of(content_type),
        charset=charset_of(content_type),
        body=_decoded(body, fields.get("content-encoding", "").strip().lower(), limit),
    )


@lru_cache(maxsize=1024)
def media_type_of(content_type: str) -> str:
    """Return the media type that a Content-Type says, in small letters.

    >>> media_type_of("Text/HTML; charset=utf-8")
    'text/html'
    """
    return content_type.partition(";")[0].strip().lower()


@lru_cache(maxsize=1024)
def charset_of(content_type: str) -> str | None:
    """Return the encoding that a Content-Type declares; ``None`` where it does not.

    >>> charset_of('text/html; charset="koi8-r"'), charset_of("text/html")
    ('koi8-r', None)
    """
    match = _CHARSET.search(content_type)
    return match[1] if match else None


def split_head(data: bytes) -> tuple[bytes, bytes]:
    """Return what stands before and after the first empty line; all as the head where there is none.

    >>> split_head(b"a: b\\r\\n\\r\\nc")
    (b'a: b', b'c')
    """
    for end in (b"\r\n\r\n", b"\n\n"):
        position = data.find(end, 0, _LONGEST_HEAD)
        if position >= 0:
            return data[:position], data[position + len(end) :]
    return data, b""


def header_fields(head: bytes) -> dict[str, str]:
    """Return the fields by their names in small letters; the first of those that stand there more than once.

    >>> header_fields(b"WARC/1.0\\r\\nWARC-Type: response\\r\\nContent-Length: 12")
    {'warc-type': 'response', 'content-length': '12'}
    """
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _joined(body: bytes) -> bytes:
    """Return the chunks as one; the body itself where it does not begin with the size of one."""
    parts = []
    position = 0
    while match := _CHUNK_SIZE.match(body, position):
        size = int(match[1], 16)
        parts.append(body[match.end() : match.end() + size])
        position = match.end() + size
        if not size:
            break
        position += 2 if body.startswith(b"\r\n", position) else body.startswith(b"\n", position)
    return b"".join(parts) if parts else body


def _decoded(body: bytes, coding: str, limit: int) -> bytes:
    if coding in {"gzip", "x-gzip"} and body.startswith(b"\x1f\x8b"):
        return _inflated(body, 31, limit) or body
    if coding == "deflate" and body[:1] not in {b"<", b""}:
        # RFC 9110 8.4.1.2: it is zlib's, though some servers send it bare.
        return _inflated(body, 15, limit) or _inflated(body, -15, limit) or body
    return body


def _inflated(body: bytes, window_bits: int, limit: int) -> bytes:
    inflater = zlib.decompressobj(window_bits)
    found = bytearray()
    with suppress(zlib.error):
        for start in range(0, len(body), 4096):
            found += inflater.decompress(body[start : start + 4096], max(1, limit - len(found)))
            if inflater.eof or len(found) >= limit:
                break
    return bytes(found)
