"""Posts of which only the flattened text is left."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resolver.detect.attribution import find_attributions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from resolver.detect.attribution import Attribution

_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]{0,80}\n\s{0,80}")


@dataclass(frozen=True)
class Leftover:
    """A flattened post: where its text begins and ends, and the attribution that follows it."""

    start: int
    text_end: int
    attribution: Attribution


def find_leftovers(text: str, ends: Sequence[int], *, today: date) -> Iterator[Leftover]:
    """Yield the flattened posts in a text in their order; they do not overlap.

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
        yield Leftover(start if start < text_end else attribution.start, text_end, attribution)
        floor = attribution.end


def _start(text: str, floor: int, end: int) -> int:
    """Return where the paragraph begins that ends at *end*, not before *floor*."""
    start = floor
    for paragraph in _PARAGRAPH_BREAK.finditer(text, floor, end):
        start = paragraph.end()
    return end - len(text[start:end].lstrip())
