"""Where in a text something stands that a note may be near: the cheap pass that every text goes through.

A text is cut into its different words. Most words were seen in texts before, so that telling them apart is one
difference of sets; only new ones are looked at. Scripts without spaces are searched for each wording instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: How many words are remembered at most.
_REMEMBERED: Final = 200_000
#: The longest word that is looked at; longer ones are encoded data.
_LONGEST: Final = 100
#: Parts of words that are no words of a sentence: addresses and handles.
_ADDRESSES: Final = ("://", "pic.twitter.com", "pic.x.com", "@")
#: How many letters of a part are looked up; no part is shorter.
_HEAD: Final = 4
#: How far from a place words are told by it, in characters: that of the longest word, and of the longest wording.
_NEAR: Final = 2 * _LONGEST
#: From this distance on, the next place of the same wording is of interest.
STEP: Final = 400
#: The first halves of the numbers of letters outside the scripts that put no spaces between words.
_OTHER_ROWS: Final = bytes(row for row in range(256) if not (0x30 <= row <= 0x9F or 0xAC <= row <= 0xD7))
_MARKS: Final = ".,!?:;…'\"«»“”„‘’()[]"


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of scripts that put no spaces between words.

    Without a pattern: for such wide ranges it takes longer to compile than a text to scan. To go through the letters
    takes longer than to have them encoded, and all others deleted.

    >>> is_unspaced("café — “noir”"), is_unspaced("この投稿"), is_unspaced("😀")
    (False, True, False)
    """
    if text.isascii() or not text.encode("utf-16-le", "surrogatepass")[1::2].translate(None, _OTHER_ROWS):
        return False
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in set(text))


class _Telling(NamedTuple):
    """What a word tells of a text: whether it is a trigger, and the wordings that may stand where it does."""

    is_trigger: bool
    literals: tuple[str, ...]


_NOTHING: Final = _Telling(is_trigger=False, literals=())


class Prefilter:
    """Finds the places of triggers: parts of words, and literal wordings."""

    def __init__(self, triggers: Sequence[str], literals: Sequence[str]) -> None:
        wordings = (*triggers, *literals)
        self._unspaced = tuple(wording for wording in wordings if max(wording) >= "\u3040")
        #: The parts by their first letters: an expression of them all takes longer to compile than to use once.
        self._parts: dict[str, list[str]] = {}
        for part in triggers:
            if max(part) < "\u3040" and " " not in part:
                self._parts.setdefault(part[:_HEAD], []).append(part)
        self._literals: dict[str, list[str]] = {}
        for literal in (*literals, *(wording for wording in triggers if " " in wording)):
            word = max((word.strip(_MARKS) for word in literal.split()), key=len)
            self._literals.setdefault(word, []).append(literal)
        #: Words that were seen before: that are of no interest, and the others.
        self._plain: set[str] = set()
        self._telling: dict[str, _Telling] = {}

    def places(self, folded: str) -> list[int]:
        """Return where triggers stand in a folded text, sorted; of those within ``STEP`` at least one."""
        return self.places_of(set(folded.split()), folded)

    def places_of(self, words: set[str], folded: str) -> list[int]:
        """Return the same by some *words* of the text: those that can be triggers, or part of one, and any others."""
        found: list[int] = []
        literals: dict[str, None] = {}
        for word in words.difference(self._plain):
            told = self._telling.get(word) or self._learn(word)
            if told.is_trigger:
                found += _all(folded, word)
            literals.update(dict.fromkeys(told.literals))
        found += [at for literal in literals for at in _all(folded, literal)]
        if is_unspaced(folded):
            found += [at for literal in self._unspaced for at in _all(folded, literal)]
        return sorted(found)

    def _learn(self, word: str) -> _Telling:
        """Return what a new word tells, and remember it."""
        if len(self._plain) + len(self._telling) > _REMEMBERED:
            self._plain.clear()
            self._telling.clear()
        is_trigger, literals = self._is_trigger(word), self._literals.get(word.strip(_MARKS))
        if not is_trigger and literals is None:
            self._plain.add(word)
            return _NOTHING
        return self._telling.setdefault(word, _Telling(is_trigger, tuple(literals or ())))

    def _is_trigger(self, word: str) -> bool:
        if len(word) > _LONGEST:
            return False
        for at in range(len(word) - _HEAD + 1):
            parts = self._parts.get(word[at : at + _HEAD])
            if parts and any(word.startswith(part, at) for part in parts):
                return not any(address in word for address in _ADDRESSES)
        return False


def words_near(folded: str, ends: Iterable[int]) -> set[str]:
    """Return the words around some places (sorted) of a text; of the longest ones maybe none.

    >>> sorted(words_near("a tracker " + "and words " * 40, [9])), len(words_near("word " * 400, []))
    (['a', 'and', 'tracker', 'words'], 0)
    """
    words: set[str] = set()
    stop = 0
    for end in ends:
        if end + _NEAR <= stop:
            continue
        start, stop = max(0, end - _NEAR), end + 2 * _NEAR
        around = folded[start:stop].split()
        # A word that is cut is another one.
        first = bool(start) and not folded[start - 1].isspace()
        last = len(around) - (stop < len(folded) and not folded[stop].isspace())
        words.update(around[first:last])
    return words


def _all(folded: str, wording: str) -> Iterator[int]:
    at = folded.find(wording)
    while at >= 0:
        yield at
        at = folded.find(wording, at + STEP)
