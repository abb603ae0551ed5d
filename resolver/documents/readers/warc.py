"""WARC and what Common Crawl makes of it (WET): pages and texts out of web archives.

Read here, not by a library: FastWARC 2.0 takes a record that is cut off for a whole one and stops at the first
that is damaged. The tests compare both.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.documents.decode import decode, decode_text, is_plain
from resolver.documents.head import CONTENT_TYPE, Field
from resolver.documents.http_message import charset_of, media_type_of, parse_http
from resolver.documents.published import published
from resolver.documents.records import records
from resolver.documents.row import LARGEST_DOCUMENT, Row
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.documents.records import Record
    from resolver.documents.row import Source
    from resolver.documents.screen import Screen

_HTML = frozenset({"text/html", "application/xhtml+xml"})
# The types of records whose block is a page or text by itself.
_TAKEN = frozenset({b"conversion", b"resource"})
_TYPE, _ID = Field("warc-type"), Field("warc-record-id")
#: Says of a record that its archive has kept only the beginning of the answer: it is known to be cut off.
_TRUNCATED = Field("warc-truncated")
_ADDRESS, _DATE = Field("warc-target-uri"), Field("warc-date")


class _Kind(NamedTuple):
    """What a content type says of what is read."""

    html: bool
    charset: str | None


class _Content(NamedTuple):
    kind: _Kind
    body: bytes | memoryview
    #: What is wrong with the body; ``None`` where nothing is.
    problem: str | None


def read(source: Source) -> Iterator[Row]:
    """Yield the pages that servers answered with (status 2xx), and the texts that were made of such.

    Each is called by its WARC-Record-ID, else ``<file>#<record number>``; ``fields`` say in which file and from
    which byte on its record can be read: that of the compressed member, where each record is one.
    """
    found = False
    for number, record in enumerate(records(source), start=1):
        content = _content(record)
        if content is not None:
            found = True
            if content.problem is not None and not record.head.value(_TRUNCATED):
                source.damaged(f"byte {record.offset}", f"holds an answer that {content.problem}")
            if source.wanted.screen is None or _is_wanted(source.wanted.screen, content.kind, content.body):
                yield _row(source, record, content, number)
    if not found:
        source.damaged("", "holds no page and no text", "only HTML and text/plain are read of an archive")


def _is_wanted(screen: Screen, kind: _Kind, body: bytes | memoryview) -> bool:
    if not is_plain(body, declared=kind.charset, html=kind.html):
        return True
    return screen.page(body) if kind.html else screen.text(body)


def _row(source: Source, record: Record, content: _Content, number: int) -> Row:
    kind, body, _ = content
    decoded = (decode if kind.html else decode_text)(bytes(body), declared=kind.charset)
    if decoded.replaced:
        source.replaced(f"byte {record.offset}", decoded.encoding, decoded.replaced)
    fields: dict[str, Any] = {
        "id": record.head.text(_ID) or f"{source.name}#{number}",
        "url": record.head.text(_ADDRESS).strip("<>") or None,
        "date": published(record.head.text(_DATE)),
        "html" if kind.html else "text": decoded.text,
    }
    return Row(Document(**fields), {**fields, "file": source.name, "offset": record.offset})


def _content(record: Record) -> _Content | None:
    """Return what a record holds of a page or text; ``None`` where it holds none, or the server sent none."""
    head, body, _ = record
    problem = None
    of = head.value(_TYPE)
    if of == b"response":
        answer = parse_http(body, limit=LARGEST_DOCUMENT)
        if answer is None or not 200 <= answer.status < 300:
            return None
        kind, body, problem = _kind(answer.content_type), answer.body, answer.problem
    else:
        kind = _kind(head.value(CONTENT_TYPE)) if of in _TAKEN else None
    return None if kind is None else _Content(kind, body, problem)


@lru_cache(maxsize=1024)
def _kind(content_type: bytes) -> _Kind | None:
    media_type = media_type_of(content_type)
    if media_type not in _HTML and media_type != "text/plain":
        return None
    return _Kind(media_type in _HTML, charset_of(content_type))
