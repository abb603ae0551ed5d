"""Where known phrases stand in a text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.folding import fold
from resolver.rules.consent_names import PLATFORM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.rules.consent_phrases import Phrase

_SLOT = re.compile(r"\{(platform|service|name)\}")
_WORD = re.compile(r"\w")
#: What ``{name}`` stands for: a short wording within a line.
_NAME: Final = r"[^\n]{1,60}?"
# Marks at the end of a phrase that extractors and editors lose.
_CLOSING: Final = ".!?。 "


class Match(NamedTuple):
    """A phrase and its span, and the platform that its slots name."""

    phrase: Phrase
    start: int
    end: int
    platform: str | None


class KnownPhrases:
    """Phrases by their longest word, so that only those are compiled of which a text has all words."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases: dict[str, list[tuple[Phrase, tuple[str, ...]]]] = {}
        for phrase in phrases:
            longest, *others = _words(phrase.text)
            self._phrases.setdefault(longest, []).append((phrase, tuple(others)))

    def matches(self, folded: str, start: int, end: int) -> list[Match]:
        """Return the phrases in a span of a folded text in their order, longer ones before those they contain."""
        region = folded[start:end]
        found = [
            match
            for longest, candidates in self._phrases.items()
            if longest in region
            for phrase, words in candidates
            if all(word in region for word in words)
            for match in _find(phrase, folded, start, end)
        ]
        found.sort(key=lambda match: (match.start, -match.end))
        return list(_apart(found))


def literals(phrases: Sequence[Phrase], known: Sequence[str]) -> tuple[str, ...]:
    """Return wordings of which each phrase contains one, where it contains none of those that are *known*."""
    more: dict[str, None] = {}
    for phrase in phrases:
        folded = fold(phrase.text)
        named = "{platform}" in folded or "{service}" in folded
        if phrase.strength != "weak" and not named and not any(trigger in folded for trigger in known):
            more[max((part.strip(_CLOSING) for part in _SLOT.split(folded)[::2]), key=len)] = None
    return tuple(more)


def _words(text: str) -> tuple[str, ...]:
    words = " ".join(_SLOT.split(fold(text))[::2]).split()
    return tuple(sorted({word.strip(_CLOSING) for word in words}, key=lambda word: -len(word)))


def _find(phrase: Phrase, folded: str, start: int, end: int) -> Iterator[Match]:
    for match in _pattern(phrase.text).finditer(folded, start, end):
        named = [value for value in match.groups() if value]
        platform = next((PLATFORM_NAMES[name] for name in named if name in PLATFORM_NAMES), None)
        yield Match(phrase, match.start(), match.end(), phrase.platform or platform)


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
    return bool(_WORD.match(character)) and character < "\u2e80"
