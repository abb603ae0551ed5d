"""Where in a text a note may stand, and the sentences there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: How far from a trigger a note's sentences are looked for, in characters.
_REACH: Final = 900
# How far the edge of a region moves to the nearest line break.
_TO_LINE: Final = 300
_SENTENCE_END = re.compile(r"[.!?…]{1,3}[\"'”»)\]]{0,2}(?=[^\S\n])|[。！？]|\n")
_SPACE = re.compile(r"\s{0,200}")
_EDGE: Final = 40
#: What stands on a line before a note that is a line of its own, and behind it.
BEFORE_PIECE: Final = ' \t\r*-–—>#|"“„[('
AFTER_PIECE: Final = ' \t\r*|"”“.!?…:;>])»›→。！？'


def find_regions(folded: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """Return the spans around some places (sorted) of a folded text, in their order; they do not overlap."""
    regions: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place - _REACH), min(len(folded), place + _REACH)
        if regions and start <= regions[-1][1]:
            regions[-1] = (regions[-1][0], end)
        else:
            regions.append((start, end))
    return [_to_lines(folded, start, end) for start, end in regions]


def _to_lines(folded: str, start: int, end: int) -> tuple[int, int]:
    before = folded.find("\n", start, start + _TO_LINE) if start else -1
    after = folded.rfind("\n", end - _TO_LINE, end) if end < len(folded) else -1
    return (before + 1 if before >= 0 else start), (after if after >= 0 else end)


def sentences(text: str, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences and lines of a region, without white space around them."""
    begin = start
    for stop in _SENTENCE_END.finditer(folded, start, end):
        if folded[stop.start()] in ".!?…" and not _ends(text, folded, stop.start(), stop.end(), end):
            continue
        yield from _trimmed(folded, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(folded, begin, end)


def _ends(text: str, folded: str, stop: int, after: int, end: int) -> bool:
    """Tell a full stop from the one of an abbreviation (``z.B.``), by what stands around it."""
    space = _SPACE.match(folded, after, end)
    following = text[space.end() : space.end() + 1] if space else ""
    return not following.islower() and folded[stop - 2 : stop - 1] != "."


def _trimmed(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = folded[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(stripped)


def begins_line(folded: str, start: int) -> bool:
    """Return whether nothing but marks stands before *start* on its line."""
    line = folded.rfind("\n", max(0, start - _EDGE), start) + 1
    return (bool(line) or start <= _EDGE) and not folded[line:start].strip(BEFORE_PIECE)


def ends_line(folded: str, end: int, *, allowed: int = 0) -> bool:
    """Return whether nothing but marks, and at most *allowed* characters, stands after *end* on its line."""
    line = folded.find("\n", end, end + _EDGE + allowed)
    if line < 0:
        if len(folded) > end + _EDGE + allowed:
            return False
        line = len(folded)
    return len(folded[end:line].strip(AFTER_PIECE)) <= allowed
