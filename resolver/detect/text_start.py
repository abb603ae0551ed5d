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
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from resolver.detect.evidence import Place, evidence, text_weight
from resolver.detect.units import BULLET, Joint, units

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
    if certain:
        return Beginning(_without_bullet(pieces[first]), likelihood=1)
    scores = {number: _score(evidence(pieces, number, place)) for number in range(first, len(pieces))}
    best = max(scores, key=lambda number: scores[number])
    likelihood = 1 / sum(math.exp(score - scores[best]) for score in scores.values())
    return Beginning(
        _without_bullet(pieces[best]), likelihood=1 if likelihood >= _CERTAIN else round(likelihood, 2)
    )


def candidates(region: Region) -> Candidates:
    """Return the pieces at which the post may begin, and what surrounds them."""
    start = max(region.floor, region.end - LONGEST_TEXT)
    pieces = units(region.text, start, region.end)
    budget = _budget(region.posted)
    apart = _set_apart(pieces, region)
    block = pieces[apart:] if apart is not None else []
    whole = bool(block) and (block[-1].quoted or not _holds_items(block))
    certain = whole and _weight_of(block) <= 2 * budget
    place = Place(
        tail_breaks=region.text.count("\n", region.end, region.attributed),
        after_breaks=_breaks_at(region.text, region.after),
        spaced=any(piece.breaks > 1 for piece in pieces[1:]),
        budget=budget,
        bounded=region.bounded and start == region.floor,
        width=_width(pieces),
    )
    first = apart or 0
    return Candidates(pieces, first if certain else _within(pieces, first, budget), place, certain)


def _budget(posted: date | None) -> int:
    return (_LONG_POST if posted is None or posted >= _FIRST_LONG else _SHORT_POST) + _SLACK


def _weight_of(pieces: Sequence[Unit]) -> int:
    return sum(text_weight(piece.text) for piece in pieces)


def _within(pieces: Sequence[Unit], first: int, budget: int) -> int:
    """Return from which piece on, not before *first*, a post can hold all; it can always hold the last."""
    left, number = budget, len(pieces)
    while number > max(first, len(pieces) - MOST_PIECES):
        left -= text_weight(pieces[number - 1].text) + 1
        if left < 0 and number < len(pieces):
            break
        number -= 1
    return number


def _width(pieces: Sequence[Unit]) -> int:
    """Return the columns that lines are broken at, 0 where the longest is longer than lines are broken at."""
    longest = max((piece.column for piece in pieces), default=0)
    return longest if _NARROWEST <= longest <= _WIDEST else 0


def _breaks_at(text: str, place: int) -> int:
    rest = text[place : place + 80]
    blank = rest[: len(rest) - len(rest.lstrip(" ,.\t\r\n\u00a0>"))]
    return blank.count("\n") if len(blank) < len(rest) else 0


def _set_apart(pieces: Sequence[Unit], region: Region) -> int | None:
    """Return the first piece of the block that quote marks or indentation set apart; ``None`` where nothing does."""
    if not pieces:
        return None
    last = pieces[-1]
    if last.quoted:
        return _first_of_block(pieces, lambda piece: piece.quoted)
    if last.indent < _outer(region) + 2:
        return None
    first = _first_of_block(pieces, lambda piece: piece.indent >= last.indent)
    items = (number for number in range(len(pieces) - 1, first, -1) if BULLET.match(pieces[number].text))
    return next(items, first)


def _outer(region: Region) -> int:
    """Return the smallest indentation of the lines around."""
    start = max(0, region.end - AROUND)
    # The first line may be cut off.
    around = region.text[start : region.after + AROUND].split("\n")[1 if start else 0 :]
    return min((len(line) - len(line.lstrip(" ")) for line in around if line.strip()), default=0)


def _first_of_block(pieces: Sequence[Unit], belongs: Callable[[Unit], bool]) -> int:
    first = len(pieces)
    while first > 0 and belongs(pieces[first - 1]):
        first -= 1
    while first < len(pieces) - 1 and pieces[first].joint is not Joint.LINE:
        first += 1
    return first


def _holds_items(block: Sequence[Unit]) -> bool:
    return any(BULLET.match(piece.text) or piece.indent != block[-1].indent for piece in block)


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
