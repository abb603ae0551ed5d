"""A file that is one document: text or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.documents.decode import Decoded, decode, decode_text
from resolver.documents.document import as_document, date_line
from resolver.documents.formats import FORMATS
from resolver.documents.row import LARGEST_DOCUMENT, Row
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resolver.documents.row import Source


_KNOWN = ", ".join(known.name for known in FORMATS)


def read_text(source: Source) -> Iterator[Row]:
    """Yield the file as one text, with the date that a crawler wrote in front of it."""
    return _read(source, decode_text, lambda text: Document(id=source.name, text=text, date=date_line(text)))


def read_html(source: Source) -> Iterator[Row]:
    """Yield the file as one page."""
    return _read(source, decode, lambda text: Document(id=source.name, html=text))


def read_either(source: Source) -> Iterator[Row]:
    """Yield the file as one page where it looks like one, else as one text."""
    return _read(source, decode, lambda text: as_document(text, name=source.name))


def _read(
    source: Source, decoded_of: Callable[[bytes], Decoded], document_of: Callable[[str], Document]
) -> Iterator[Row]:
    data = source.unpacked().read(LARGEST_DOCUMENT + 1)
    if not data:
        source.damaged("", "is empty", "there is nothing to find in it")
        return
    if len(data) > LARGEST_DOCUMENT:
        source.damaged("", "is larger than 256 MiB", "split it, or give it as JSON Lines")
        return
    decoded = decoded_of(data)
    if "\0" in decoded.text[:4096]:
        source.damaged("", "is not text", f"known are {_KNOWN}")
        return
    if decoded.replaced:
        source.replaced("", decoded.encoding, decoded.replaced)
    document = document_of(decoded.text)
    fields = {"id": document.id, "date": document.date, "text": document.text, "html": document.html}
    yield Row(document, {key: value for key, value in fields.items() if value is not None})
