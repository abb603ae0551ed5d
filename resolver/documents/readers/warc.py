"""WARC and what Common Crawl makes of it (WET): pages and texts out of web archives.

Read here, not by a library: FastWARC 2.0 takes a record that is cut off for a whole one and stops at the first
that is damaged, and is not faster than this with ISA-L (docs: benchmarks). The tests compare both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.documents.decode import decode, decode_text, is_plain
from resolver.documents.http_message import charset_of, media_type_of, parse_http
from resolver.documents.published import published
from resolver.documents.records import records
from resolver.documents.row import LARGEST_DOCUMENT, Row
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.documents.records import Record
    from resolver.documents.row import Source

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_READ = _HTML | {"text/plain"}


def read(source: Source) -> Iterator[Row]:
    """Yield the pages that servers answered with (status 2xx), and the texts that were made of such.

    Each is called by its WARC-Record-ID, else ``<file>#<record number>``; ``fields`` say in which file and from
    which byte on its record can be read: that of the compressed member, where each record is one.
    """
    found = False
    for number, record in enumerate(records(source), start=1):
        content = _content(record)
        if content is None or content.media_type not in _READ:
            continue
        found = True
        if _is_wanted(source, content):
            yield _row(source, record, content, number)
    if not found:
        source.damaged("", "holds no page and no text", "only HTML and text/plain are read of an archive")


class _Content(NamedTuple):
    media_type: str
    charset: str | None
    body: bytes


def _is_wanted(source: Source, content: _Content) -> bool:
    is_html = content.media_type in _HTML
    if source.screen is None or not is_plain(content.body, declared=content.charset, html=is_html):
        return True
    return source.screen.page(content.body) if is_html else source.screen.text(content.body)


def _row(source: Source, record: Record, content: _Content, number: int) -> Row:
    is_html = content.media_type in _HTML
    decoded = (decode if is_html else decode_text)(content.body, declared=content.charset)
    if decoded.replaced:
        source.replaced(f"byte {record.offset}", decoded.encoding, decoded.replaced)
    fields: dict[str, Any] = {
        "id": record.fields.get("warc-record-id") or f"{source.name}#{number}",
        "url": record.fields.get("warc-target-uri", "").strip("<>") or None,
        "date": published(record.fields.get("warc-date")),
        "html" if is_html else "text": decoded.text,
    }
    return Row(Document(**fields), {**fields, "file": source.name, "offset": record.offset})


def _content(record: Record) -> _Content | None:
    """Return what a record holds of a page; ``None`` where it holds none, or the server sent none."""
    kind = record.fields.get("warc-type", "")
    said = record.fields.get("content-type", "")
    if kind == "response":
        answer = parse_http(record.body, limit=LARGEST_DOCUMENT)
        if answer is None or not 200 <= answer.status < 300:
            return None
        return _Content(answer.media_type, answer.charset, answer.body)
    if kind in {"conversion", "resource"}:
        return _Content(media_type_of(said), charset_of(said), record.body)
    return None
