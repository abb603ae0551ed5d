"""Notes in a text: a few words tell where to look, phrases and meanings tell what stands there."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from resolver.detect.consent.folding import fold
from resolver.detect.consent.prefilter import Prefilter
from resolver.detect.consent.tables import known_index, known_literals
from resolver.rules.consent_triggers import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from resolver.detect.consent.chance import Chance
    from resolver.detect.consent.groups import Group
    from resolver.detect.consent.known import KnownPhrases
    from resolver.detect.consent.placeholder import Placeholder
    from resolver.detect.consent.prefilter import Trigger
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
        triggers = self._prefilter.triggers(folded)
        places = [group.start for group in self._promising(text, folded, triggers)]
        if not places:
            return ()
        # Most texts have nothing that promises a note, and need not wait for what looks closer.
        from resolver.detect.consent.pieces import pieces_of
        from resolver.detect.consent.regions import find_regions
        from resolver.detect.consent.runs import Allowance, notes_of

        known, allowance = self._known(), Allowance()
        found: list[Placeholder] = []
        for region in find_regions(folded, places):
            pieces = pieces_of(text, folded, region, known.matches(folded, *region))
            found += notes_of(pieces, triggers, allowance)
        return tuple(found)

    def may_find(self, text: str, ends: Sequence[int]) -> bool:
        """Return whether a part of a text is worth a closer look, in which triggers end at some places."""
        folded = fold(text)
        triggers = self._prefilter.triggers_at(folded, ends)
        return any(True for _ in self._promising(text, folded, triggers))

    def _promising(self, text: str, folded: str, triggers: Sequence[Trigger]) -> Iterator[Group]:
        """Return the groups of triggers that a note can be around."""
        return self._chance.of_notes(text, folded, triggers) if triggers else iter(())

    @cached_property
    def _chance(self) -> Chance:
        from resolver.detect.consent.chance import Chance

        return Chance(self._known())


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
    """Return whether :func:`find_placeholders` may find a note in a part of a text; if not, there is none in it.

    *ends* are the places (sorted) where the wordings of ``TRIGGERS`` and of known phrases end in it, all of them. The
    part has to reach from 500 characters before the first to 500 after the last.

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
