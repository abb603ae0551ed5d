"""Where the text of a flattened post begins: the one thing that flattening leaves no mark for.

What sets the post apart is taken first: quote marks, indentation, the bullet of a list. Within that, each line and
sentence at which the post could begin is weighed by what is to be seen there (:mod:`resolver.detect.evidence`), with
weights that were measured on labelled cases, and the likeliest is taken. How likely it is, is said too.
"""

from __future__ import annotations

import json
import math
from datetime import date
from functools import cache
from itertools import islice, pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from resolver.detect.again import Again
from resolver.detect.evidence import Place, evidence
from resolver.detect.letters import text_weight
from resolver.detect.units import BULLET, lines_from_end, sentences
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from resolver.detect.units import Unit

#: How far back a post's text is looked for, in characters: what the longest posts hold with the addresses of their
#: links written out.
LONGEST_TEXT = 6_000
#: How far around it the indentation of the article is looked for.
AROUND = 3_000
#: Among how many pieces at the most the beginning is looked for.
MOST_PIECES = 40

# https://blog.x.com/official/en_us/topics/product/2017/tweetingmadeeasier.html: 280 from 7 November 2017, on trial
# since 26 September. Letters of Chinese, Japanese and Korean count twice, every link counts 23.
_FIRST_LONG = date(2017, 9, 26)
_SHORT_POST, _LONG_POST = 140, 280
#: What a post may be longer than the rule allows: names of people that are answered, and links to media, once counted
#: otherwise than today.
_SLACK = 60
#: Between which widths lines are broken, in columns.
_NARROWEST, _WIDEST = 36, 132
#: How much further than the lines around, in columns, a line is indented that is set apart.
_LEAST_INDENT = 2
# Looks that spare reading lines: without these no two have an empty one between them, and no letters take two columns.
_EMPTY_LINE = pattern(r"\n(?:[^\S\n]|>)*\n")
_WIDE = pattern(r"[\u1100-\u1fff\u2065-\U0010ffff]")
#: From this likelihood on a beginning is certain enough.
_CERTAIN = 0.97


class Beginning(NamedTuple):
    """Where a post's text begins, and how likely that is, from 0 to 1."""

    start: int
    likelihood: float


class Region(NamedTuple):
    """The stretch of a text in which a post's text ends, and what stands around it."""

    text: str
    #: Where the stretch begins, and where the post's text ends.
    floor: int
    end: int
    #: Where the attribution begins and ends; equal to *end* where there is none.
    attributed: int
    after: int
    #: Whether something ends at *floor* that stands right before posts: a note, or another post.
    bounded: bool
    #: The printed day, which tells how long a post could be.
    posted: date | None


class Candidates(NamedTuple):
    """The pieces of a region, and at which of them the post may begin."""

    pieces: Sequence[Unit]
    #: The number of the first piece at which it may begin; it may at each one after that, too.
    first: int
    place: Place
    #: Whether it begins there for certain.
    certain: bool


def text_start(region: Region) -> Beginning:
    """Return where the post's text begins. A beginning at the region's end means that there is no text."""
    pieces, first, place, certain = candidates(region)
    if not pieces:
        return Beginning(region.end, likelihood=1)
    if certain or first == len(pieces) - 1:
        return Beginning(_without_bullet(pieces[first]), likelihood=1)
    scores = {number: _score(evidence(pieces, number, place)) for number in range(first, len(pieces))}
    best = max(scores, key=lambda number: scores[number])
    likelihood = 1 / sum(math.exp(score - scores[best]) for score in scores.values())
    return Beginning(
        _without_bullet(pieces[best]), likelihood=1 if likelihood >= _CERTAIN else round(likelihood, 2)
    )


def candidates(region: Region) -> Candidates:
    """Return the pieces at which the post may begin, the one before them, and what surrounds them."""
    start = max(region.floor, region.end - LONGEST_TEXT)
    lines = Again(lines_from_end(region.text, start, region.end))
    pieces = Again(piece for line in lines for piece in reversed(list(sentences(line))))
    budget = _budget(region.posted)
    apart = _set_apart(pieces, region)
    certain = apart is not None and _is_whole(list(islice(pieces, apart)), budget)
    count = apart if apart is not None and certain else _within(pieces, apart or MOST_PIECES, budget)
    near = list(islice(pieces, count + 1))[::-1]
    # How wide and how far apart lines are tells something of those only that follow upon others.
    follows = any(piece.breaks == 1 for piece in near[1:])
    place = Place(
        tail_breaks=region.text.count("\n", region.end, region.attributed),
        after_breaks=_breaks_at(region.text, region.after),
        spaced=follows and _is_spaced(lines, region.text, start, region.end),
        budget=budget,
        bounded=region.bounded and start == region.floor,
        width=_width(lines, region.text[start : region.end]) if follows else 0,
    )
    return Candidates(near, len(near) - count, place, certain)


