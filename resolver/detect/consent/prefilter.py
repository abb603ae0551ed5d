"""Where in a text something stands that a note may be near: the cheap pass that every text goes through.

A text is cut into its different words. Most words were seen in texts before, so that telling them apart is one
difference of sets; only new ones are looked at. Scripts without spaces are searched for each wording instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: How many words are remembered at most.
_REMEMBERED: Final = 200_000
#: The longest word that is looked at; longer ones are encoded data.
_LONGEST: Final = 100
#: Parts of words that are no words of a sentence: addresses and handles.
_ADDRESSES: Final = ("://", "pic.twitter.com", "pic.x.com", "@")
#: How many letters of a part are looked up; no part is shorter.
_HEAD: Final = 4
#: From this distance on, the next place of the same wording is of interest.
STEP: Final = 400
_MARKS: Final = ".,!?:;…'\"«»“”„‘’()[]"


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of scripts that put no spaces between words.

    Without a pattern: for such wide ranges it takes longer to compile than a text to scan.

    >>> is_unspaced("café — “noir”"), is_unspaced("この投稿"), is_unspaced("😀")
    (False, True, False)
    """
    if text.isascii() or max(text) < "\u3040":
        return False
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in set(text))


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
        self._plain: set[str] = set()
        self._triggering: set[str] = set()

    def places(self, folded: str) -> list[int]:
        """Return where triggers stand in a folded text, sorted; of those within ``STEP`` at least one."""
        words = set(folded.split())
        found: list[int] = []
        for word in words & self._triggering | self._learn(words - self._plain - self._triggering):
            found += _all(folded, word)
        for word in self._literals.keys() & {word.strip(_MARKS) for word in words}:
            found += [at for literal in self._literals[word] for at in _all(folded, literal)]
        if is_unspaced(folded):
            found += [at for literal in self._unspaced for at in _all(folded, literal)]
        return sorted(found)

    def _learn(self, words: set[str]) -> set[str]:
        """Return those of some new words that are triggers, and remember all."""
        if len(self._plain) + len(self._triggering) > _REMEMBERED:
            self._plain.clear()
            self._triggering.clear()
        triggering = {word for word in words if self._is_trigger(word)}
        self._triggering |= triggering
        self._plain |= words - triggering
        return triggering

    def _is_trigger(self, word: str) -> bool:
        if len(word) > _LONGEST:
            return False
        for at in range(len(word) - _HEAD + 1):
            parts = self._parts.get(word[at : at + _HEAD])
            if parts and any(word.startswith(part, at) for part in parts):
                return not any(address in word for address in _ADDRESSES)
        return False


def _all(folded: str, wording: str) -> Iterator[int]:
    at = folded.find(wording)
    while at >= 0:
        yield at
        at = folded.find(wording, at + STEP)
