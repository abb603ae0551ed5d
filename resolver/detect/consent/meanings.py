"""What words can mean in all languages at once: one number, so that what many words mean is united quickly."""

from __future__ import annotations

from functools import cache, lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from resolver.detect.consent.reading import WORD
from resolver.rules.consent_words import UNSPACED, Meaning, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from resolver.rules.consent_words import Word

#: How many bits the meanings of a word take in one language, with one more: that it is of a known phrase.
BITS: Final[int] = max(value for name, value in vars(Meaning).items() if name.isupper()).bit_length() + 1
OF_PHRASE: Final[int] = 1 << (BITS - 1)
#: All bits of ``Meaning``.
EVERY_MEANING: Final[int] = OF_PHRASE - 1
#: How many words are remembered at most.
REMEMBERED: Final = 50_000


class Meanings:
    """Looks up what words can mean, and remembers it.

    What is looked up are runs of letters and marks between white space: to take the marks off takes longer.
    """

    def __init__(self, words_of_phrases: Collection[str]) -> None:
        """Take words of which each known phrase has one."""
        self._known = _Known(words_of_phrases)
        self._parted = _Parted()

    def of(self, written: Iterable[str]) -> int:
        """Return all that some runs can mean, language by language; :func:`in_language` tells them apart.

        >>> from resolver.rules.consent_words import words
        >>> united = Meanings(()).of(["(Cookies,".lower(), "toestemming!"])
        >>> bool(in_language(united, words().numbers["nl"]) & Meaning.CONSENT)
        True
        """
        return reduce(or_, filter(None, map(self._known.__getitem__, written)), 0)

    def of_words(self, found: Iterable[Word]) -> int:
        """Return the same of words that were looked up."""
        return reduce(or_, map(_meaning, found), 0)

    def words(self, written: Iterable[str]) -> set[str]:
        """Return the words in some runs."""
        found: set[str] = set()
        return found.union(*map(self._parted.__getitem__, written))


def in_language(meanings: int, number: int) -> int:
    """Return what of some meanings is of the language with a number (of ``Words.numbers``), or of every language."""
    return (meanings >> number * BITS | meanings) & EVERY_MEANING


@lru_cache(maxsize=REMEMBERED)
def numbers(languages: int) -> tuple[tuple[int, int], ...]:
    """Return the numbers of languages that have their bits set, each with where its meanings begin."""
    known = sorted(words().numbers.values())
    return tuple((number, number * BITS) for number in known if languages >> number & 1)


@cache
def language(number: int) -> str:
    """Return the language with a number."""
    return next(name for name, its in words().numbers.items() if its == number)


@cache
def unparted() -> frozenset[int]:
    """Return the numbers of the languages that do not part words."""
    return frozenset(words().numbers[name] for name in UNSPACED)


def _meaning(word: Word) -> int:
    table = words().numbers
    meanings = word.everywhere
    for name, meaning in word.meanings:
        meanings |= meaning << table[name] * BITS
    return meanings


class _Known(dict[str, int]):
    """The runs, as far as they are remembered, with what their words can mean."""

    def __init__(self, words_of_phrases: Collection[str]) -> None:
        super().__init__()
        self._words_of_phrases = frozenset(words_of_phrases)

    def __missing__(self, written: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        found = WORD.findall(written)
        meanings = reduce(or_, map(_meaning, map(words().word, found)), 0)
        if not self._words_of_phrases.isdisjoint(found):
            meanings |= OF_PHRASE
        self[written] = meanings
        return meanings


class _Parted(dict[str, tuple[str, ...]]):
    """The runs, as far as they are remembered, with their words."""

    def __missing__(self, written: str) -> tuple[str, ...]:
        if len(self) >= REMEMBERED:
            self.clear()
        self[written] = found = tuple(WORD.findall(written))
        return found
