"""Tweets of which only the flattened text is left."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from resolver.dates import parse_date
from resolver.detect.attribution import find_attributions
from resolver.detect.found import Found
from resolver.models import Link, Role
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from resolver.detect.attribution import Attribution

# How sure a rule is of what it finds: the share of its finds in labelled cases that were right, rounded down.
_ATTRIBUTION, _UNDATED, _UNDASHED = (
    "twitter.attribution",
    "twitter.attribution_undated",
    "twitter.attribution_undashed",
)
_CONFIDENCE = {_ATTRIBUTION: 0.99, _UNDATED: 0.7, _UNDASHED: 0.8}
#: What is left of it, at the least, where the beginning of the post's text is a guess.
_GUESSED = 0.9

# What only posts have in their text: without a date, or without a dash, one of these must stand before the name.
_OF_POSTS = pattern(r"https?://t\.co/|\bpic\.(?:twitter|x)\.com/|(?<![\w/&(])(?:[#＃][^\W\d_]|[@＠]\w)")
_EVIDENCE_WITHIN = 400
# What ends a post's words, so that a name may follow it on the line.
_ENDS_WORDS = pattern(
    r"(?:(?:https?://t\.co/|\bpic\.(?:twitter|x)\.com/)[A-Za-z0-9]{10}|[#＃]\w{1,80}(?=\s))\s{0,4}\Z"
)
_LIST_ITEM = pattern(r"\s{0,8}[-*•+]\s")


def find_leftovers(text: str, ends: Sequence[int], *, today: date) -> Iterator[Found]:
    """Yield the flattened tweets in a text in their order; they do not overlap.

    *ends* are the places (sorted) where notes or other embeds end: a post's text begins there, or after.
    """
    floor, bounded = 0, False
    for attribution in find_attributions(text, today=today):
        ended = bisect_right(ends, attribution.start)
        if ended and ends[ended - 1] >= floor:
            floor, bounded = ends[ended - 1], True
        rule = _rule(text, floor, attribution, bounded=bounded, today=today)
        if rule is None:
            continue
        yield _found(text, floor, attribution, rule, bounded=bounded)
        floor, bounded = attribution.end, True


def _found(text: str, floor: int, attribution: Attribution, rule: str, *, bounded: bool) -> Found:
    # Its patterns take longer to compile than most texts to scan.
    from resolver.detect.text_start import Region, text_start

    text_end = floor + len(text[floor : attribution.start].rstrip(" \t\n\r>\u00a0\u200e\u200f"))
    printed = attribution.date
    region = Region(
        text=text,
        floor=floor,
        end=text_end,
        attributed=attribution.start,
        after=attribution.end,
        bounded=bounded,
        posted=printed.date if printed else None,
    )
    beginning = text_start(region)
    post = attribution.post
    return Found(
        platform="twitter",
        rule=rule,
        confidence=round(_CONFIDENCE[rule] * (_GUESSED + (1 - _GUESSED) * beginning.likelihood), 4),
        start=min(beginning.start, attribution.start) if beginning.start < text_end else attribution.start,
        end=attribution.end,
        text_start=beginning.start,
        text_end=text_end,
        author=attribution.author,
        handle=attribution.handle,
        posted=printed.date if printed else None,
        posted_text=printed.text if printed else None,
        post=post,
        links=(Link(url=post.url, written=post.url, role=Role.POST),) if post else (),
    )


def _rule(text: str, floor: int, attribution: Attribution, *, bounded: bool, today: date) -> str | None:
    """Return the rule by which something is the attribution of a post; ``None`` where it is a byline or the like."""
    if attribution.post is not None:
        return _ATTRIBUTION if attribution.dash else _UNDASHED
    near = max(0, attribution.start - _EVIDENCE_WITHIN)
    line_start = max(near, text.rfind("\n", near, attribution.start) + 1)
    begins_line = not text[line_start : attribution.start].strip(" \t>\u00a0")
    evidence = bool(
        _OF_POSTS.search(text, max(floor, near), attribution.start)
        or (bounded and not text[floor : attribution.start].strip())
    )
    if not evidence and (
        attribution.handle.isdecimal() or _dated(text[line_start : attribution.start], today)
    ):
        return None
    if not attribution.dash:
        written = attribution.date is not None and not attribution.date.text[:4].isdecimal()
        apart = begins_line or _ENDS_WORDS.search(text, line_start, attribution.start) is not None
        return _UNDASHED if written and apart and evidence else None
    if attribution.dash == "-" and begins_line and _in_list(text, line_start):
        return None
    if attribution.date is not None:
        return _ATTRIBUTION
    return _UNDATED if evidence else None


def _dated(before: str, today: date) -> bool:
    """Whether nothing but a date stands before the dash, as in a programme of events."""
    return 6 < len(before) < 40 and parse_date(before, today=today) is not None


def _in_list(text: str, line_start: int) -> bool:
    """Whether the line before is an item of a list too, so that a hyphen is the list's and no dash."""
    above = text[max(0, line_start - 400) : line_start].rstrip()
    return not above or _LIST_ITEM.match(above[above.rfind("\n") + 1 :]) is not None
