"""Text from strangers, made fit for a terminal."""

from __future__ import annotations

import unicodedata

# Control, format (bidirectional marks among them), surrogate, and the line and paragraph separators.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def safe(text: str) -> str:
    r"""Return a text on one line, without anything that a terminal would obey: unsafe characters become spaces.

    >>> safe("red \x1b[31m alert\nnext")
    'red  [31m alert next'
    """
    return "".join(" " if unicodedata.category(character) in _UNSAFE else character for character in text)


def shorten(text: str, width: int) -> str:
    """Return a text made safe and cut to *width* characters, with an ellipsis where it was cut.

    >>> shorten("The harbour is open", 11)
    'The harbou…'
    """
    text = " ".join(safe(text).split())
    return text if len(text) <= width else text[: width - 1] + "…"
