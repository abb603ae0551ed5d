"""Where a literal stands in a text: what is rare of a rule is looked for first, and the rule is asked only around it.

To search for a literal costs a tenth of what any regular expression does, and most literals are not there at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def places(text: str, literal: str) -> Iterator[int]:
    """Yield where a literal begins in a text, from the first place on; no two overlap.

    >>> list(places("aXbXXc", "X"))
    [1, 3, 4]
    """
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + len(literal))
