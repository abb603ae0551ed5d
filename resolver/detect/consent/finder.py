"""Notes in a text: a few words tell where to look, phrases and meanings tell what stands there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from resolver.detect.consent.folding import fold
from resolver.detect.consent.prefilter import Prefilter, words_near
from resolver.detect.consent.tables import known_index, known_literals
from resolver.rules.consent_triggers import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from resolver.detect.consent.known import KnownPhrases, Match
    from resolver.detect.consent.placeholder import Placeholder
    from resolver.rules.consent_phrases import Phrase


#: What ends a sentence or a line: a phrase with one within is of several.
_ENDS: Final = frozenset(".!?…。！？\n")


class Finder:
    """Finds notes by known phrases, and by what notes say."""

    def __init__(self, prefilter: Prefilter, known: Callable[[], KnownPhrases]) -> None:
        self._prefilter = prefilter
        #: Called when the first trigger is met: most texts have none.
        self._known = known

    @classmethod
    def of(cls, phrases: Sequence[Phrase]) -> Finder:
        """Return a finder that knows these phrases and no others."""
        from resolver.detect.consent.known import KnownPhrases, index_of, literals

        known = KnownPhrases(index_of(phrases))
        return cls(Prefilter(TRIGGERS, literals(phrases, TRIGGERS)), lambda: known)

    def find(self, text: str) -> tuple[Placeholder, ...]:
        """Return the notes in a text in their order; they do not overlap."""
        folded = fold(text)
        places = self._prefilter.places(folded)
        if not places:
            return ()
        # Most texts have no trigger, and need not wait for what looks closer.
        from resolver.detect.consent.pieces import pieces_of
        from resolver.detect.consent.runs import Allowance, notes_of

        allowance = Allowance()
        found: list[Placeholder] = []
        for region, matches in self._regions(text, folded, places):
            found += notes_of(pieces_of(text, folded, region, matches), allowance)
        return tuple(found)

    def may_find(self, text: str, ends: Sequence[int]) -> bool:
        """Return whether a text is worth a closer look, in which triggers end at some places and at no others."""
        folded = fold(text)
        places = self._prefilter.places_of(words_near(folded, ends), folded)
        return any(True for _ in self._regions(text, folded, places))

    def _regions(
        self, text: str, folded: str, places: Sequence[int]
    ) -> Iterator[tuple[tuple[int, int], list[Match]]]:
        """Yield the regions around places that can hold a note, each with the known phrases in it."""
        from resolver.detect.consent.chance import may_hold_note, tokens_of
        from resolver.detect.consent.regions import find_regions

        known = self._known()
        for region in find_regions(folded, places):
            tokens = tokens_of(folded, *region)
            matches = known.matches(folded, *region, set(tokens))
            if any(_tells(match, folded) for match in matches) or may_hold_note(text, folded, region, tokens):
                yield region, matches


def _tells(match: Match, folded: str) -> bool:
    """Return whether a known phrase can make of its region more of a note than its words do."""
    from resolver.rules.consent_phrases import Strength  # which most texts do without

    return match.phrase.strength != Strength.WEAK or not _ENDS.isdisjoint(folded[match.start : match.end - 1])


def find_placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return the notes in a text in their order, by known wordings or by what they say; they do not overlap.

    A wording that comes again begins a new note, so that two notes in a row are two. Raises nothing.

    >>> found, = find_placeholders("Twitter wordt niet geladen omdat je geen toestemming hebt gegeven. Meer nieuws.")
    >>> found.start, found.end, found.language, found.platform, found.rule
    (0, 66, 'nl', 'twitter', 'consent.phrase')
    >>> found, = find_placeholders("This tweet can't be shown: you have not accepted our partner's cookies.")
    >>> found.language, found.platform, found.rule
    ('en', 'twitter', 'consent.general')
    >>> find_placeholders("Klik hier om het aan te passen.")
    ()
    """
    return _finder().find(text)


def may_have_placeholders(text: str, ends: Sequence[int]) -> bool:
    """Return whether :func:`find_placeholders` may find a note in a text: where it is ``False``, there is none.

    *ends* are the places (sorted) where the wordings of ``TRIGGERS`` and of known phrases end in it, all of them.

    >>> may_have_placeholders("Cookies of oats, and a tweet.", [6, 28])
    False
    >>> may_have_placeholders("This tweet was not loaded: you have not accepted cookies.", [10, 52])
    True
    """
    return _finder().may_find(text, ends)


@cache
def _finder() -> Finder:
    return Finder(Prefilter(TRIGGERS, known_literals()), _known_phrases)


@cache
def _known_phrases() -> KnownPhrases:
    from resolver.detect.consent.known import KnownPhrases

    return KnownPhrases(known_index())
