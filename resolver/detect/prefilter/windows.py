"""The parts of a text around places in its bytes, decoded: what tells whether a note is there needs no more of it."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: How far a part reaches before and after a place, in characters; a note is shorter, and a word is within the rest.
REACH: Final = 800
#: The most bytes of a character in UTF-8.
_WIDEST: Final = 4
#: The bytes of a character in UTF-8 but for its first.
_CONTINUING: Final = bytes(range(0x80, 0xC0))


class Window(NamedTuple):
    """A part of a text, and where in it the places are that it is around, in characters."""

    text: str
    ends: Sequence[int]


def windows(data: bytes | memoryview, ends: Sequence[int]) -> Iterator[Window | None]:
    """Yield the parts of a text in UTF-8 around some places (sorted), close ones as one; ``None`` for another encoding.

    >>> window, = windows(b"x" * 2_000 + b" no cookies " + b"y" * 2_000, [2_011])
    >>> window.text == "x" * 789 + " no cookies " + "y" * 799, window.ends
    (True, [800])
    """
    at = 0
    while at < len(ends):
        first, last = at, ends[at]
        while at < len(ends) and ends[at] - last <= REACH:
            last = ends[at]
            at += 1
        yield _window(data, ends[first:at])


def _window(data: bytes | memoryview, ends: Sequence[int]) -> Window | None:
    start = max(0, ends[0] - REACH)
    part = bytes(data[start : ends[-1] + REACH])
    if part.isascii():
        return Window(part.decode("ascii"), [end - start for end in ends])
    start = max(0, ends[0] - REACH * _WIDEST)
    part = bytes(data[start : ends[-1] + REACH * _WIDEST])
    # Only the first and the last character may have been cut.
    whole = part.lstrip(_CONTINUING) if start else part.removeprefix(codecs.BOM_UTF8)
    cut = start + len(part) - len(whole)
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(whole)
    except UnicodeDecodeError:
        return None
    places = [len(whole[: end - cut].translate(None, _CONTINUING)) for end in ends]
    before = max(0, places[0] - REACH)
    return Window(text[before : places[-1] + REACH], [place - before for place in places])
