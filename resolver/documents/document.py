"""Make a Document of a text, of HTML, or of bytes whose kind is not known."""

from __future__ import annotations

import re

from resolver.documents.decode import decode
from resolver.models import Document
from resolver.patterns import pattern

# Crawlers and corpus builders put the month or day of publication in front of an article's text.
_DATE_LINE = pattern(r"\s{0,100}date ((?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)\b")

# What only HTML holds: a doctype, or the start tag of an element that articles and embeds are made of.
_MARKUP = pattern(
    r"<(?:!doctype\s|(?:html|head|body|div|p|blockquote|figure|article|section|iframe|script|span|amp-[a-z]{1,30})[\s>])",
    re.IGNORECASE,
)

#: How far into a text its kind is looked for, in characters.
_SNIFFED = 65_536


def as_document(source: str | bytes | Document, *, name: str = "-") -> Document:
    """Return *source* as a :class:`~resolver.models.Document`, called *name* unless it is one already.

    Bytes are decoded (:func:`~resolver.documents.decode.decode`); what holds a tag that articles are made of is
    taken as HTML, all else as text.

    >>> as_document("<p>Hello</p>").html
    '<p>Hello</p>'
    >>> as_document("date 2020-08 Harbour reopens").date
    '2020-08'
    """
    if isinstance(source, Document):
        return source
    text = decode(source).text if isinstance(source, bytes) else source
    if looks_like_html(text):
        return Document(id=name, html=text)
    return Document(id=name, text=text, date=date_line(text))


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: whether a tag that articles are made of stands in its first 64 Ki characters.

    >>> looks_like_html("if a <b then c> d"), looks_like_html('\\n<div class="x">')
    (False, True)
    """
    return _MARKUP.search(text, 0, _SNIFFED) is not None


def date_line(text: str) -> str | None:
    """Return the date that a crawler wrote in front of the text, ISO 8601 of its precision, or ``None``.

    >>> date_line(" date 2020-08 Harbour reopens"), date_line("Up to date 2020-08")
    ('2020-08', None)
    """
    match = _DATE_LINE.match(text)
    return match[1] if match else None
