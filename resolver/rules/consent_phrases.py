"""What pages print where an embed is held back or broken, by language: interface wordings with their source.

The rows are in ``consent_phrases.json``. A phrase is matched without regard to case, white space and the form of
apostrophes; ``{platform}`` and ``{service}`` stand for any name of ``consent_names``, ``{name}`` for any short
wording. Left out for want of a public source: Complianz' Dutch, French and Italian "click to accept marketing
cookies". Left out because it is no note of an embed: the footer switch of hessenschau.de, and notices that a whole
page needs JavaScript.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Strength(StrEnum):
    """What a phrase proves."""

    #: A note of an embed wherever it stands.
    STRONG = "strong"
    #: A note where it is a line of its own; in running text someone may only speak of it.
    ALONE = "alone"
    #: Everyday wording that belongs to a note only beside a stronger one.
    WEAK = "weak"


class Wording(NamedTuple):
    """What of a phrase it takes to find it in a text and to say what it is."""

    #: ISO 639-1.
    language: str
    text: str
    strength: str
    #: ``consent`` or ``broken``: whether a choice of the reader, or something else, held the embed back.
    kind: str
    vendor: str | None = None
    #: The platform where the wording does not name it.
    platform: str | None = None


class Phrase(NamedTuple):
    """One wording, with a sentence in which it must be found and one in which it must not."""

    #: ISO 639-1.
    language: str
    text: str
    strength: Strength
    #: ``consent`` or ``broken``: whether a choice of the reader, or something else, held the embed back.
    kind: str
    source: str
    sample: str
    near_miss: str
    vendor: str | None = None
    #: The platform where the wording does not name it.
    platform: str | None = None

    @property
    def wording(self) -> Wording:
        """What it is found by."""
        return Wording(self.language, self.text, self.strength.value, self.kind, self.vendor, self.platform)


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return all phrases, in the order of the file.

    >>> sum(phrase.language == "nl" for phrase in phrases()) > 5
    True
    """
    source = Path(__file__).with_name("consent_phrases.json").read_text(encoding="utf-8")
    return tuple(Phrase(**row | {"strength": Strength(row["strength"])}) for row in json.loads(source))
