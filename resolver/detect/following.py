"""What follows upon a handle: mostly the rest of a sentence, which one look tells from a date and a paragraph's end."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from resolver.dates import may_begin
from resolver.patterns import pattern

if TYPE_CHECKING:
    import re

# A sign that neither begins with nor is before what it is linked by, or a word in ASCII.
_EXPRESSION: Final = (
    r"[!\"#$%'()*+,./:;<=?@\\\]^_`{|}~-]|[ \t]{0,9}\n?[ \t]{0,40}([A-Za-z]{1,24})(?=[ ,;:\n)\]])"
)
_FOLLOWING = pattern(_EXPRESSION)
_FOLLOWING_IN_BYTES = pattern(_EXPRESSION.encode())


def goes_on(text: str, position: int) -> bool:
    """Return whether what follows is for certain neither a date nor the end of a paragraph.

    >>> [goes_on(text, 0) for text in (" of Theori", ", Al", " May 2, 2019", " 2 May", "", " [1]May")]
    [True, True, False, False, False, False]
    """
    return _goes_on(_FOLLOWING.match(text, position))


def bytes_go_on(text: bytes, position: int) -> bool:
    """Return the same for a text in an encoding whose bytes of ASCII are ASCII.

    >>> bytes_go_on(b" of Theori", 0), bytes_go_on(b" mai 2019", 0)
    (True, False)
    """
    return _goes_on(_FOLLOWING_IN_BYTES.match(text, position))


def _goes_on(following: re.Match[str] | re.Match[bytes] | None) -> bool:
    return following is not None and (following[1] is None or not _may_begin_a_date(following[1]))


@lru_cache(maxsize=4096)
def _may_begin_a_date(word: str | bytes) -> bool:
    return may_begin(word.decode("ascii") if isinstance(word, bytes) else word)
