"""The words of a sentence: what each can mean, by language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from resolver.detect.consent.prefilter import is_unspaced, rows
from resolver.rules.consent_names import EVERYDAY_NAMES, PLATFORM_NAMES, POST_NAMES
from resolver.rules.consent_words import Meaning, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.rules.consent_words import Word

#: A word of a language that parts its words; see :func:`has_signs`.
WORD: Final = re.compile(r"[^\W_]+")
# Letters of the scripts of India and Thailand carry signs that are no letters.
_SIGNED_WORD = re.compile(r"[\w\u0900-\u0eff]+")
# Where words are not parted, names in Latin letters are.
_LATIN_WORD = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
#: The first halves of the numbers of letters of other scripts than those of India and Thailand.
_ROWS_WITHOUT_SIGNS: Final = bytes(row for row in range(256) if not 0x09 <= row <= 0x0E)
#: The same of letters of neither those nor the scripts that put no spaces between words.
_OTHER_ROWS: Final = bytes(
    row for row in _ROWS_WITHOUT_SIGNS if not (0x30 <= row <= 0x9F or 0xAC <= row <= 0xD7)
)
_MARKS: Final = ".:,;…"
#: Words that only tell the language weigh less than those that say something of a held-back embed.
_OF_LANGUAGE: Final = 0.5

#: A name that is no everyday word.
_HOST: Final = "x.com"


class Reading:
    """The words of one sentence: what each can mean by language."""

    def __init__(self, words: Sequence[str], meant: Sequence[Word]) -> None:
        self.words = words
        self.meant = meant
        #: How many words there are; where they are not parted, how many say something.
        self.count = len(words)
        #: What mark it ends with, if any.
        self.mark = ""
        #: All that its words can mean in any language, and in every language.
        self.any_language = self._everywhere = 0
        for word in meant:
            self.any_language |= word.any_language
            self._everywhere |= word.everywhere
        self._masks: dict[str, list[int]] = {}
        self._union: dict[str, int] = {}
        self._weight: dict[str, float] = {}

    @property
    def names(self) -> int:
        """How many of its words are names."""
        return sum(bool(word.everywhere) for word in self.meant)

    def union(self, language: str) -> int:
        """Return all that its words can mean in one language."""
        return self._by_language()[0].get(language, 0) | self._everywhere

    @property
    def weight(self) -> dict[str, float]:
        """Language -> how much of the sentence is understood in it."""
        return self._by_language()[1]

    def _by_language(self) -> tuple[dict[str, int], dict[str, float]]:
        if not self._union:
            for word in self.meant:
                for language, meaning in word.meanings:
                    more = _OF_LANGUAGE if meaning == Meaning.WORDS else 1
                    self._union[language] = self._union.get(language, 0) | meaning
                    self._weight[language] = self._weight.get(language, 0) + more
        return self._union, self._weight

    def masks(self, language: str) -> list[int]:
        """Return what each of its words means in a language, 0 for nothing."""
        if language not in self._masks:
            self._masks[language] = [word.meaning(language) for word in self.meant]
        return self._masks[language]


def read(text: str, folded: str) -> Reading:
    """Return the reading of a sentence, given as it is and folded."""
    reading = _unspaced(text, folded) if is_unspaced(folded) else _spaced(text, folded)
    reading.mark = folded[-1:] if folded[-1:] in _MARKS else ""
    return reading


def _spaced(text: str, folded: str) -> Reading:
    table = words()
    found = (WORD if folded.isascii() or not has_signs(folded) else _SIGNED_WORD).findall(folded)
    if not EVERYDAY_NAMES.isdisjoint(found):
        found = [match[0] for match in WORD.finditer(folded) if _is_meant(match, text, folded)]
    seen, look_up = table.seen, table.word
    return Reading(found, [seen.get(word) or look_up(word) for word in found])


def has_signs(folded: str) -> bool:
    """Return whether some of the letters carry signs that are no letters, and are words nonetheless.

    >>> has_signs("सामग्री"), has_signs("café — “noir”")
    (True, False)
    """
    return bool(rows(folded).translate(None, _ROWS_WITHOUT_SIGNS))


def is_of_other_script(folded: str) -> bool:
    """Return whether a text has letters of scripts that do not part words as others do, or that carry signs.

    >>> is_of_other_script("café — “noir”"), is_of_other_script("この投稿"), is_of_other_script("सामग्री")
    (False, True, True)
    """
    if folded.isascii() or not rows(folded).translate(None, _OTHER_ROWS):
        return False
    return has_signs(folded) or is_unspaced(folded)


def words_of_any_script(folded: str) -> set[str]:
    """Return the words of a text, parted in every way.

    >>> sorted(words_of_any_script("この tweet"))
    ['tweet', 'この']
    """
    ways = (WORD, _SIGNED_WORD, _LATIN_WORD) if has_signs(folded) else (WORD, _LATIN_WORD)
    return {word for way in ways for word in way.findall(folded)}


def _is_meant(match: re.Match[str], text: str, folded: str) -> bool:
    """Return whether a word that may be an everyday word is one, or is a name: that has a capital letter."""
    at = match.start()
    return match[0] not in EVERYDAY_NAMES or text[at].isupper() or folded.startswith(_HOST, at)


def _unspaced(text: str, folded: str) -> Reading:
    table = words()
    found = [
        (match.start(), match[0], table.word(match[0]))
        for match in _LATIN_WORD.finditer(folded)
        if _is_meant(match, text, folded)
    ]
    for entry, word in table.unspaced_in(folded):
        at = folded.find(entry)
        while at >= 0:
            found.append((at, entry, word))
            at = folded.find(entry, at + len(entry))
    found.sort(key=lambda item: item[0])
    reading = Reading([word for _, word, _ in found], [meant for _, _, meant in found])
    reading.count = len({at for at, _, meant in found if meant.any_language & ~Meaning.WORDS})
    return reading


def platforms(reading: Reading) -> set[str]:
    """Return the platforms that a sentence names, by name or by what their posts are called.

    >>> platforms(read("Der Tweet ist weg.", "der tweet ist weg."))
    {'twitter'}
    """
    found: set[str] = set()
    for word, meant in zip(reading.words, reading.meant, strict=True):
        # The names of Japanese and Chinese are found as parts of longer runs of letters, as other entries are.
        if meant.everywhere or not word.isascii():
            found |= {
                ours
                for name, ours in PLATFORM_NAMES.items()
                if ours and word.startswith(name) and (len(name) > 1 or word == name)
            }
            found |= {ours for name, ours in POST_NAMES.items() if word.startswith(name)}
    return found
