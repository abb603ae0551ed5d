"""What words can mean in all languages at once: one number, so that what many words mean is united quickly.

The number has a column for each meaning, and in it a bit for each language, at its number in ``Words.numbers``. What
is said in any language is then asked of all languages at once.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import or_
from struct import Struct
from typing import TYPE_CHECKING, Final
from zlib import crc32

from resolver.detect.consent.reading import WORD
from resolver.detect.consent.said import Said
from resolver.rules.consent_words import UNSPACED, Meaning, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from resolver.detect.consent.known import Index
    from resolver.rules.consent_words import Word

#: How many bits a column has: more than there are languages.
_WIDTH: Final = 64
#: A bit for each language.
EVERY_LANGUAGE: Final[int] = (1 << _WIDTH) - 1
#: The columns of meanings, by where they begin: in the order of ``Said``.
_COLUMNS: Final[Mapping[int, int]] = {1 << number: _WIDTH * number for number in range(len(Said._fields))}
#: What a note says in its own language at least one of.
_TELLING: Final[int] = sum(_COLUMNS) & ~(
    Meaning.WORDS
    | Meaning.USE
    | Meaning.SORRY
    | Meaning.SOCIAL
    | Meaning.SOURCE
    | Meaning.DOUBT
    | Meaning.VETO
    | Meaning.ANTI
)
#: One more column: of the languages in which a word means one of these, but for what it means in every language.
_OWN: Final[int] = _WIDTH * len(_COLUMNS)
#: And some for known phrases: in each of these, a phrase has the bit of its group where one of its words is.
_OF_PHRASES: Final[Sequence[int]] = [_OWN + _WIDTH * number for number in range(1, 5)]
_BYTES: Final[int] = (_OF_PHRASES[-1] + _WIDTH) // 8
_UNPACKED: Final = Struct(f"<{len(_COLUMNS)}Q")
#: How many words are remembered at most.
_REMEMBERED: Final = 20_000


class Meanings:
    """Looks up what words can mean, and remembers it.

    What is looked up are runs of letters and marks between white space: to take the marks off takes longer.
    """

    def __init__(self, phrases: Index) -> None:
        """Take known phrases by their longest words."""
        self._known = _Known(_groups(phrases))

    def of(self, written: Iterable[str]) -> int:
        """Return all that some runs can mean.

        >>> from resolver.rules.consent_words import words
        >>> united = Meanings({}).of(["(Cookies,".lower(), "toestemming!"])
        >>> dutch = words().numbers["nl"]
        >>> said(united).consent >> dutch & 1, said(united).here >> dutch & 1
        (1, 0)
        """
        return reduce(or_, filter(None, map(self._known.__getitem__, written)), 0)


def of_words(found: Iterable[Word]) -> int:
    """Return all that some words can mean, which were looked up."""
    return reduce(or_, map(_meaning, found), 0)


def said(united: int) -> Said:
    """Return in which languages each meaning is said, a bit for each; what only tells the language is left out."""
    return Said._make(_UNPACKED.unpack_from(united.to_bytes(_BYTES, "little")))


def own_languages(united: int) -> int:
    """Return the languages, a bit for each, that have a word of their own for something that a note says."""
    return united >> _OWN & EVERY_LANGUAGE


def in_language(said: Said, number: int) -> int:
    """Return what is said in the language with a number (of ``Words.numbers``), as bits of ``Meaning``.

    >>> in_language(Said.of(Meaning.HERE | Meaning.YOU), 0) == Meaning.HERE | Meaning.YOU
    True
    """
    meanings = 0
    for meaning, languages in zip(_COLUMNS, said, strict=True):
        if languages >> number & 1:
            meanings |= meaning
    return meanings


def may_hold_phrase(united: int) -> bool:
    """Return whether runs of letters can hold a known phrase: most that do not are told from those that do."""
    groups = EVERY_LANGUAGE
    for column in _OF_PHRASES:
        groups &= united >> column
    return bool(groups)


def numbers(languages: int) -> Iterator[int]:
    """Yield the numbers of languages that have their bits set.

    >>> list(numbers(0b1010))
    [1, 3]
    """
    while languages:
        lowest = languages & -languages
        yield lowest.bit_length() - 1
        languages ^= lowest


@cache
def language(number: int) -> str:
    """Return the language with a number."""
    return next(name for name, its in words().numbers.items() if its == number)


@cache
def unparted() -> int:
    """Return the languages that do not part words, a bit for each."""
    return sum(1 << words().numbers[name] for name in UNSPACED)


@cache
def _columns(meanings: int) -> tuple[int, ...]:
    return tuple(column for meaning, column in _COLUMNS.items() if meanings & meaning)


def _meaning(word: Word) -> int:
    table = words().numbers
    united = 0
    for column in _columns(word.everywhere & ~Meaning.WORDS):
        united |= EVERY_LANGUAGE << column
    for name, meanings in word.meanings:
        number = table[name]
        for column in _columns(meanings & ~Meaning.WORDS):
            united |= 1 << column + number
        if meanings & _TELLING:
            united |= 1 << _OWN + number
    return united


def _groups(phrases: Index) -> dict[str, int]:
    """Return the words of phrases, each with the bits of the phrases that it tells, in the columns for them.

    A phrase is told by as many of its words as there are columns, the longest, or again by the first of fewer.
    """
    groups: dict[str, int] = {}
    for longest, rows in phrases.items():
        for row in rows:
            others = row.rpartition("\t")[2].split()
            telling = [longest, *others, *[longest] * len(_OF_PHRASES)][: len(_OF_PHRASES)]
            group = crc32(longest.encode()) % _WIDTH
            for column, word in zip(_OF_PHRASES, telling, strict=True):
                groups[word] = groups.get(word, 0) | 1 << column + group
    return groups


class _Known(dict[str, int]):
    """The runs, as far as they are remembered, with what their words can mean."""

    def __init__(self, groups: Mapping[str, int]) -> None:
        super().__init__()
        self._groups = groups

    def __missing__(self, written: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        united = 0
        # A word with signs that are no letters is one, too (see ``has_signs``).
        parts = [] if written.isalpha() else WORD.findall(written)
        for found in parts if parts and written.isascii() else (*parts, written):
            word = words().word(found)
            if word.any_language:
                united |= _meaning(word)
            if found in self._groups:
                united |= self._groups[found]
        self[written] = united
        return united
