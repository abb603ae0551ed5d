"""Triggers that stand close together, and the lines around them that a note can have."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.runs import BETWEEN_LINES, MOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.detect.consent.prefilter import Trigger

#: How far the triggers of one group are apart, in characters: they are looked at together.
_TOGETHER: Final = 160
#: How many lines before and after that of a trigger a run can reach.
_FARTHEST: Final = MOST - 1
#: How far a known phrase reaches from a trigger in it, in characters.
_LONGEST_PHRASE: Final = 300


class Group(NamedTuple):
    """Triggers that stand close together: where the first and the last begin, and all languages that they are of."""

    start: int
    last: int
    languages: int

    def phrase_span(self) -> tuple[int, int]:
        """Return where a known phrase begins at the earliest, and ends at the latest, that holds one of them."""
        return max(0, self.start - _LONGEST_PHRASE), self.last + _LONGEST_PHRASE


class Lines(NamedTuple):
    """The lines that a run can have of which one holds a trigger, and which of them do."""

    written: Sequence[str]
    #: From the first to before the second number.
    middle: tuple[int, int]

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield what lines a run can have that one of the middle ones is among, longer runs last."""
        for count in range(1, min(MOST, len(self.written)) + 1):
            yield from self._of(count)

    def longest_runs(self) -> Iterator[tuple[int, int]]:
        """Yield those of them that are in no other."""
        return self._of(min(MOST, len(self.written)))

    def _of(self, count: int) -> Iterator[tuple[int, int]]:
        first, stop = self.middle
        for start in range(max(0, first - count + 1), min(stop, len(self.written) - count + 1)):
            yield start, start + count


def grouped(triggers: Sequence[Trigger]) -> Iterator[Group]:
    """Yield some triggers, which are in the order of their places, in groups.

    >>> from resolver.detect.consent.prefilter import Trigger
    >>> list(grouped([Trigger(5, 0b10), Trigger(90, 0b100), Trigger(900, 0b10)]))
    [Group(start=5, last=90, languages=6), Group(start=900, last=900, languages=2)]
    """
    start = last = languages = 0
    for at, of in triggers:
        if languages and at - start > _TOGETHER:
            yield Group(start, last, languages)
            languages = 0
        if not languages:
            start = at
        last = at
        languages |= of
    if languages:
        yield Group(start, last, languages)


def lines_around(part: str, first: int, last: int) -> Lines:
    r"""Return the lines around what begins between two places of a part of a text; empty ones are passed over.

    >>> lines_around("1\n2\n3\n\n4\nhere\n5\n|\n6\n7\n8", 10, 12)
    Lines(written=['2', '3', '4', 'here', '5', '6', '7'], middle=(3, 4))
    """
    lines = part.split("\n")
    top, bottom = part.count("\n", 0, first), part.count("\n", 0, last) + 1
    before = list(islice(filter(_is_written, reversed(lines[:top])), _FARTHEST))[::-1]
    middle = list(filter(_is_written, lines[top:bottom]))
    after = list(islice(filter(_is_written, lines[bottom:]), _FARTHEST))
    return Lines(before + middle + after, (len(before), len(before) + len(middle)))


def _is_written(line: str) -> bool:
    """Return whether a line has more than what may stand between two lines of one run."""
    return bool(line.strip(BETWEEN_LINES))
