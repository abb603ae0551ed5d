"""The last line of a flattened post: who wrote it, and when. It is what tells a post from the article around it.

The form that the platform gave its embeds since 2011 is ``— Name (@handle) date``. What extractors do to it: the
dash becomes another one or is glued to the post's text, the line is broken anywhere, the date is a Markdown link.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resolver.dates import find_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from resolver.dates import DateMatch

#: The longest that a name with its dash is looked for, in characters. The platform allows 50 to a name.
LONGEST_NAME = 120

# Markdown writers put a backslash before the underscores of a handle.
_HANDLE = re.compile(r"\(\s{0,2}[@＠]((?:[A-Za-z0-9_]|\\_){1,20})\s{0,2}\)")
_DASH = re.compile(r"[—–―‒]|-{2,3}|&(?:mdash|ndash|#8212|#8211);")
_EMPTY_LINE = re.compile(r"\n[^\S\n]{0,80}\n")
_MARKDOWN_LINK = re.compile(r"\s{0,4}\[")
_MARKDOWN_TARGET = re.compile(r"\s{0,4}\]\((https?://[^\s()<>]{1,400})\)")


@dataclass(frozen=True)
class Attribution:
    """Who and when, as printed below a post, and its span, from the dash on."""

    start: int
    end: int
    author: str
    handle: str
    date: DateMatch | None
    #: The address that the date is linked to, where the link survived.
    target: str | None


def find_attributions(text: str, *, today: date) -> Iterator[Attribution]:
    """Yield the attributions in a text in their order; they do not overlap.

    >>> from datetime import date
    >>> found, = find_attributions("Open! — Jo Doe (@jodoe) May 2, 2019", today=date(2026, 1, 1))
    >>> found.author, found.handle, found.date.date.isoformat()
    ('Jo Doe', 'jodoe', '2019-05-02')
    """
    floor = 0
    for handle in _HANDLE.finditer(text):
        name = _name(text, max(floor, handle.start() - LONGEST_NAME), handle.start())
        if name is None:
            continue
        start, author = name
        date, end, target = _date(text, handle.end(), today)
        if date is None and not _ends_paragraph(text, handle.end()):
            continue
        yield Attribution(start, end, author, handle[1].replace("\\", ""), date, target)
        floor = end


def _name(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where the dash before a handle stands and the name between them, within one paragraph."""
    for empty in _EMPTY_LINE.finditer(text, start, end):
        start = empty.end()
    dashes = list(_DASH.finditer(text, start, end))
    if not dashes:
        return None
    dash = dashes[-1]
    author = " ".join(text[dash.end() : end].split())
    return (dash.start(), author) if author else None


def _date(text: str, position: int, today: date) -> tuple[DateMatch | None, int, str | None]:
    """Return the date after a handle, where the attribution ends, and the address the date is linked to."""
    link = _MARKDOWN_LINK.match(text, position)
    found = find_date(text, link.end() if link else position, today=today)
    if found is None:
        return None, position, None
    target = _MARKDOWN_TARGET.match(text, found.end) if link else None
    return found, target.end() if target else found.end, target[1] if target else None


def _ends_paragraph(text: str, position: int) -> bool:
    rest = text[position : position + 80]
    return not rest.strip() or _EMPTY_LINE.match(rest.lstrip(" \t")) is not None
