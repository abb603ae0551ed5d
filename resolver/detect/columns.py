"""How many columns of a terminal a text takes, which is what lines are broken by."""

from __future__ import annotations

import unicodedata


def columns(text: str) -> int:
    """Return how many columns a text takes: letters of Chinese, Japanese and Korean take two.

    >>> columns("port"), columns("\u6e2f")
    (4, 2)
    """
    return len(text) if text.isascii() else len(text) + sum(map(is_wide, text))


def is_wide(character: str) -> bool:
    """Return whether a character takes two columns, as letters of Chinese, Japanese and Korean do."""
    return character >= "\u1100" and unicodedata.east_asian_width(character) in "WF"