def _budget(posted: date | None) -> int:
    return (_LONG_POST if posted is None or posted >= _FIRST_LONG else _SHORT_POST) + _SLACK


def _is_whole(block: Sequence[Unit], budget: int) -> bool:
    """Return whether a block that is set apart, from its end on, can be one post."""
    return (block[0].quoted or not _holds_items(block)) and sum(
        text_weight(piece.text) for piece in block
    ) <= 2 * budget


def _within(pieces: Iterable[Unit], most: int, budget: int) -> int:
    """Return how many of the last pieces a post can hold, *most* or fewer; it can always hold the last."""
    left, count = budget, 0
    for piece in islice(pieces, min(most, MOST_PIECES)):
        left -= text_weight(piece.text) + 1
        if left < 0 and count:
            break
        count += 1
    return count


def _is_spaced(lines: Iterable[Unit], text: str, start: int, end: int) -> bool:
    """Return whether empty lines stand between lines; what stands before the first one does not count."""
    if _EMPTY_LINE.search(text, start, end) is None:
        return False
    return any(line.breaks > 1 for line, _ in pairwise(lines))


def _width(lines: Iterable[Unit], text: str) -> int:
    """Return the columns that lines are broken at, 0 where the longest is longer than lines are broken at."""
    written = text.split("\n")
    number, longest = max(enumerate(map(str.rstrip, written)), key=lambda line: len(line[1]))
    width = len(longest)
    is_line = longest.replace(">", "").strip() and not _may_go_on(written[number], *written[number + 1 :][:1])
    if not is_line or (width <= _WIDEST and not text.isascii() and _WIDE.search(text)):
        width = max((line.column for line in lines), default=0)
    return width if _NARROWEST <= width <= _WIDEST else 0


def _may_go_on(line: str, following: str = "") -> bool:
    """Return whether a line may be part of a longer one, with a single space on one side of the line break."""
    return _is_single_space(line[:-3:-1]) or _is_single_space(following[:2])


def _is_single_space(two: str) -> bool:
    return two[:1] in {" ", "\u00a0"} and not two[1:].isspace()


def _breaks_at(text: str, place: int) -> int:
    rest = text[place : place + 80]
    blank = rest[: len(rest) - len(rest.lstrip(" ,.\t\r\n\u00a0>"))]
    return blank.count("\n") if len(blank) < len(rest) else 0


def _set_apart(pieces: Iterable[Unit], region: Region) -> int | None:
    """Return how many of the last pieces quote marks or indentation set apart; ``None`` where nothing does."""
    last = next(iter(pieces), None)
    if last is None:
        return None
    if last.quoted:
        return _count(takewhile(lambda piece: piece.quoted, pieces))
    # The last of the conditions reads the lines around.
    if last.indent < _LEAST_INDENT or last.indent < _outer(region) + _LEAST_INDENT:
        return None
    block = _count(takewhile(lambda piece: piece.indent >= last.indent, pieces))
    items = (number for number, piece in enumerate(islice(pieces, block), 1) if BULLET.match(piece.text))
    return next(items, block)


def _count(pieces: Iterable[Unit]) -> int:
    return sum(1 for _ in pieces)


def _outer(region: Region) -> int:
    """Return the smallest indentation of the lines around."""
    start = max(0, region.end - AROUND)
    # The first line may be cut off.
    around = region.text[start : region.after + AROUND].split("\n")[1 if start else 0 :]
    return min((len(line) - len(line.lstrip(" ")) for line in around if line.strip()), default=0)


def _holds_items(block: Sequence[Unit]) -> bool:
    return any(BULLET.match(piece.text) or piece.indent != block[0].indent for piece in block)


def _without_bullet(piece: Unit) -> int:
    bullet = BULLET.match(piece.text)
    return piece.start + (bullet.end() if bullet else 0)


def _score(found: Mapping[str, float]) -> float:
    weights = _weights()
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


@cache
def _weights() -> Mapping[str, float]:
    file = Path(__file__).parents[1] / "rules" / "text_start.json"
    return dict(json.loads(file.read_text(encoding="utf-8"))["weights"])
