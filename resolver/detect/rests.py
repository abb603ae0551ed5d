"""Damaged rests of posts: an address alone on its line, or the links that only posts end with.

Content systems embed what a line's only address leads to, and extractors leave that address. Links of t.co and
pic.twitter.com are made by the platform for the text of a post, so that a paragraph that ends with one is most
likely a post that has lost its attribution.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from resolver.detect.found import Found
from resolver.detect.places import places
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
#: What a media link begins with.
_MEDIA_HOSTS: Final = ("pic.twitter.com/", "pic.x.com/")
#: The most that stands on a line before its address, in characters.
_LONGEST_MARGIN: Final = 40 + len("> ")

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
    yield from _bare_addresses(text, taken)
    yield from _ends_of_posts(text, taken)


def _bare_addresses(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    for line in _address_lines(text):
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


def may_be_rest(line: str) -> bool:
    """Return whether a line is the address of a post and nothing else.

    >>> may_be_rest("> https://twitter.com/jo/status/20 "), may_be_rest("See https://twitter.com/jo/status/20")
    (True, False)
    """
    address = _ADDRESS_LINE.match(line)
    return address is not None and post_of(address[1]) is not None


def _address_lines(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_ADDRESS_LINE``."""
    floor = 0
    for at in places(text, "://"):
        start = _scheme(text, at)
        line = text.rfind("\n", max(0, start - _LONGEST_MARGIN - 1), start) + 1
        match = _ADDRESS_LINE.match(text, line) if at >= floor and start - line <= _LONGEST_MARGIN else None
        if match is not None:
            floor = match.end()
            yield match


def _last_links(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_LAST_LINK``."""
    starts = [_scheme(text, at) for at in places(text, "://t.co/")]
    starts += [at for host in _MEDIA_HOSTS for at in places(text, host)]
    yield from filter(None, (_LAST_LINK.match(text, start) for start in sorted(starts)))


def _scheme(text: str, end: int) -> int:
    """Return where ``https`` or ``http`` would begin that ends at a place."""
    start = max(0, end - len("https"))
    return start if text.startswith("https", start) else max(0, end - len("http"))


def _ends_of_posts(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    links = list(_last_links(text))
    if not links:
        return
    # Its patterns take longer to compile than most texts to scan.
    from resolver.detect.text_start import Region, text_start

    floor = 0
    for link in links:
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
