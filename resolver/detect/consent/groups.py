"""Triggers that stand close together: they are looked at together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.detect.consent.prefilter import Trigger

#: How far the triggers of one group are apart, in characters.
_TOGETHER: Final = 160
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
