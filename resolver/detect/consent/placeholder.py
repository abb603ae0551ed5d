"""The noun: a note of an embed that was held back."""

from __future__ import annotations

from typing import NamedTuple


class Placeholder(NamedTuple):
    """One note: its span in the text, and what it says of language, platform and consent manager."""

    start: int
    end: int
    #: ISO 639-1; ``None`` where it is unknown.
    language: str | None
    platform: str | None
    vendor: str | None
    #: ``consent.phrase`` (a known wording), ``consent.broken`` (known, and not for lack of consent) or
    #: ``consent.general``, and how sure it is that an embed was held back here, from 0 to 1.
    rule: str = "consent.phrase"
    confidence: float = 0.95
