"""Damaged rests of posts: an address alone on its line, or the links that only posts end with.

Content systems embed what a line's only address leads to, and extractors leave that address. Links of t.co and
pic.twitter.com are made by the platform for the text of a post, so that a paragraph that ends with one is most
likely a post that has lost its attribution.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from resolver.detect.found import Found
from resolver.models import Link, Role
from resolver.patterns import pattern
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ADDRESS_LINE = pattern(
    r"^[^\S\n]{0,40}(?:>[^\S\n]?)?(https?://[^\s<>()\[\]]{8,400})[^\S\n]{0,40}$", re.MULTILINE
)
_LAST_LINK = pattern(
    r"(?:https?://t\.co/[A-Za-z0-9]{10}|\bpic\.(?:twitter|x)\.com/[A-Za-z0-9]{10})(?![\w…])[^\S\n]{0,8}(?=\n|\Z)"
)

# An item of the list of addresses that some extractors put at the end of a page.
_NUMBERED = pattern(r"\s{0,8}\[?[0-9]{1,4}[.\])]{1,2}\s{1,4}")

#: How sure these are: an address alone was put there to be embedded; the other two have lost who and when.
_CONFIDENCE = {"bare_url": 0.8, "media_link": 0.4, "short_link": 0.3}


def find_rests(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield the damaged rests in a text that stand outside the spans *taken* (sorted, not overlapping), in any order.

    >>> found, = find_rests("News.\\n\\nhttps://twitter.com/jodoe/status/1123938128600682496\\n\\nMore.", [])
    >>> found.rule, found.handle
    ('twitter.bare_url', 'jodoe')
    """
    if "://" in text:
        yield from _bare_addresses(text, taken)
    if "t.co/" in text or "pic." in text:
        yield from _ends_of_posts(text, taken)


def _bare_addresses(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    for line in _ADDRESS_LINE.finditer(text):
        start, end = line.span(1)
        post = post_of(line[1])
        if post is None or _overlaps(taken, start, end):
            continue
        yield Found(
            platform=post.platform,
            rule=f"{post.platform}.bare_url",
            confidence=_CONFIDENCE["bare_url"],
            start=start,
            end=end,
            text_start=end,
            text_end=end,
            handle=post.handle,
            post=post,
            links=(Link(url=line[1], written=line[1], role=Role.POST),),
        )


def _ends_of_posts(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    from resolver.detect.text_start import Region, text_start

    floor = 0
    for link in _LAST_LINK.finditer(text):
        end = link.end() - (len(link[0]) - len(link[0].rstrip()))
        ended = _ended(taken, end)
        before = max(floor, ended)
        line = text.rfind("\n", 0, link.start()) + 1
        if _overlaps(taken, link.start(), end) or _NUMBERED.fullmatch(text, line, link.start()):
            continue
        region = Region(text, before, end, end, end, bounded=ended == before, posted=None)
        start = text_start(region).start
        rule = "media_link" if link[0].startswith("pic.") else "short_link"
        yield Found(
            platform="twitter",
            rule=f"twitter.{rule}",
            confidence=_CONFIDENCE[rule],
            start=start,
            end=end,
            text_start=start,
            text_end=end,
        )
        floor = end


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(taken, (end, 0))
    return place > 0 and taken[place - 1][1] > start


def _ended(taken: Sequence[tuple[int, int]], end: int) -> int:
    """Return where the last of the spans ends that end before *end*, 0 where none does."""
    place = bisect_right(taken, (end, 0))
    return taken[place - 1][1] if place else 0
