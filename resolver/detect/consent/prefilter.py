"""Where in a text something stands that a note may be near: the cheap pass that every text goes through.

A text is cut into its different words. Most words were seen in texts before, so that telling them apart is one
difference of sets; only new ones are looked at. Scripts without spaces are searched for each wording instead.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

#: How many words are remembered at most.
_REMEMBERED: Final = 20_000
#: How many different words are searched for one after the other: of more, all words of the text are looked up.
_MOST_SEARCHED: Final = 16
_WORDS = pattern(r"\S+")
#: The longest word that is looked at; longer ones are encoded data.
_LONGEST: Final = 100
#: Parts of words that are no words of a sentence: addresses and handles.
_ADDRESSES: Final = ("://", "pic.twitter.com", "pic.x.com", "@")
#: How many letters of a part are looked up; no part is shorter.
_HEAD: Final = 4
#: The first halves of the numbers of letters outside the scripts that put no spaces between words.
_OTHER_ROWS: Final = bytes(row for row in range(256) if not (0x30 <= row <= 0x9F or 0xAC <= row <= 0xD7))
#: Signs that may stand around a word, those of Markdown among them.
_MARKS: Final = ".,!?:;…'\"«»“”„‘’()[]*_-–—>|/#•"


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of scripts that put no spaces between words.

    Without a pattern: for such wide ranges it takes longer to compile than a text to scan.

    >>> is_unspaced("café — “noir”"), is_unspaced("この投稿"), is_unspaced("😀")
    (False, True, False)
    """
    if text.isascii() or not rows(text).translate(None, _OTHER_ROWS):
        return False
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in set(text))


def rows(text: str) -> bytes:
    """Return the first halves of the numbers of a text's letters, which tell of what scripts they are.

    To go through the letters takes longer than to have them encoded, and all others deleted.

    >>> rows("aж投")
    b'\\x00\\x04b'
    """
    return text.encode("utf-16-le", "surrogatepass")[1::2]


class Trigger(NamedTuple):
    """A wording that a note may be around: where the word begins that it stands in, and of which languages it is.

    *languages* has a bit for each language that knows one of its words, at its number in ``Words.numbers``.
    """

    start: int
    languages: int


#: The languages of wordings that say nothing of their language: names of platforms, scripts whose words are not told.
ANY_LANGUAGE: Final = -1


class Wording(NamedTuple):
    """A trigger as it is searched for in a text."""

    text: str
    #: The word, between white space, that it is or is a part of.
    word: str = ""
    #: Which part of it has to be a word, but for marks around it, so that no word far away tells whether it counts.
    alone: str = ""


class Prefilter:
    """Finds the places of triggers: parts of words, and literal wordings."""

    def __init__(self, triggers: Sequence[str], literals: Sequence[str]) -> None:
        wordings = (*triggers, *literals)
        self._unspaced = tuple(Wording(wording) for wording in wordings if max(wording) >= "\u3040")
        #: The parts by their first letters: an expression of them all takes longer to compile than to use once.
        self._parts: dict[str, list[str]] = {}
        for part in triggers:
            if max(part) < "\u3040" and " " not in part:
                self._parts.setdefault(part[:_HEAD], []).append(part)
        self._literals: dict[str, list[Wording]] = {}
        for literal in (*literals, *(wording for wording in triggers if " " in wording)):
            # The last word may be the beginning of one.
            words = literal.split()
            word = max((word.strip(_MARKS) for word in words[:-1] or words), key=len)
            self._literals.setdefault(word, []).append(Wording(literal, alone=word))
        #: How far around a place in a wording its words are, in characters: no word that counts is longer, either.
        self._near = max(_LONGEST, *map(len, wordings))
        #: Words that were seen before: that hold no part, and the others with the wordings to look for.
        self._plain: set[str] = set()
        self._telling: dict[str, tuple[Wording, ...]] = {}
        self._languages: dict[str, int] = {}

    def triggers(self, folded: str) -> list[Trigger]:
        """Return the triggers in a folded text, by their places."""
        words = folded.split()
        found = [self._of_word(word) for word in set(words).difference(self._plain)]
        return self._found(folded, {*chain.from_iterable(found), *self._literals_of(set(words))})

    def triggers_at(self, folded: str, ends: Iterable[int]) -> list[Trigger]:
        """Return the same, of a text of which is known where in some of them a pattern ended that is necessary.

        >>> prefilter = Prefilter(["tracker"], ["a wall of ads"])
        >>> [trigger.start for trigger in prefilter.triggers_at("a wall of ads, and a tracker.", [6, 27])]
        [0, 21]
        """
        wordings: set[Wording] = set()
        near: set[str] = set()
        for end in ends:
            before, behind = folded[max(0, end - self._near) : end], folded[end : end + self._near]
            wordings.update(self._of_word(_last(before) + _first(behind)))
            near.update((before + behind).split())
        return self._found(folded, wordings.union(self._literals_of(near)))

    def _found(self, folded: str, wordings: set[Wording]) -> list[Trigger]:
        if not folded.isascii() and is_unspaced(folded):
            wordings.update(self._unspaced)
        return sorted(Trigger(at, self._languages_of(text)) for at, text in _places(folded, wordings))

    def _languages_of(self, wording: str) -> int:
        if len(self._languages) > _REMEMBERED:
            self._languages.clear()
        known = self._languages.get(wording)
        return self._languages.setdefault(wording, languages_of(wording)) if known is None else known

    def _literals_of(self, words: Iterable[str]) -> Iterator[Wording]:
        """Yield the literal wordings that may be where there are some words."""
        for word in self._literals.keys() & {word.strip(_MARKS) for word in words}:
            yield from self._literals[word]

    def _of_word(self, word: str) -> tuple[Wording, ...]:
        """Return what to look for where there is a word that may have a part."""
        if word in self._plain:
            return ()
        known = self._telling.get(word)
        if known is not None:
            return known
        if len(self._plain) + len(self._telling) > _REMEMBERED:
            self._plain.clear()
            self._telling.clear()
        wordings = tuple(self._wordings_of(word))
        if wordings:
            self._telling[word] = wordings
        else:
            self._plain.add(word)
        return wordings

    def _wordings_of(self, word: str) -> Iterator[Wording]:
        """Yield the word if it has a part that is a trigger; of a row of words that are not parted, those parts."""
        if len(word) > _LONGEST:
            return
        found = [
            part
            for at in range(len(word) - _HEAD + 1)
            for part in self._parts.get(word[at : at + _HEAD], ())
            if word.startswith(part, at)
        ]
        if not found or any(address in word for address in _ADDRESSES):
            return
        if is_unspaced(word):
            yield from (Wording(part, word=word) for part in found)
        else:
            yield Wording(word, word=word)


