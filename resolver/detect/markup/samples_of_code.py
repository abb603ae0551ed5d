"""Markup that an article shows as code, to explain how posts are embedded: it embeds nothing."""

from __future__ import annotations

import re
from functools import cache

#: How far before a place its element of code may begin, in characters.
FARTHEST = 2_000


@cache
def _code() -> re.Pattern[str]:
    return re.compile(r"<(/?)(?:code|pre|textarea|kbd|samp|xmp)(?=[\s>])", re.IGNORECASE)


def is_sample_of_code(source: str, position: int) -> bool:
    """Return whether a place of the source is within an element for code.

    >>> is_sample_of_code("<pre><code>[embed]", 11), is_sample_of_code("<code>x</code>[embed]", 14)
    (True, False)
    """
    last = None
    for tag in _code().finditer(source, max(0, position - FARTHEST), position):
        last = tag
    return last is not None and not last[1]
