"""What the words of a note about a held-back embed mean, in the languages of ``consent_words.json``.

The words were collected for this project from what a note has to say: *content*, *external*, *social* (what is held
back), *negation*, *load*, *watch*, *blocked* (that it is not shown), *only* (that it is shown only after something),
*gone* (that it was taken away), *sorry*, *script* (browsers and what runs in them), *support* (that these can do
something), *edge* (where it begins and ends, for those who cannot see it), *consent* (why; *setting*: by a choice
that was stored), *action* (what to do; *permit*: to accept), *here* and *you* (that it speaks of this place, to the
reader), *use* (of cookies: what the page's own banner says); *veto*, *anti*, *source* ("according to", unless to
settings) and *doubt* speak against it (newsletters, subscriptions, comments; news, policies, software; perhaps);
*words* only tell the language.

In the file ``=word`` is the whole word, ``*word`` any word that contains it, anything else how a word begins.
Chinese and Japanese, which do not part words, are searched for the entries themselves. What is looked up is
``consent_tables/words.json``, which ``python -m scripts.make_consent_tables`` writes from that file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, TypedDict

from resolver.rules.consent_names import EVERYDAY_NAMES, PLATFORM_NAMES, POST_NAMES


class Meaning:
    """What a word can contribute to a note: bits, as plain numbers because they are asked for every word."""

    CONTENT: Final = 1
    EXTERNAL: Final = 2
    SOCIAL: Final = 4
    NEGATION: Final = 8
    LOAD: Final = 16
    WATCH: Final = 32
    BLOCKED: Final = 64
    CONSENT: Final = 128
    ACTION: Final = 256
    HERE: Final = 512
    YOU: Final = 1024
    USE: Final = 2048
    ANTI: Final = 4096
    DOUBT: Final = 8192
    WORDS: Final = 16384
    PLATFORM: Final = 32768
    COOKIE: Final = 65536
    VETO: Final = 131072
    PERMIT: Final = 262144
    ONLY: Final = 524288
    GONE: Final = 1048576
    SORRY: Final = 2097152
    SUPPORT: Final = 4194304
    SCRIPT: Final = 8388608
    EDGE: Final = 16777216
    SETTING: Final = 33554432
    SOURCE: Final = 67108864


#: Languages that do not part words by spaces.
UNSPACED: Final = ("zh", "ja")
#: The longest beginning of a word that is looked up.
LONGEST: Final = 18
#: How many letters of a word tell at once that no longer entry begins like it; and the length of the shortest.
HEAD: Final = 3
SHORTEST: Final = 2
#: How many different words are remembered at most.
_REMEMBERED: Final = 20_000
#: What runs in browsers, by its name in every language.
_SCRIPTS: Final = ("javascript", "html5", "iframe")
#: Names that longer words only happen to begin with.
_WHOLE_NAMES: Final = EVERYDAY_NAMES | {"html5", "iframe"}
#: What Arabic, Persian and Hebrew write at the beginning of a word, and other languages as words of their own.
_CLITICS: Final = frozenset("ال وال بال لل كال فال و ب ل ف ה ו ב ל מ ש כ וה שה של מה".split())
_SEMITIC: Final = ("\u0590", "\u06ff")
#: The first letters of words of the languages that do not part words.
_UNSPACED: Final = ("\u3040", "\u9fff")

Meanings = tuple[tuple[str, int], ...]


class Word(NamedTuple):
    """What one word can mean."""

    #: All that it can mean in any language.
    any_language: int
    #: What it means in each language that knows it.
    meanings: Meanings
    #: What it means in every language: names of platforms.
    everywhere: int = 0

    def meaning(self, language: str) -> int:
        """Return what it means in one language."""
        return dict(self.meanings).get(language, 0) | self.everywhere


_MEANINGLESS: Final = Word(0, ())
#: Numbers of languages and what an entry means in them, in turn.
Packed = Sequence[int]


class Table(TypedDict):
    """The content of ``consent_tables/words.json``."""

    languages: list[str]
    #: What entries mean; many mean the same.
    meanings: list[Packed]
    #: An entry -> the number of what it means.
    whole: dict[str, int]
    beginning: dict[str, int]
    inside: dict[str, int]
    #: Entries, each with the number of its language and what it means.
    unspaced: list[tuple[str, int, int]]
    #: How the longer entries of *beginning* begin -> how long those are that begin so.
    heads: dict[str, list[int]]


class Words:
    """The words of all languages, to look one up at once."""

    def __init__(self, table: Table) -> None:
        self._languages = table["languages"]
        self._meanings = table["meanings"]
        self._whole = table["whole"]
        self._beginning = table["beginning"]
        self._inside = table["inside"]
        self._heads = table["heads"]
        self._inside_any = re.compile("|".join(map(re.escape, self._inside)) or "(?!)").search
        #: Each language with its number, from 1: 0 is for what words mean in every language.
        self.numbers = {language: number for number, language in enumerate(self._languages, 1)}
        #: The words that were looked up, as far as they are remembered.
        self.seen: dict[str, Word] = {}
        #: For the languages without spaces: each entry with what it means, by its first letter.
        self._unspaced: dict[str, list[tuple[str, Word]]] = {}
        for entry, number, meaning in table["unspaced"]:
            word = Word(meaning, ((self._languages[number], meaning),))
            self._unspaced.setdefault(entry[0], []).append((entry, word))
        self._names = {name: int(Meaning.PLATFORM) for name in PLATFORM_NAMES}
        self._names.update(dict.fromkeys(_SCRIPTS, int(Meaning.SCRIPT)))
        for name in POST_NAMES:
            self._names[name] = self._names.get(name, 0) | Meaning.PLATFORM | Meaning.CONTENT
        self._lengths_of_names: dict[str, set[int]] = {}
        for name in self._names:
            self._lengths_of_names.setdefault(name[0], set()).add(len(name))

    def word(self, word: str) -> Word:
        """Return what a word (in small letters) can mean."""
        known = self.seen.get(word)
        if known is None:
            if _is_row(word):
                return self._united((), self._named(word))
            if len(self.seen) >= _REMEMBERED:
                self.seen.clear()
            known = self.seen[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> Word:
        entries: list[int] = []
        for form in _forms(word) if _SEMITIC[0] <= word[:1] <= _SEMITIC[1] else (word,):
            if form in self._whole:
                entries.append(self._whole[form])
            for length in (SHORTEST, *self._heads.get(form[:HEAD], ())):
                beginning = form[:length]
                if beginning in self._beginning:
                    entries.append(self._beginning[beginning])
        if len(word) <= 2 * LONGEST and self._inside_any(word):
            entries += (number for part, number in self._inside.items() if part in word)
        everywhere = self._named(word)
        return self._united(entries, everywhere)

    def may_know(self, word: str) -> bool:
        """Return whether anything can be known of a word: of a row of words that are not parted, only a name is."""
        return not _is_row(word) or word[0] in self._lengths_of_names

    def unspaced_in(self, text: str) -> Iterator[tuple[str, Word]]:
        """Yield the entries of languages that do not part words which are in a text, with what they mean."""
        for letter in self._unspaced.keys() & set(text):
            yield from ((entry, word) for entry, word in self._unspaced[letter] if entry in text)

    def _united(self, entries: Sequence[int], everywhere: int) -> Word:
        """Return the word that means all that some entries mean."""
        if not entries and not everywhere:
            return _MEANINGLESS
        found: dict[str, int] = {}
        for packed in map(self._meanings.__getitem__, entries):
            for number in range(0, len(packed), 2):
                language = self._languages[packed[number]]
                found[language] = found.get(language, 0) | packed[number + 1]
        any_language = everywhere
        for meaning in found.values():
            any_language |= meaning
        return Word(any_language, tuple(found.items()), everywhere)

    def _named(self, word: str) -> int:
        named = 0
        for length in self._lengths_of_names.get(word[:1], ()):
            name = word[:length]
            if name in self._names and (length == len(word) or name not in _WHOLE_NAMES):
                named |= self._names[name]
        return named


def _is_row(word: str) -> bool:
    """Return whether a word is a row of words that are not parted; it is hardly met again."""
    return _UNSPACED[0] <= word[:1] <= _UNSPACED[1]


def _forms(word: str) -> Iterator[str]:
    """Yield a word of Arabic, Persian or Hebrew, and what is left of it without what is written onto it."""
    yield word
    yield from (word[length:] for length in (1, 2, 3) if word[:length] in _CLITICS and len(word) > length + 2)


@cache
def words() -> Words:
    """Return the words of all languages.

    >>> bool(words().word("zustimmungen").meaning("de") & Meaning.CONSENT)
    True
    """
    path = Path(__file__).with_name("consent_tables") / "words.json"
    return Words(json.loads(path.read_text(encoding="utf-8")))
