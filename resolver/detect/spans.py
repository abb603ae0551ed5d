"""Spans of a document: what they quote, and the characters around them."""

from __future__ import annotations

from typing import TypedDict

from resolver.models import CONTEXT_CHARACTERS
from resolver.patterns import pattern

_WHITE_SPACE = pattern(r"[^\S\n]+")
_LINE_ENDS = pattern(r" ?\n ?")
_PARAGRAPHS = pattern(r"\n{3,}")


class Quote(TypedDict):
    """A span with its text and context, named as the fields of an Embed."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str


def quote(source: str, start: int, end: int) -> Quote:
    """Return a span of *source* with what it quotes, and up to 32 characters on each side.

    >>> quote("Before. Tweet. After.", 8, 14)
    {'start': 8, 'end': 14, 'quote': 'Tweet.', 'prefix': 'Before. ', 'suffix': ' After.'}
    """
    return {
        "start": start,
        "end": end,
        "quote": source[start:end],
        "prefix": source[max(0, start - CONTEXT_CHARACTERS) : start],
        "suffix": source[end : end + CONTEXT_CHARACTERS],
    }


def tidy(text: str) -> str | None:
    """Return a text with runs of spaces as one and at most one empty line between lines; ``None`` for nothing.

    >>> tidy("  One \\t two \\n\\n\\n\\n three ")
    'One two\\n\\nthree'
    >>> tidy(" \\n ") is None
    True
    """
    lines = _LINE_ENDS.sub("\n", _WHITE_SPACE.sub(" ", text))
    return _PARAGRAPHS.sub("\n\n", lines).strip() or None
