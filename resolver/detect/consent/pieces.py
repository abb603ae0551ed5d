"""A region of a text in pieces: known phrases, and the sentences between them, each with its reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resolver.detect.consent.reading import read
from resolver.detect.consent.regions import begins_line, ends_line, sentences
from resolver.rules.consent_names import PLATFORM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.detect.consent.known import Match
    from resolver.detect.consent.reading import Reading

#: What alone is no sentence.
MARKS = " \t\n.,:;|\"'“”„«»()[]›→*–—-"
_DIGITS = re.compile(r"\d{1,20}")


class Piece:
    """A sentence, a line, or a known phrase; its span."""

    def __init__(self, text: str, folded: str, start: int, end: int, match: Match | None = None) -> None:
        self.text = text
        self.folded = folded
        self.start = start
        self.end = end
        self.match = match
        self._reading: Reading | None = None
        self._wording: str | None = None

    @property
    def reading(self) -> Reading:
        """What its words can mean."""
        if self._reading is None:
            self._reading = read(self.text[self.start : self.end], self.folded[self.start : self.end])
        return self._reading

    @property
    def wording(self) -> str:
        """What it says without the platform it says it of: what comes twice begins another note."""
        if self._wording is None:
            wording = self.folded[self.start : self.end].strip(MARKS)
            for name in PLATFORM_NAMES:
                if len(name) > 3:
                    wording = wording.replace(name, "")
            self._wording = _DIGITS.sub("", wording)
        return self._wording

    @property
    def begins_line(self) -> bool:
        """Whether nothing stands before it on its line."""
        return begins_line(self.folded, self.start)

    def ends_line(self, *, allowed: int = 0) -> bool:
        """Whether at most *allowed* characters stand after it on its line."""
        return ends_line(self.folded, self.end, allowed=allowed)


def pieces_of(text: str, folded: str, region: tuple[int, int], matches: Sequence[Match]) -> list[Piece]:
    """Return the pieces of a region in their order."""
    pieces = [Piece(text, folded, match.start, match.end, match) for match in matches]
    number = 0
    for start, end in sentences(text, folded, *region):
        while number < len(matches) and matches[number].end <= start:
            number += 1
        pieces += _rest(text, folded, (start, end), matches, number)
    return sorted(pieces, key=lambda piece: piece.start)


def _rest(
    text: str, folded: str, sentence: tuple[int, int], matches: Sequence[Match], number: int
) -> Iterator[Piece]:
    """Yield what of a sentence is no known phrase; *number* is that of the first phrase that may be in it."""
    start, end = sentence
    while number < len(matches) and matches[number].start < end:
        match = matches[number]
        if folded[start : match.start].strip(MARKS):
            yield Piece(text, folded, start, match.start)
        start = max(start, match.end)
        number += 1
    if folded[start:end].strip(MARKS):
        yield Piece(text, folded, start, end)