def _last(text: str) -> str:
    """Return what of a text stands behind its last white space."""
    return "" if not text or text[-1].isspace() else text.rsplit(None, 1)[-1]


def _first(text: str) -> str:
    """Return what of a text stands before its first white space."""
    return "" if not text or text[0].isspace() else text.split(None, 1)[0]


def languages_of(wording: str) -> int:
    """Return the languages that know a word of a wording, a bit for each; ``ANY_LANGUAGE`` where none tells.

    >>> from resolver.rules.consent_words import words
    >>> languages_of("toestemming,") == 1 << words().numbers["nl"], languages_of("twitter") == ANY_LANGUAGE
    (True, True)
    """
    from resolver.detect.consent.reading import WORD, has_signs  # which most texts do without
    from resolver.rules.consent_words import words

    if has_signs(wording) or is_unspaced(wording):
        return ANY_LANGUAGE
    table = words()
    languages = 0
    for word in map(table.word, WORD.findall(wording)):
        if word.everywhere:
            return ANY_LANGUAGE
        for language, _ in word.meanings:
            languages |= 1 << table.numbers[language]
    return languages or ANY_LANGUAGE


def languages_within(triggers: Sequence[Trigger], start: int, end: int) -> int:
    """Return the languages of the *triggers*, which are in the order of their places, from *start* to before *end*.

    >>> languages_within([Trigger(3, 0b10), Trigger(9, 0b100), Trigger(20, 0b10)], 5, 20)
    4
    """
    languages = 0
    for number in range(bisect_left(triggers, (start,)), len(triggers)):
        if triggers[number].start >= end:
            break
        languages |= triggers[number].languages
    return languages


def _places(folded: str, wordings: Iterable[Wording]) -> Iterator[tuple[int, str]]:
    """Yield where wordings stand in a text, with each of them."""
    of_words: dict[str, list[str]] = {}
    for wording in wordings:
        if wording.word:
            of_words.setdefault(wording.word, []).append(wording.text)
        else:
            yield from (
                (at, wording.text) for at in _all(folded, wording.text) if _counts(folded, at, wording)
            )
    for start, word in _words(folded, of_words.keys()):
        for text in of_words[word]:
            yield from ((start + at, text) for at in _all(word, text))


def _words(folded: str, words: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield where some words stand in a text, between white space, with each of them."""
    if len(words) > _MOST_SEARCHED:
        yield from ((found.start(), found[0]) for found in _WORDS.finditer(folded) if found[0] in words)
        return
    for word in words:
        for at in _all(folded, word):
            end = at + len(word)
            if _is_edge(folded[at - 1 : at]) and _is_edge(folded[end : end + 1]):
                yield at, word


def _all(folded: str, text: str) -> Iterator[int]:
    at = folded.find(text)
    while at >= 0:
        yield at
        at = folded.find(text, at + len(text))


def _counts(folded: str, at: int, wording: Wording) -> bool:
    """Return whether the part of a wording at a place that has to be a word is one."""
    if not wording.alone:
        return True
    start = at + wording.text.index(wording.alone)
    end = start + len(wording.alone)
    around = _last(folded[max(0, start - _LONGEST) : start]) + _first(folded[end : end + _LONGEST])
    return not around.strip(_MARKS)


def _is_edge(character: str) -> bool:
    """Return whether a character, or none, stands between words."""
    return not character or character.isspace()
