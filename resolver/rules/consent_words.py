"""What the words of a note about a held-back embed mean, in the languages of ``consent_words.json``.

The words were collected for this project from what a note has to say: *content*, *external*, *social* (what is held
back), *negation*, *load*, *watch*, *blocked* (that it is not shown), *consent* (why), *action* (what to do; *permit*:
to accept), *here* and *you* (that it speaks of this place, to the reader), *use* (of cookies: what the page's own
banner says); *veto*, *anti* and *doubt* speak against it (newsletters, subscriptions, comments; news, policies,
software; perhaps); *words* only tell the language.

In the file ``=word`` is the whole word, ``*word`` any word that contains it, anything else how a word begins.
Chinese and Japanese, which do not part words, are searched for the entries themselves.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

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


#: Languages that do not part words by spaces.
UNSPACED: Final = ("zh", "ja")
#: What cookies are called: they are what a page's own banner says it uses.
_COOKIES: Final = tuple(
    "cookie süti eväste eväst çerez ciastecz kakor kaka kolačić piškot slapuk sīkdat sīkfail бисквит куки кукі "
    "クッキー 쿠키 informasjonskaps galet traceur küpsis".split()
)
_LONGEST: Final = 18
#: How many different words are remembered at most.
_REMEMBERED: Final = 50_000

Meanings = tuple[tuple[str, int], ...]


class Words:
    """The words of all languages, to look one up at once."""

    def __init__(self, table: dict[str, dict[str, str]]) -> None:
        self._whole: dict[str, dict[str, int]] = {}
        self._beginning: dict[str, dict[str, int]] = {}
        self._inside: dict[str, dict[str, int]] = {}
        self._seen: dict[str, Meanings] = {}
        #: For the languages without spaces: each entry with its language and meaning.
        self.unspaced: list[tuple[str, str, int]] = []
        for language, concepts in table.items():
            for concept, entries in concepts.items():
                for entry in entries.split():
                    self._add(language, getattr(Meaning, concept.upper()), entry)
        # Names are the same in every language, so that they are kept once and not for each.
        self._languages = tuple(table)
        self._whole_names = {name: int(Meaning.PLATFORM) for name in PLATFORM_NAMES if name in EVERYDAY_NAMES}
        self._names = {name: int(Meaning.PLATFORM) for name in PLATFORM_NAMES if name not in EVERYDAY_NAMES}
        for name in POST_NAMES:
            self._names[name] = self._names.get(name, 0) | Meaning.PLATFORM | Meaning.CONTENT

    def _add(self, language: str, meaning: int, entry: str) -> None:
        word = entry.lstrip("=*")
        if meaning == Meaning.CONSENT and word.startswith(_COOKIES):
            meaning |= Meaning.COOKIE
        if language in UNSPACED and not word.isascii():
            self.unspaced.append((word, language, meaning))
            return
        table = {"=": self._whole, "*": self._inside}.get(entry[0], self._beginning)
        languages = table.setdefault(word, {})
        languages[language] = languages.get(language, 0) | meaning

    def meanings(self, word: str) -> Meanings:
        """Return what a word (in small letters) can mean: pairs of a language and bits of ``Meaning``."""
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            known = self._seen[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> Meanings:
        named = self._whole_names.get(word, 0)
        for length in range(1, min(len(word), _LONGEST) + 1):
            named |= self._names.get(word[:length], 0)
        found: dict[str, int] = dict.fromkeys(self._languages, named) if named else {}
        for language, meaning in self._whole.get(word, {}).items():
            found[language] = found.get(language, 0) | meaning
        matching = [self._beginning.get(word[:length]) for length in range(1, min(len(word), _LONGEST) + 1)]
        if len(word) <= 2 * _LONGEST:
            matching += [languages for part, languages in self._inside.items() if part in word]
        for languages in matching:
            for language, meaning in (languages or {}).items():
                found[language] = found.get(language, 0) | meaning
        return tuple(found.items())


@cache
def words() -> Words:
    """Return the words of all languages.

    >>> bool(dict(words().meanings("zustimmung"))["de"] & Meaning.CONSENT)
    True
    """
    return Words(json.loads(Path(__file__).with_name("consent_words.json").read_text(encoding="utf-8")))
