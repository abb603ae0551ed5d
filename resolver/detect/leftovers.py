"""Tweets of which only the flattened text is left."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from resolver.detect.attribution import find_attributions
from resolver.detect.found import Found
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]{0,80}\n\s{0,80}")

#: How sure a rule is of what it finds: the share of its finds in labelled cases that were right, rounded down.
_CONFIDENCE = {"twitter.attribution": 0.99, "twitter.attribution_undated": 0.7}


def find_leftovers(text: str, ends: Sequence[int], *, today: date) -> Iterator[Found]:
    """Yield the flattened tweets in a text in their order; they do not overlap.

    A post begins with the paragraph that its attribution ends, or later: at the last of *ends* (sorted: where notes
    or other embeds end), or where the post before it ends.
    """
    floor = 0
    for attribution in find_attributions(text, today=today):
        ended = bisect_right(ends, attribution.start)
        if ended:
            floor = max(floor, ends[ended - 1])
        text_end = floor + len(text[floor : attribution.start].rstrip())
        start = _start(text, floor, text_end)
        printed = attribution.date
        rule = "twitter.attribution" if printed else "twitter.attribution_undated"
        yield Found(
            platform="twitter",
            rule=rule,
            confidence=_CONFIDENCE[rule],
            start=start if start < text_end else attribution.start,
            end=attribution.end,
            text_start=start,
            text_end=text_end,
            author=attribution.author,
            handle=attribution.handle,
            posted=printed.date if printed else None,
            posted_text=printed.text if printed else None,
            post=post_of(attribution.target) if attribution.target else None,
        )
        floor = attribution.end


def _start(text: str, floor: int, end: int) -> int:
    """Return where the paragraph begins that ends at *end*, not before *floor*."""
    start = floor
    for paragraph in _PARAGRAPH_BREAK.finditer(text, floor, end):
        start = paragraph.end()
    return end - len(text[start:end].lstrip())
