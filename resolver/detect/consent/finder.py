"""Notes in a text: a few words tell where to look, phrases and meanings tell what stands there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from resolver.detect.consent.folding import fold
from resolver.detect.consent.prefilter import Prefilter
from resolver.detect.consent.tables import known_index, known_literals
from resolver.rules.consent_triggers import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resolver.detect.consent.known import KnownPhrases
    from resolver.detect.consent.placeholder import Placeholder
    from resolver.rules.consent_phrases import Phrase


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
        from resolver.detect.consent.regions import find_regions
        from resolver.detect.consent.runs import Allowance, notes_of

        known, allowance = self._known(), Allowance()
        found: list[Placeholder] = []
        for region in find_regions(folded, places):
            matches = known.matches(folded, *region)
            found += notes_of(pieces_of(text, folded, region, matches), allowance)
        return tuple(found)


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


@cache
def _finder() -> Finder:
    return Finder(Prefilter(TRIGGERS, known_literals()), _known_phrases)


@cache
def _known_phrases() -> KnownPhrases:
    from resolver.detect.consent.known import KnownPhrases

    return KnownPhrases(known_index())
