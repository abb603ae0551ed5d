"""What sentences say of a held-back embed, read by their words in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from resolver.detect.consent.prefilter import is_unspaced
from resolver.rules.consent_names import EVERYDAY_NAMES, PLATFORM_NAMES, POST_NAMES
from resolver.rules.consent_words import UNSPACED, Meaning, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.rules.consent_words import Meanings

_WORD = re.compile(r"[^\W_]+")
# Where words are not parted, names in Latin letters are.
_LATIN_WORD = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
#: Words that only tell the language weigh less than those that say something of a held-back embed.
_OF_LANGUAGE: Final = 0.5

#: A name that is no everyday word.
_HOST: Final = "x.com"

_OBJECT = Meaning.CONTENT | Meaning.PLATFORM
#: The most words of a label.
LABEL: Final = 9
_SHOWING = Meaning.LOAD | Meaning.WATCH


@dataclass(frozen=True)
class Reading:
    """The words of one sentence: what each can mean by language."""

    words: tuple[Meanings, ...]
    #: Language -> how much of the sentence is understood in it.
    weight: dict[str, float]
    #: Language -> all that its words can mean.
    union: dict[str, int]
    #: All that its words can mean in any language.
    any_language: int
    _masks: dict[str, list[int]] = field(default_factory=dict)

    def masks(self, language: str) -> list[int]:
        """Return what each of its words means in a language, 0 for nothing."""
        if language not in self._masks:
            self._masks[language] = [dict(meanings).get(language, 0) for meanings in self.words]
        return self._masks[language]


@dataclass(frozen=True)
class Evidence:
    """What sentences say together, in one language."""

    content: bool
    platform: bool
    external: bool
    #: "external content", "content of third parties": the two words side by side.
    external_content: bool
    load: bool
    watch: bool
    #: That something is hidden or switched off, or that it is not shown or loaded.
    blocked: bool
    consent: bool
    action: bool
    #: That the reader accepts, allows or agrees.
    permit: bool
    #: That a place is pointed at, of whatever it is.
    place: bool
    #: "this video", "click here": that it speaks of this very place.
    here: bool
    you: bool
    #: How many words speak against a note: of news, policies, the page's own banner.
    against: float
    count: int
    #: Where the first word of the kind stands, counted from 0; -1 where there is none.
    first_object: int
    last_blocked: int


def read(text: str, folded: str) -> Reading:
    """Return the reading of a sentence, given as it is and folded."""
    found = [meanings for _, _, meanings in _known_words(text, folded)]
    weight: dict[str, float] = {}
    union: dict[str, int] = {}
    for meanings in found:
        for language, meaning in meanings:
            weight[language] = weight.get(language, 0) + (_OF_LANGUAGE if meaning == Meaning.WORDS else 1)
            union[language] = union.get(language, 0) | meaning
    any_language = 0
    for meaning in union.values():
        any_language |= meaning
    return Reading(tuple(found), weight, union, any_language)


def platforms(text: str, folded: str) -> set[str]:
    """Return the platforms that a sentence names, by name or by what their posts are called.

    >>> platforms("Der Tweet ist weg.", "der tweet ist weg.")
    {'twitter'}
    """
    found = {
        ours
        for _, word, meanings in _known_words(text, folded)
        if any(meaning & Meaning.PLATFORM for _, meaning in meanings)
        for name, ours in PLATFORM_NAMES.items()
        if ours and word.startswith(name) and (len(name) > 1 or word == name)
    }
    return found | {
        ours
        for _, word, _ in _known_words(text, folded)
        for name, ours in POST_NAMES.items()
        if word.startswith(name)
    }


def _known_words(text: str, folded: str) -> list[tuple[int, str, Meanings]]:
    table = words()
    unspaced = is_unspaced(folded)
    found = [
        (word.start(), word[0], table.meanings(word[0]))
        for word in (_LATIN_WORD if unspaced else _WORD).finditer(folded)
        if word[0] not in EVERYDAY_NAMES
        or text[word.start()].isupper()
        or folded.startswith(_HOST, word.start())
    ]
    return sorted(found + _unspaced(folded), key=lambda item: item[0]) if unspaced else found


def _unspaced(folded: str) -> list[tuple[int, str, Meanings]]:
    found: list[tuple[int, str, Meanings]] = []
    for entry, language, meaning in words().unspaced:
        at = folded.find(entry)
        while at >= 0:
            found.append((at, entry, ((language, meaning),)))
            at = folded.find(entry, at + len(entry))
    return found


def may_be_note(meanings: int, count: int) -> bool:
    """Return whether so many words with such meanings can be a note at all: it saves a closer look at most."""
    if not meanings & _OBJECT:
        return False
    shown, here, action = meanings & _SHOWING, meanings & Meaning.HERE, meanings & Meaning.ACTION
    consent = meanings & Meaning.CONSENT
    if meanings & Meaning.BLOCKED or (meanings & Meaning.NEGATION and shown):
        return bool(consent or action or here or meanings & Meaning.EXTERNAL or count <= LABEL)
    if meanings & Meaning.EXTERNAL and (shown or consent or here):
        return True
    label = count <= LABEL and meanings & (Meaning.LOAD | Meaning.PERMIT)
    return bool(
        label
        or (shown and ((consent and (action or here)) or (here and (action or meanings & Meaning.PERMIT))))
    )


def is_of_other_matter(meanings: int) -> bool:
    """Return whether words speak against a note so plainly that ``judge`` finds none."""
    return bool(meanings & Meaning.VETO or (meanings & Meaning.ANTI and not meanings & Meaning.HERE))


def evidence(readings: Sequence[Reading], language: str) -> Evidence:
    """Return what sentences say together, in one language."""
    masks = [mask for reading in readings for mask in reading.masks(language)]
    union = 0
    for mask in masks:
        union |= mask
    switched_off = [at for at, mask in enumerate(masks) if mask & Meaning.BLOCKED]
    not_shown = [
        at for at, mask in enumerate(masks) if mask & Meaning.NEGATION and _near(masks, at, 6, 6, _SHOWING)
    ]
    return Evidence(
        content=bool(union & Meaning.CONTENT),
        platform=bool(union & Meaning.PLATFORM),
        external=bool(union & Meaning.EXTERNAL),
        external_content=_any_near(masks, Meaning.EXTERNAL, 3, 3, _OBJECT),
        load=bool(union & Meaning.LOAD),
        watch=bool(union & Meaning.WATCH),
        blocked=bool(switched_off or not_shown),
        consent=bool(union & Meaning.CONSENT),
        action=bool(union & Meaning.ACTION),
        permit=bool(union & Meaning.PERMIT),
        place=bool(union & Meaning.HERE),
        here=_any_near(masks, Meaning.HERE, 2, 4, _OBJECT)
        or _any_near(masks, Meaning.HERE, 3, 2, Meaning.ACTION),
        you=bool(union & Meaning.YOU),
        against=_against(masks),
        count=_count(masks, language),
        first_object=next((at for at, mask in enumerate(masks) if mask & _OBJECT), -1),
        last_blocked=max([*switched_off, *not_shown], default=-1),
    )


def _count(masks: Sequence[int], language: str) -> int:
    """Return how many words there are; of those that are not parted, the ones that say something."""
    return sum(mask != Meaning.WORDS for mask in masks) if language in UNSPACED else len(masks)


def _near(masks: Sequence[int], at: int, before: int, after: int, wanted: int) -> bool:
    return any(mask & wanted for mask in masks[max(0, at - before) : at]) or any(
        mask & wanted for mask in masks[at + 1 : at + 1 + after]
    )


def _any_near(masks: Sequence[int], meaning: int, before: int, after: int, wanted: int) -> bool:
    return any(mask & meaning and _near(masks, at, before, after, wanted) for at, mask in enumerate(masks))


def _against(masks: Sequence[int]) -> float:
    news = sum(bool(mask & Meaning.ANTI) for mask in masks)
    doubts = sum(bool(mask & Meaning.DOUBT) for mask in masks)
    own_banner = _any_near(masks, Meaning.USE, 0, 4, Meaning.COOKIE)
    other_matter = any(mask & Meaning.VETO for mask in masks)
    return news + doubts / 2 + own_banner + 2 * other_matter
