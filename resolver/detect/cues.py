"""Sentences that lead to an embed of which nothing is left: the weakest trace, for those who ask for it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.patterns import pattern
from resolver.rules.cues import LEADS, POSTS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The longest sentence that leads to an embed, in characters.
_LONGEST: Final = 240
_END = pattern(r":[^\S\n]{0,8}(?=\n|\Z)")


class Cue(NamedTuple):
    """A sentence that ends in a colon at the end of its line and speaks of a post; its span."""

    start: int
    end: int
    language: str
    rule: str = "cue.dangling"
    confidence: float = 0.3


def find_cues(text: str) -> Iterator[Cue]:
    """Yield the sentences in a text that lead to a post and end their line; whether one follows is not looked at.

    >>> [text[cue.start:cue.end] for text in ["Er ging. Siehe Tweet:\\n\\nDas war es."] for cue in find_cues(text)]
    ['Siehe Tweet:']
    """
    for end in _END.finditer(text):
        start = _start(text, end.start())
        sentence = text[start : end.start()].lower()
        if not _posts().search(sentence):
            continue
        language = next((code for code, lead in _leads().items() if lead.search(sentence)), None)
        if language:
            yield Cue(start, end.start() + 1, language)


def _start(text: str, end: int) -> int:
    floor = max(0, end - _LONGEST)
    breaks = (
        text.rfind(mark, floor, end) + len(mark)
        for mark in ("\n", ". ", "! ", "? ")
        if mark in text[floor:end]
    )
    start = max(breaks, default=floor)
    return end - len(text[start:end].lstrip())


@cache
def _posts() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{POSTS})(?!\w)|tweet|twitter")


@cache
def _leads() -> dict[str, re.Pattern[str]]:
    return {language: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for language, words in LEADS.items()}
