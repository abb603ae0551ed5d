"""The lines of a text, and the runs of them that can be a note."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.judge import LONGEST
from resolver.detect.consent.reading import WORD
from resolver.detect.consent.regions import AFTER_PIECE, BEFORE_PIECE
from resolver.detect.consent.runs import BETWEEN_LINES, MOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.detect.consent.meanings import Meanings

_EITHER_SIDE: Final = BEFORE_PIECE + AFTER_PIECE


class Run(NamedTuple):
    """Lines that follow one another: the number of the first, that of the one behind the last, and what they say."""

    first: int
    stop: int
    united: int


class Lines:
    r"""The lines of a text in which anything is written; what each says is looked up once.

    >>> from resolver.detect.consent.meanings import Meanings
    >>> lines = Lines("one\n\n- two\nthree", Meanings({}))
    >>> lines.written, [[run[:2] for run in runs] for runs in lines.runs(8, 8)]
    (['one', 'two', 'three'], [[(0, 2), (0, 3)], [(1, 2), (1, 3)]])
    """

    def __init__(self, folded: str, meanings: Meanings) -> None:
        self._meanings = meanings
        #: What is written in each, without marks around it.
        self.written: list[str] = []
        #: Where each begins, and where that does which is written in it.
        self._begins: list[int] = []
        self._starts: list[int] = []
        start = 0
        for line in folded.split("\n"):
            if line.strip(BETWEEN_LINES):
                self._begins.append(start)
                without = line.lstrip(_EITHER_SIDE)
                self._starts.append(start + len(line) - len(without))
                self.written.append(without.rstrip(_EITHER_SIDE))
            start += len(line) + 1
        self._said: list[int | None] = [None] * len(self.written)
        self._words: list[list[str] | None] = [None] * len(self.written)

    def said(self, number: int) -> int:
        """Return what the words of a line can mean."""
        said = self._said[number]
        if said is None:
            said = self._said[number] = self._meanings.of(self.written[number].split())
        return said

    def words(self, run: Run) -> list[str]:
        """Return the words of a run."""
        return list(chain.from_iterable(map(self._words_of, range(run.first, run.stop))))

    def _words_of(self, number: int) -> list[str]:
        words = self._words[number]
        if words is None:
            words = self._words[number] = WORD.findall(self.written[number])
        return words

    def runs(self, first: int, last: int) -> Iterator[list[Run]]:
        """Yield the runs that can be a note by their length, and have a line from one place to another in them.

        Those that begin with the same line are yielded together, the longest last.
        """
        top, bottom = (max(0, bisect_right(self._begins, place) - 1) for place in (first, last))
        for start in range(max(0, top - MOST + 1), min(bottom + 1, len(self.written))):
            united = 0
            runs: list[Run] = []
            for number in range(start, min(start + MOST, len(self.written))):
                if self._starts[number] + len(self.written[number]) - self._starts[start] > LONGEST:
                    break
                united |= self.said(number)
                if number >= top:
                    runs.append(Run(start, number + 1, united))
            if runs:
                yield runs
