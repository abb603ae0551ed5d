"""A file that is one document: text or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.documents.decode import Decoded, decode, decode_text, is_plain
from resolver.documents.document import as_document, date_line
from resolver.documents.formats import FORMATS
from resolver.documents.row import LARGEST_DOCUMENT, Row
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.documents.row import Source


_KNOWN = ", ".join(known.name for known in FORMATS)


def read_text(source: Source) -> Iterator[Row]:
    """Yield the file as one text, with the date that a crawler wrote in front of it."""
    data = _content(source)
    if data and not (
        is_plain(data, html=False) and source.wanted.screen and not source.wanted.screen.text(data)
    ):
        decoded = decode_text(data)
        yield from _row(
            source, decoded, Document(id=source.name, text=decoded.text, date=date_line(decoded.text))
        )


def read_html(source: Source) -> Iterator[Row]:
    """Yield the file as one page."""
    data = _content(source)
    if data and not (
        is_plain(data, html=True) and source.wanted.screen and not source.wanted.screen.page(data)
    ):
        decoded = decode(data)
        yield from _row(source, decoded, Document(id=source.name, html=decoded.text))


def read_either(source: Source) -> Iterator[Row]:
    """Yield the file as one page where it looks like one, else as one text."""
    data = _content(source)
    if data:
        decoded = decode(data)
        yield from _row(source, decoded, as_document(decoded.text, name=source.name))


def _content(source: Source) -> bytes | None:
    """Return what the file holds; ``None`` where that cannot be a document, which is reported."""
    data = source.unpacked().read(LARGEST_DOCUMENT + 1)
    if not data:
        source.damaged("", "is empty", "there is nothing to find in it")
    elif len(data) > LARGEST_DOCUMENT:
        source.damaged("", "is larger than 256 MiB", "split it, or give it as JSON Lines")
    else:
        return data
    return None


def _row(source: Source, decoded: Decoded, document: Document) -> Iterator[Row]:
    if "\0" in decoded.text[:4096]:
        source.damaged("", "is not text", f"known are {_KNOWN}")
        return
    if decoded.replaced:
        source.replaced("", decoded.encoding, decoded.replaced)
    fields = {"id": document.id, "date": document.date, "text": document.text, "html": document.html}
    yield Row(document, {key: value for key, value in fields.items() if value is not None})
