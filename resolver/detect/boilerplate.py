"""Posts of which the platform's own wording is left: "View this post on Instagram", "A post shared by ..."."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.dates import find_date
from resolver.detect.found import Found
from resolver.detect.places import places
from resolver.detect.signatures import find_signatures
from resolver.rules.boilerplate import LINES, VIEW_POST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.dates import DateMatch
    from resolver.rules.boilerplate import Line

#: The longest caption between the line above a post and the one below it, in characters: Instagram allows 2200.
_LONGEST_CAPTION: Final = 3000
_CONFIDENCE: Final = {"instagram.shared_by": 0.95, "facebook.posted_by": 0.8, "instagram.view_post": 0.75}
_SLOTS: Final = {"name": r"(?P<name>[^\n()@]{1,80}?)", "handle": r"(?P<handle>[A-Za-z0-9_.]{1,30})"}
_BLANK: Final = r"[^\S\n]{1,3}"
_LINE_END = re.compile(r"[^\S\n]{0,8}(?:\n|\Z)")
#: How far around its ``(@`` a line reaches that prints a handle, in characters: name, handle, its own words with up
#: to three spaces for one.
_BEFORE_HANDLE: Final = 80 + 3 * max(len(line.text) for line in LINES)
_AFTER_HANDLE: Final = len("(@)") + 30 + 3 * max(len(line.text) for line in LINES)
#: What all wordings of the line above have in common, whatever their language.
_IN_EVERY_VIEW: Final = "Instagram"
_SLOT = re.compile(r"\{(name|handle)\}")


def find_boilerplate(text: str, *, today: date, worded: bool = True) -> Iterator[Found]:
    """Yield the posts that platforms' own wording tells of, in their order; they do not overlap.

    The post's words are those between the line above it and the one below it, where both are there. *today*
    bounds which printed dates are possible. Without *worded*, none of the wordings is looked for, where it is
    known that the text has none. Raises nothing.

    >>> from datetime import date
    >>> found, = find_boilerplate("A post shared by Jo (@jo.doe) on May 2, 2019", today=date(2026, 1, 1))
    >>> found.platform, found.author, found.handle, found.posted.isoformat()
    ('instagram', 'Jo', 'jo.doe', '2019-05-02')
    """
    printed = _lines(text, today) if worded else ()
    lines = list(_apart([*printed, *find_signatures(text, today=today, worded=worded)]))
    captions = _with_captions(text, lines) if worded else ()
    yield from _apart([*captions, *lines])


def may_be_printed(before: str, behind: str) -> bool:
    """Return whether a wording may be a platform's by what stands *behind* it; *before* ends with it.

    Some lines only a date tells from anyone's.

    >>> [may_be_printed("Posted  by", f" Jo on {day}") for day in ("May 2, 2019", "tour")]
    [True, False]
    """
    words = " ".join(before.split())
    rows = [row for row in _patterns() if row.is_anyones and words.endswith(row.anchor)]
    return not rows or any(row.is_dated(behind) for row in rows)


def _apart(found: list[Found]) -> Iterator[Found]:
    floor = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= floor:
            yield one
            floor = one.end


def _lines(text: str, today: date) -> Iterator[Found]:
    around = "\n".join(text[max(0, at - _BEFORE_HANDLE) : at + _AFTER_HANDLE] for at in places(text, "(@"))
    for row in _patterns():
        near = text if row.is_anyones else around
        if row.word not in near or row.anchor not in text:
            continue
        for match in row.pattern.finditer(text):
            found = _line(text, row.line, match, row.before_date, today)
            if found is not None:
                yield found


def _line(
    text: str, line: Line, match: re.Match[str], before_date: re.Pattern[str], today: date
) -> Found | None:
    printed, end = _date(text, match.end(), before_date, today)
    named = match.groupdict()
    # Without a handle, only a date tells the platform's line from anyone's.
    if "handle" not in named and printed is None:
        return None
    return Found(
        platform=line.rule.partition(".")[0],
        rule=line.rule,
        confidence=_CONFIDENCE[line.rule],
        start=match.start(),
        end=end,
        text_start=match.start(),
        text_end=match.start(),
        author=named["name"].strip() or None,
        handle=named.get("handle"),
        posted=printed.date if printed else None,
        posted_text=printed.text if printed else None,
    )


def _date(
    text: str, position: int, before_date: re.Pattern[str], today: date
) -> tuple[DateMatch | None, int]:
    """Return the date after a line and where both end; without a date, the word before it ends its line."""
    before = before_date.match(text, position)
    if before is None:
        return None, position
    printed = find_date(text, before.end(), today=today)
    if printed is not None:
        return printed, printed.end_with_time
    return None, before.end() if _LINE_END.match(text, before.end()) else position


def _with_captions(text: str, lines: list[Found]) -> Iterator[Found]:
    """Yield the posts that begin with the line above them, with the line below where it follows."""
    wordings = [wording for wording in VIEW_POST if wording in text] if _IN_EVERY_VIEW in text else []
    views = [match for wording in wordings for match in _view(wording).finditer(text)]
    views.sort(key=lambda view: view.start())
    for number, view in enumerate(views):
        until = views[number + 1].start() if number + 1 < len(views) else len(text)
        until = min(until, view.end() + _LONGEST_CAPTION)
        below = next((line for line in lines if view.end() <= line.start < until), None)
        if below is None or below.platform != "instagram":
            yield _of_instagram(view.start(), view.end(), view.end(), view.end(), None)
            continue
        caption = text[view.end() : below.start]
        start = view.end() + len(caption) - len(caption.lstrip(" \t\n.:"))
        yield _of_instagram(
            view.start(), below.end, start, max(start, view.end() + len(caption.rstrip())), below
        )


def _of_instagram(start: int, end: int, text_start: int, text_end: int, below: Found | None) -> Found:
    rule = below.rule if below else "instagram.view_post"
    return Found(
        platform="instagram",
        rule=rule,
        confidence=_CONFIDENCE[rule],
        start=start,
        end=end,
        text_start=text_start,
        text_end=text_end,
        author=below.author if below else None,
        handle=below.handle if below else None,
        posted=below.posted if below else None,
        posted_text=below.posted_text if below else None,
    )


class _Row(NamedTuple):
    """A line with what is searched for it: a literal part, of that the longest word, and then its pattern."""

    line: Line
    anchor: str
    word: str
    pattern: re.Pattern[str]
    #: What of the pattern stands behind the anchor.
    rest: re.Pattern[str]
    before_date: re.Pattern[str]

    @property
    def is_anyones(self) -> bool:
        """Whether only a date tells it from the line of another site."""
        return "{handle}" not in self.line.text

    def is_dated(self, behind: str) -> bool:
        """Return whether the rest of the line stands there, behind its anchor, and a date."""
        rest = self.rest.match(behind)
        return rest is not None and _date(behind, rest.end(), self.before_date, date.max)[0] is not None


@cache
def _patterns() -> tuple[_Row, ...]:
    rows = []
    for line in LINES:
        parts = _SLOT.split(line.text)
        source = "".join(_SLOTS[part] if number % 2 else _literal(part) for number, part in enumerate(parts))
        before_date = rf"{_BLANK}{_literal(line.before_date)}" if line.before_date else _BLANK
        if line.text.endswith("{name}"):
            source += rf"(?={before_date}{_BLANK})"
        anchor = max((literal.strip(" (@)") for literal in parts[::2]), key=len)
        never = "(?!)" if line.before_date is None else before_date
        word = max(anchor.split(), key=len)
        rest = source.partition(_literal(anchor))[2]
        rows.append(_Row(line, anchor, word, *map(re.compile, (source, rest, never))))
    return tuple(rows)


def _literal(part: str) -> str:
    return re.escape(part).replace(r"\ ", _BLANK)


@cache
def _view(wording: str) -> re.Pattern[str]:
    return re.compile(re.escape(wording).replace(r"\ ", r"\s{1,3}"))
