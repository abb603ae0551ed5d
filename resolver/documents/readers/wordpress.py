"""WordPress exports (WXR): the HTML of posts as their authors wrote it, with the day of publication.

Items are cut out of the stream and parsed one by one: so an export of any size takes the memory of one post, a
character that XML forbids costs one character, and a document type, in which an attack would stand, is never
parsed.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from resolver.documents.decode import is_plain
from resolver.documents.items import declared_encoding, items
from resolver.documents.published import published
from resolver.documents.row import Row
from resolver.models import Document
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from resolver.documents.row import Source
    from resolver.documents.screen import Screen

# Namespaces by their ends: the version of the export format is part of the address.
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_CREATOR = "http://purl.org/dc/elements/1.1/"
_EXPORT = pattern(r"\{http://wordpress\.org/export/[0-9.]{1,8}/\}")
_DECLARATION = pattern(rb"xmlns:content\s{0,8}=\s{0,8}[\"']" + re.escape(_CONTENT).encode())
_TAG, _OPEN, _CLOSE = b"<content:encoded", b"<content:encoded><![CDATA[", b"]]></content:encoded>"
# Those of ASCII that XML forbids: others are put in their place.
_FORBIDDEN = bytes({*range(0x20)} - {*b"\t\n\r"})
_NEVER = "0000-00-00 00:00:00"


def read(source: Source) -> Iterator[Row]:
    """Yield the posts and pages that have content, called by their numbers in WordPress; drafts have no date."""
    for number, item in items(source, b"item", partial(_chosen, source.wanted.screen)):
        values = _values(item)
        html = values.get(f"{{{_CONTENT}}}encoded")
        if not html:
            continue
        fields: dict[str, Any] = {
            "id": values.get("post_id") or f"{source.name}#{number}",
            "url": values.get("link"),
            "date": _date(values),
            "html": html,
        }
        row = {"title": values.get("title"), "author": values.get(f"{{{_CREATOR}}}creator")}
        row |= {"type": values.get("post_type"), "status": values.get("status")}
        yield Row(Document(**fields), {**fields, **row})


def _chosen(screen: Screen | None, head: bytes) -> Callable[[bytes], bool]:
    """Return what tells of the items of a file, which begins with *head*, which are to be parsed."""
    is_known = _DECLARATION.search(head) and is_plain(b"", declared=declared_encoding(head), html=False)
    if screen is None or not is_known:
        return lambda _: True

    def is_chosen(item: bytes) -> bool:
        html = _html(item)
        return html is None or (bool(html) and screen.page(html))

    return is_chosen


def _html(item: bytes) -> bytes | None:
    """Return the HTML of a post, empty where it has none, as parsing would; ``None`` where only that can tell."""
    start = item.find(_OPEN)
    end = item.find(_CLOSE, start)
    if start < 0 or end < 0 or item.count(_TAG) != 1 or b"xmlns:content" in item:
        return None
    html = item[start + len(_OPEN) : end]
    if b"]]>" in html or len(html.translate(None, _FORBIDDEN)) < len(html):
        return None
    # XML 1.0, 2.11: what a parser makes of line ends.
    return html.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in html else html


def _values(item: _Element) -> dict[str, str]:
    """Return the texts of an item's elements, those of WordPress's own namespace without it."""
    values: dict[str, str] = {}
    for element in item.iterchildren("*"):
        if element.text:
            values.setdefault(_EXPORT.sub("", str(element.tag)), element.text)
    return {name: value if name.endswith("}encoded") else value.strip() for name, value in values.items()}


def _date(values: dict[str, str]) -> str | None:
    """Return the time of publication: in UTC, or without a zone where only the blog's own time is there."""
    universal, local = values.get("post_date_gmt", _NEVER), values.get("post_date", _NEVER)
    if universal != _NEVER:
        return published(f"{universal} UTC")
    return published(local) if local != _NEVER else None
