"""Notes that stand in a text where an embed was held back for lack of consent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from resolver.rules.consent_phrases import PHRASES, PLATFORM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.rules.consent_phrases import Phrase

# What may stand between two sentences of one note.
_BETWEEN = re.compile(r"\s{0,8}")


@dataclass(frozen=True)
class Placeholder:
    """One note: its span in the text, and what it says of language, platform and consent manager."""

    start: int
    end: int
    language: str
    platform: str | None
    vendor: str | None
    #: ``consent.<rule>``, and how sure it is that an embed was held back here, from 0 to 1.
    rule: str = "consent.phrase"
    confidence: float = 0.95


@dataclass(frozen=True)
class _Sentence:
    phrase: Phrase
    start: int
    end: int
    platform: str | None


def find_placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return the notes in a text in their order: runs of known sentences, at least one of them a strong one.

    A sentence that comes again begins a new note, so that two notes in a row are two.

    >>> find_placeholders("Twitter wordt niet geladen omdat je geen toestemming hebt gegeven. Meer nieuws.")
    (Placeholder(start=0, end=66, language='nl', platform='twitter', vendor=None, rule='consent.phrase', confidence=0.95),)
    >>> find_placeholders("Klik hier om het aan te passen.")
    ()
    """
    placeholders = []
    run: list[_Sentence] = []
    for sentence in _sentences(text):
        if run and not _goes_on(text, run, sentence):
            placeholders += _placeholder(run)
            run = []
        run.append(sentence)
    return (*placeholders, *_placeholder(run))


def _goes_on(text: str, run: list[_Sentence], sentence: _Sentence) -> bool:
    between = _BETWEEN.fullmatch(text, run[-1].end, sentence.start)
    return between is not None and all(known.phrase != sentence.phrase for known in run)


def _placeholder(run: list[_Sentence]) -> list[Placeholder]:
    strong = next((sentence for sentence in run if sentence.phrase.strong), None)
    if strong is None:
        return []
    platform = next((sentence.platform for sentence in run if sentence.platform), None)
    vendor = next((sentence.phrase.vendor for sentence in run if sentence.phrase.vendor), None)
    return [Placeholder(run[0].start, run[-1].end, strong.phrase.language, platform, vendor)]


def _sentences(text: str) -> Iterator[_Sentence]:
    for match in _pattern().finditer(text):
        number = match.lastgroup
        if number is None:
            continue
        platform = next(
            (value for value in match.groups() if value and value.casefold() in PLATFORM_NAMES), None
        )
        yield _Sentence(
            PHRASES[int(number[1:])],
            match.start(),
            match.end(),
            PLATFORM_NAMES[platform.casefold()] if platform else None,
        )


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern for all phrases, each a group by its number, the longer ones first."""
    order = sorted(range(len(PHRASES)), key=lambda number: -len(PHRASES[number].text))
    return re.compile(
        "|".join(f"(?P<p{number}>{_source(PHRASES[number].text)})" for number in order), re.IGNORECASE
    )


def _source(text: str) -> str:
    names = "|".join(re.escape(name) for name in sorted(PLATFORM_NAMES, key=len, reverse=True))
    words = [re.escape(word) for word in text.split()]
    source = r"\s{1,4}".join(words).replace(re.escape("{platform}"), f"({names})")
    return source.replace("'", "['’ʼ]")
