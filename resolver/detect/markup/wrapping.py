"""Embeds together with the elements and comments that content systems put around them."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, insort
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from resolver.detect.markup.placed import Placed, apart
from resolver.detect.markup.provided import WRAPPED, named
from resolver.detect.markup.reading import Reading
from resolver.detect.markup.tags import Ends, start_tags
from resolver.models import Link, Role
from resolver.platforms import post_of
from resolver.platforms.wrappers import COMMENTS, WRAPPERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resolver.detect.markup.tags import StartTag
    from resolver.models import Post

#: How deep wrappers are read one within another; real ones are three deep.
DEEPEST = 6

#: The longest wrapper that may hold nothing but an address, in characters.
LONGEST_BARE = 4_000

#: How sure it is that a wrapper with an address and no embed in it stands for an embed.
CONFIDENCE = 0.97


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    may_be_bare: bool


def with_wrappers(source: str, found: Iterable[Placed]) -> Iterator[Placed]:
    """Yield what was found, each with the outermost wrapper around it that shows no other post.

    A wrapper without an embed yields the post whose address it holds.
    """
    spans = sorted(
        _not_too_deep((*_elements(source), *_comments(source))), key=lambda span: span.end - span.start
    )
    placed = sorted(found, key=_start)
    for span in spans:
        first = bisect_left(placed, span.start, key=_start)
        if not span.may_be_bare:
            continue
        if first == len(placed) or placed[first].start >= span.end:
            reading = _bare(source, span)
            if reading is not None:
                insort(placed, Placed(span.start, span.end, reading), key=_start)
    yield from _widened(placed, spans)


def _start(placed: Placed) -> int:
    return placed.start


def _widened(placed: list[Placed], spans: Iterable[_Span]) -> Iterator[Placed]:
    """Yield what was found with the spans around it, the smaller spans first."""
    starts = [one.start for one in placed]
    groups: dict[int, Placed] = dict(enumerate(placed))
    group_of = list(range(len(placed)))
    for span in spans:
        members = range(bisect_left(starts, span.start), bisect_left(starts, span.end))
        inside = [groups[number] for number in dict.fromkeys(group_of[member] for member in members)]
        if not inside or len({one.reading.shows for one in inside}) > 1 or inside[-1].end > span.end:
            continue
        best = max((one.reading for one in inside), key=lambda reading: reading.richness)
        groups[members[0]] = Placed(min(span.start, inside[0].start), span.end, best)
        for member in members:
            group_of[member] = members[0]
    yield from apart(groups[number] for number in dict.fromkeys(group_of))


def _not_too_deep(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Yield the spans without those that are within too many others, or overlap."""
    within: list[int] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        while within and within[-1] <= span.start:
            within.pop()
        if len(within) < DEEPEST and (not within or span.end <= within[-1]):
            within.append(span.end)
            yield span


def _elements(source: str) -> Iterator[_Span]:
    wanted = [one for one in WRAPPERS if not one.classes or any(name in source for name in one.classes)]
    tags = {one.tag for one in wanted if f"<{one.tag}" in source}
    if not tags:
        return
    ends = Ends(source)
    for tag in start_tags(source, tags):
        claimed = [one for one in wanted if _is(tag, one.tag, one.classes)]
        if claimed:
            yield _Span(tag.start, ends.end(tag), any(one.may_be_bare for one in claimed))


def _is(tag: StartTag, name: str, classes: tuple[str, ...]) -> bool:
    if tag.name != name:
        return False
    return not classes or (any(one in tag.written for one in classes) and not tag.classes.isdisjoint(classes))


def _comments(source: str) -> Iterator[_Span]:
    """Yield the spans from an opening comment to the next closing one of its kind; alone where that is missing."""
    if "<!--" not in source:
        return
    opened: dict[int, tuple[int, int]] = {}
    for match in _comment().finditer(source):
        end = source.find("-->", match.end())
        if end < 0:
            break
        number = (match.lastindex or 1) - 1
        which, closes = divmod(number, 2)
        if not closes:
            opened[which] = match.start(), end + 3
        elif which in opened:
            yield _Span(opened.pop(which)[0], end + 3, COMMENTS[which].may_be_bare)
    yield from (_Span(*span, COMMENTS[which].may_be_bare) for which, span in opened.items())


@cache
def _comment() -> re.Pattern[str]:
    # Two groups for each kind, in its order.
    pairs = [f"({one.begins})|({one.ends})" for one in COMMENTS]
    return re.compile(rf"<!--\s{{0,9}}(?:{'|'.join(pairs)})")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"https?:(?:\\?/){2}[^\s\"'<>]{1,1000}")


def _bare(source: str, span: _Span) -> Reading | None:
    """Return what a wrapper embeds that holds an address only: the one post it names, or what a provider has."""
    if span.end - span.start > LONGEST_BARE:
        return None
    addresses = [
        html.unescape(match[0].replace("\\/", "/"))
        for match in _address().finditer(source, span.start, span.end)
    ]
    named_posts = ((post.platform, post.id, post) for address in addresses if (post := post_of(address)))
    posts = {(platform, post_id): post for platform, post_id, post in named_posts}
    if posts:
        return _reading(next(iter(posts.values()))) if len(posts) == 1 else None
    provided = {address: reading for address in addresses if (reading := named(address, "wrapper", WRAPPED))}
    return next(iter(provided.values())) if len(provided) == 1 else None


def _reading(post: Post) -> Reading:
    return Reading(
        platform=post.platform,
        rule=f"{post.platform}.wrapper",
        confidence=CONFIDENCE,
        post=post,
        links=(Link(url=post.url, written=post.url, role=Role.POST),),
    )
