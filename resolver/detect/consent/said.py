"""What words can say together, whatever their order: of one language, or of all languages at once."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.combinations import ANY_OF, MEANINGS, NAMES, POSSIBLE, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The most words of a note that is a line by itself, and of a short sentence.
LABEL: Final = 9
SENTENCE: Final = 16
#: All bits of :class:`Said`.
_EVERYWHERE: Final = -1


class Said(NamedTuple):
    """Where each of ``Meaning`` is said: in which of several languages, as bits, else 1 where it is at all."""

    content: int
    external: int
    social: int
    negation: int
    load: int
    watch: int
    blocked: int
    consent: int
    action: int
    here: int
    you: int
    use: int
    anti: int
    doubt: int
    words: int
    platform: int
    cookie: int
    veto: int
    permit: int
    only: int
    gone: int
    sorry: int
    support: int
    script: int
    edge: int
    setting: int
    source: int

    @classmethod
    def of(cls, meanings: int) -> Said:
        """Return what is said by words that mean this.

        >>> from resolver.rules.consent_words import Meaning
        >>> Said.of(Meaning.CONTENT | Meaning.HERE)[:2], Said.of(Meaning.HERE).here
        ((1, 0), 1)
        """
        return cls(*(meanings >> number & 1 for number in range(len(cls._fields))))


def may_be_note(meanings: int, count: int) -> bool:
    """Return whether so many words with such meanings can be a note at all: it saves a closer look at most."""
    return bool(where_note(Said.of(meanings), count))


def where_note(said: Said, count: int) -> int:
    """Return where so many words can be a note that say this."""
    short = count <= LABEL
    found = said.script if count <= SENTENCE else 0
    of_object, shown, here, permit = (
        said.content | said.platform,
        said.load | said.watch,
        said.here,
        said.permit,
    )
    found |= here & (shown | permit) & said.cookie
    if not of_object:
        return found
    held = said.blocked | said.gone | (shown & said.negation)
    return found | (
        of_object
        & (
            (held if short else held & (said.consent | said.action | here | said.external))
            | (said.external & (shown | said.consent | here))
            | (shown & said.action & said.only)
            | (permit & said.action & said.you)
            | (permit | said.load | said.edge if short else 0)
            | (shown & (said.consent | (here & (said.action | permit | said.platform))))
        )
    )


def where_said(combination: str, said: Said) -> int:
    """Return where all of a *combination* can be said that has to be (see ``Evidence.says``), whatever the order.

    >>> from resolver.rules.consent_words import Meaning
    >>> where_said("held consent", Said.of(Meaning.BLOCKED | Meaning.CONSENT))
    1
    """
    where = _EVERYWHERE
    for ways in _ways_to_say(combination):
        found = 0
        for way in ways:
            of_way = where
            for needed in way:
                of_any = 0
                for number in needed:
                    of_any |= said[number]
                of_way &= of_any
            found |= of_way
        where = found
        if not where:
            break
    return where


@cache
def _ways_to_say(combination: str) -> list[list[list[Sequence[int]]]]:
    """Return for all that has to be said in how many ways words can: by some meanings, of each of which one is needed.

    Meanings are given by their numbers in ``Said``. What can be said in few ways comes first.
    """
    needed = (chain.from_iterable(map(_ways_to_be, names)) for names in parsed(combination)[0])
    return sorted(([list(map(_numbers, way)) for way in ways] for ways in needed), key=len)


def _numbers(meanings: int) -> list[int]:
    return [number for number in range(meanings.bit_length()) if meanings >> number & 1]


def _ways_to_be(name: str) -> Iterator[Sequence[int]]:
    """Yield the ways in which a name is one of :func:`possible_names`."""
    if name in MEANINGS:
        yield (MEANINGS[name],)
    yield from (needed for other, *needed in POSSIBLE if other == name)
    yield from chain.from_iterable(map(_ways_to_be, ANY_OF.get(name, "").split()))


def possible_names(meanings: int) -> frozenset[str]:
    """Return the names that ``Evidence`` of sentences with such *meanings* can have, whatever their order.

    >>> from resolver.rules.consent_words import Meaning
    >>> sorted(possible_names(Meaning.NEGATION | Meaning.WATCH))
    ['early', 'first', 'held', 'label', 'late', 'negation', 'shown', 'watch']
    """
    names = {name for value, name in NAMES.items() if meanings & value}
    names |= {name for name, *needed in POSSIBLE if all(meanings & one for one in needed)}
    return frozenset(names | {name for name, any_of in ANY_OF.items() if names & set(any_of.split())})
