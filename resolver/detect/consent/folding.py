"""A text with the differences of writing taken out that no rule cares for, character by character."""

from __future__ import annotations

from typing import Final

_SAME: Final = (("\u00a0", " "), ("\u202f", " "), ("’", "'"), ("ʼ", "'"), ("ς", "σ"))


def fold(text: str) -> str:
    """Return the text in small letters, of the same length, so that its spans are spans of *text*.

    >>> fold("L’Œuvre\u00a0İ")
    "l'œuvre i"
    """
    if text.isascii():
        return text.lower()
    folded = text.replace("İ", "i").lower()
    for other, plain in _SAME:
        folded = folded.replace(other, plain)
    return folded
