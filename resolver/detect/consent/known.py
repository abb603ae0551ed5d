"""Where known phrases stand in a text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.folding import fold
from resolver.detect.consent.prefilter import is_unspaced
from resolver.detect.consent.reading import WORD
from resolver.detect.consent.tables import known_literals
from resolver.rules.consent_names import PLATFORM_NAMES
from resolver.rules.consent_phrases import Strength, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resolver.rules.consent_phrases import Phrase

    #: A word -> the wordings of which it is the longest word: their fields and their other words, with tabs between.
    Index = Mapping[str, Sequence[str]]

__all__ = ["KnownPhrases", "Match", "index_of", "known_literals", "literals", "tells"]

_SLOT = re.compile(r"\{(platform|service|name)\}")
#: What ``{name}`` stands for: a short wording within a line.
_NAME: Final = r"[^\n]{1,60}?"
#: What ends a sentence or a line: a phrase with one within is of several.
_ENDS: Final = frozenset(".!?…。！？\n")
# Marks at the end of a phrase that extractors and editors lose.
_CLOSING: Final = ".!?。 "
#: Stands for a slot among the words of a phrase: what is written onto it is no word of its own in a text.
_GLUE: Final = "\x00"


class Match(NamedTuple):
    """A phrase and its span, and the platform that its slots name."""

    phrase: Wording
    start: int
    end: int
    platform: str | None


class KnownPhrases:
    """Phrases by their longest word, so that only those are compiled of which a text has all words."""

    def __init__(self, index: Index) -> None:
        #: The phrases by their longest words.
        self.index = index
        self._unspaced = [word for word in index if is_unspaced(word)]

    def matches(self, folded: str, start: int, end: int) -> list[Match]:
        """Return the phrases in a span of a folded text in their order, longer ones before those they contain."""
        region = folded[start:end]
        tokens = set(WORD.findall(region))
        found = [
            match
            for longest in self._longest(region, tokens)
            for packed in self.index[longest]
            for match in _matches(packed, folded, (start, end), region, tokens)
        ]
        found.sort(key=lambda match: (match.start, -match.end))
        return list(_apart(found))

    def _longest(self, region: str, tokens: set[str]) -> list[str]:
        spaced = sorted(self.index.keys() & tokens)
        if not is_unspaced(region):
            return spaced
        return spaced + [word for word in self._unspaced if word not in tokens and word in region]


def tells(match: Match, folded: str) -> bool:
    """Return whether a phrase can make of the sentences around it more of a note than their words do."""
    return match.phrase.strength != Strength.WEAK or not _ENDS.isdisjoint(folded[match.start : match.end - 1])


def index_of(phrases: Sequence[Phrase]) -> dict[str, list[str]]:
    """Return the wordings of some phrases by their longest word, as ``consent_tables/phrases.json`` holds them."""
    index: dict[str, list[str]] = {}
    for phrase in phrases:
        longest, *others = _words(phrase.text)
        fields = (field or "" for field in phrase.wording)
        index.setdefault(longest, []).append("\t".join([*fields, " ".join(others)]))
    return index


def _matches(
    packed: str, folded: str, span: tuple[int, int], region: str, tokens: set[str]
) -> Iterator[Match]:
    *fields, words = packed.split("\t")
    if all(word in tokens or (is_unspaced(word) and word in region) for word in words.split()):
        language, text, strength, kind, vendor, platform = fields
        yield from _find(
            Wording(language, text, strength, kind, vendor or None, platform or None), folded, *span
        )


def literals(phrases: Sequence[Phrase], known: Sequence[str]) -> tuple[str, ...]:
    """Return wordings of which each phrase contains one, where it contains none of those that are *known*."""
    more: dict[str, None] = {}
    for phrase in phrases:
        folded = fold(phrase.text)
        named = "{platform}" in folded or "{service}" in folded
        if phrase.strength != Strength.WEAK and not named and not any(trigger in folded for trigger in known):
            more[max((part.strip(_CLOSING) for part in _SLOT.split(folded)[::2]), key=len)] = None
    return tuple(more)


def _words(text: str) -> list[str]:
    """Return the words of a phrase, the longest first, without those that are written onto a slot."""
    words = [
        token
        for part in _SLOT.sub(_GLUE, fold(text)).split()
        for token in WORD.findall(part)
        if is_unspaced(token) or not (f"{_GLUE}{token}" in part or f"{token}{_GLUE}" in part)
    ]
    return sorted(set(words), key=lambda word: (-len(word), word))


def _find(wording: Wording, folded: str, start: int, end: int) -> Iterator[Match]:
    for match in _pattern(wording.text).finditer(folded, start, end):
        named = [value for value in match.groups() if value]
        platform = next((PLATFORM_NAMES[name] for name in named if name in PLATFORM_NAMES), None)
        yield Match(wording, match.start(), match.end(), wording.platform or platform)


def _apart(matches: list[Match]) -> Iterator[Match]:
    floor = 0
    for match in matches:
        if match.start >= floor:
            yield match
            floor = match.end


@cache
def _pattern(text: str) -> re.Pattern[str]:
    parts = _SLOT.split(fold(text).rstrip(_CLOSING))
    source = "".join(_slot(part) if number % 2 else _literal(part) for number, part in enumerate(parts))
    before = r"(?<!\w)" if _spaced(text[0]) or text.startswith(("{platform}", "{service}")) else ""
    after = r"(?!\w)" if _spaced(text.rstrip(_CLOSING)[-1]) or text.rstrip(_CLOSING).endswith("}") else ""
    closing = "[.!?。]?" if text.rstrip()[-1] in _CLOSING else ""
    return re.compile(before + source + after + closing)


def _slot(kind: str) -> str:
    return f"({_NAME})" if kind == "name" else f"({_names()})"


def _literal(part: str) -> str:
    words = [re.escape(word) for word in part.split()]
    space = r"\s{1,4}"
    return (
        (space if part[:1].isspace() else "")
        + space.join(words)
        + (space if part[-1:].isspace() and words else "")
    )


@cache
def _names() -> str:
    return "|".join(re.escape(name) for name in sorted(PLATFORM_NAMES, key=len, reverse=True))


def _spaced(character: str) -> bool:
    """Return whether a letter is of a script that parts its words by spaces."""
    return bool(re.match(r"\w", character)) and character < "\u2e80"
