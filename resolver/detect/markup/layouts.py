"""How the elements of the platforms lay out what they print: which part is the post's text, who wrote it, when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from resolver.dates import find_date
from resolver.platforms import post_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from resolver.dates import DateMatch
    from resolver.detect.markup.shown import Shown, ShownLink
    from resolver.models import Post
    from resolver.platforms.rows import Platform

#: The longest name that is believed without a handle behind it. The platforms allow 30 to 64 characters.
LONGEST_NAME: Final = 80

#: How far before its handle a byline may begin, in characters.
LONGEST_BYLINE: Final = 160

# How many characters may stand between a handle and the date or the link behind it.
_NEAR = 60


@dataclass(frozen=True)
class Case:
    """An element under reading."""

    shown: Shown
    platform: Platform
    #: The post that its attributes or its links name, if any does.
    post: Post | None
    today: date


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What an element prints. Offsets are into the text that it shows."""

    body_start: int = 0
    body_end: int = 0
    author: str | None = None
    handle: str | None = None
    date: DateMatch | None = None
    #: Its words are not the post's.
    permalink: ShownLink | None = None


@cache
def _dash() -> re.Pattern[str]:
    # A hyphen is a dash only between spaces; names have hyphens.
    return re.compile(r"[—–―‒]|-{2,3}|(?:(?<=\s)|(?<![\s\S]))-(?=\s)")


@cache
def _handle(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\(\s{{0,2}}[@＠](?P<handle>{pattern})\s{{0,2}}\)")


def permalink(case: Case) -> ShownLink | None:
    """Return the last link to the post; to any post of the platform where it is not known which one it is."""
    for link in reversed(case.shown.links):
        found = post_on(case.platform.name, link.href)
        if found is not None and (case.post is None or found.id == case.post.id):
            return link
    return None


def attribution(case: Case) -> Printed:
    """The text; then a dash, a name, a handle in brackets, and the date as the link to the post.

    Dash, handle, date and the paragraphs around them may be missing.
    """
    link = permalink(case)
    end = len(case.shown.text[: link.start].rstrip()) if link else len(case.shown.text.rstrip())
    paragraph = case.shown.text.rfind("\n\n", 0, end)
    tail_start = paragraph + 2 if paragraph >= 0 else 0
    start, author, handle, handle_end = _who(
        case.shown.text, tail_start, end, case.platform, linked=link is not None
    )
    printed = find_date(case.shown.text, link.start, today=case.today, end=link.end) if link else None
    if printed is None and handle_end is not None:
        printed = find_date(case.shown.text, handle_end, today=case.today)
    return Printed(body_end=start, author=author, handle=handle, date=printed, permalink=link)


def _who(
    text: str, tail_start: int, end: int, platform: Platform, *, linked: bool
) -> tuple[int, str | None, str | None, int | None]:
    """Return where the attribution at the end of a text begins, the name, the handle and where that ends."""
    line_start = max(tail_start, text.rfind("\n", tail_start, end) + 1)
    begins = line_start if _dash().match(text, line_start) else tail_start
    handles = list(_handle(platform.handle).finditer(text, begins, end))
    named = handles[-1] if handles and end - handles[-1].end() <= _NEAR else None
    if named is None and not linked:
        return end, None, None, None
    name_end = named.start() if named else end
    start, author = _name(text, begins, name_end, alone=tail_start > 0, sure=named is not None)
    if author is None and named is None:
        return end, None, None, None
    return start, author, named["handle"] if named else None, named.end() if named else None


def _name(text: str, begins: int, end: int, *, alone: bool, sure: bool) -> tuple[int, str | None]:
    """Return where the name with its dash begins in the last paragraph, and the name.

    *alone*: the paragraph is not the first. *sure*: a handle follows, so that something like a name stands here.
    """
    dashes = list(_dash().finditer(text, begins, end))
    if dashes and alone and dashes[0].start() == begins:
        start, first = begins, dashes[0].end()
    elif dashes:
        start, first = dashes[-1].start(), dashes[-1].end()
    elif alone or (sure and end - begins <= LONGEST_NAME):
        start, first = begins, begins
    else:
        return end, None
    name = " ".join(text[first:end].split())
    if not name or (not sure and len(name) > LONGEST_NAME):
        return (start, None) if sure else (end, None)
    return start, name


def byline(case: Case) -> Printed:
    """The text, then a sentence of the platform: who posted this and when, in the reader's language."""
    text = case.shown.text
    handle = max(text.rfind("(@"), text.rfind("(＠"))
    start = max(0, (handle if handle >= 0 else len(text)) - LONGEST_BYLINE)
    matches = (one.search(text, start, start + 2 * LONGEST_BYLINE) for one in _bylines(case.platform.bylines))
    found = next(filter(None, matches), None)
    if found is None:
        return _unsaid(case)
    groups = found.groupdict()
    printed = find_date(text, found.end(), today=case.today)
    return Printed(
        body_end=found.start(),
        author=" ".join((groups.get("name") or "").split()) or None,
        handle=groups.get("handle"),
        date=printed,
        permalink=permalink(case),
    )


@cache
def _bylines(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _unsaid(case: Case) -> Printed:
    """Return what a byline in an unknown language says: the handle in brackets in the last paragraph."""
    last = case.shown.text.rstrip().rfind("\n\n") + 1
    found = _handle(case.platform.handle).search(case.shown.text, last)
    if found is None:
        return Printed(body_end=len(case.shown.text))
    return Printed(body_end=last, handle=found["handle"])


def linked_author(case: Case) -> Printed:
    """The text, then a paragraph with the person or page as a link, and the date, mostly as the link to the post."""
    end = len(case.shown.text.rstrip())
    tail_start = case.shown.text.rfind("\n\n", 0, end) + 1
    tail_start += case.shown.text[tail_start:end].startswith("\n")
    in_tail = [
        link
        for link in case.shown.links
        if tail_start <= link.start and link.end <= end and link.start < link.end
    ]
    people = [link for link in in_tail if post_on(case.platform.name, link.href) is None]
    link = permalink(case)
    if not people:
        return Printed(body_end=end, permalink=None)
    printed = _first_date(case.shown.text, people[0].end, end, case.today)
    author = " ".join(case.shown.text[people[0].start : people[0].end].split())
    return Printed(body_end=tail_start, author=author or None, date=printed, permalink=link)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"(?<!\S)\S")


def _first_date(text: str, start: int, end: int, today: date) -> DateMatch | None:
    """Return the date after at most a few words, such as the "on" of the reader's language."""
    for word in islice(_word().finditer(text, start, end), 5):
        found = find_date(text, word.start(), today=today, end=end)
        if found is not None:
            return found
    return None


def caption(case: Case) -> Printed:
    """The person as a link, the text, and the music behind a note."""
    first = next((link for link in case.shown.links if _profile(case.platform, link)), None)
    music = case.shown.text.find("♬")
    return Printed(
        body_start=first.end if first and not case.shown.text[: first.start].strip() else 0,
        body_end=music if music >= 0 else len(case.shown.text),
        handle=_profile(case.platform, first) if first else None,
    )


def links_only(case: Case) -> Printed:
    """Nothing but the address of the post, as a link."""
    return Printed(permalink=permalink(case))


def titled(case: Case) -> Printed:
    """The post's title as the link to it, then who posted it where."""
    link = next((link for link in case.shown.links if post_on(case.platform.name, link.href)), None)
    person = next((found for other in case.shown.links if (found := _profile(case.platform, other))), None)
    if link is None:
        return Printed(handle=person)
    return Printed(body_start=link.start, body_end=link.end, handle=person)


def _profile(platform: Platform, link: ShownLink) -> str | None:
    path = re.match(r"https?://[^/?#\s]{1,253}(/[^\s]{0,999})", link.href)
    found = re.match(platform.profile_path, path[1]) if path and platform.profile_path else None
    return found["handle"] if found else None


def whole(case: Case) -> Printed:
    """All that is shown is the post's text, but for the platform's own wording."""
    return Printed(body_end=len(case.shown.text), permalink=permalink(case))


LAYOUTS: Final[Mapping[str, Callable[[Case], Printed]]] = {
    "attribution": attribution,
    "byline": byline,
    "caption": caption,
    "linked_author": linked_author,
    "links_only": links_only,
    "titled": titled,
    "whole": whole,
}
