"""The parts of a text around places in its bytes, decoded: what tells whether a note is there needs no more of it."""

from __future__ import annotations

import codecs
import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: How far a part reaches before and after a place, in characters; a note is shorter, and a word is within the rest.
REACH: Final = 500
#: The most bytes of a character in UTF-8.
_WIDEST: Final = 4
#: The bytes of a character in UTF-8 but for its first.
_CONTINUING: Final = bytes(range(0x80, 0xC0))
#: The most bytes of a character in JSON.
_WIDEST_IN_JSON: Final = 12
# An escape, or the beginning or the end of a string.
_ESCAPED = re.compile(r'\\u([0-9a-fA-F]{4})|\\.|"', re.DOTALL)
_MEANT: Final = {'"': "\n", r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\b": "\b", r"\f": "\f"}


class Window(NamedTuple):
    """A part of a text, and where in it the places are that it is around, in characters."""

    text: str
    ends: Sequence[int]


def windows(data: bytes | memoryview, ends: Sequence[int]) -> Iterator[Window | None]:
    """Yield the parts of a text in UTF-8 around some places (sorted), close ones as one; ``None`` for another encoding.

    >>> window, = windows(b"x" * 2_000 + b" no cookies " + b"y" * 2_000, [2_011])
    >>> window.text == "x" * 489 + " no cookies " + "y" * 499, window.ends
    (True, [500])
    """
    return (_window(data, near) for near in _close(ends))


def json_windows(line: bytes | memoryview, ends: Sequence[int]) -> Iterator[Window | None]:
    r"""Yield the same of the strings in a line of JSON, its escapes read; between two strings is a line break.

    >>> window, = json_windows(b'{"id": 7, "text": "No\\ncookies \\u201chere\\u201d."}', [30])
    >>> window.text
    '{\nid\n: 7, \ntext\n: \nNo\ncookies “here”.\n}'
    >>> window.text[: window.ends[0]].endswith("cookies")
    True
    """
    return (_json_window(line, near) for near in _close(ends))


def _close(ends: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield places that are so close that they are in one window."""
    at = 0
    while at < len(ends):
        first, last = at, ends[at]
        while at < len(ends) and ends[at] - last <= REACH:
            last = ends[at]
            at += 1
        yield ends[first:at]


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
    text = _decoded(whole)
    if text is None:
        return None
    places = [len(whole[: end - cut].translate(None, _CONTINUING)) for end in ends]
    before = max(0, places[0] - REACH)
    return Window(text[before : places[-1] + REACH], [place - before for place in places])


def _json_window(line: bytes | memoryview, ends: Sequence[int]) -> Window | None:
    widest = _WIDEST_IN_JSON if b"\\u" in bytes(line[max(0, ends[0] - REACH) : ends[-1] + REACH]) else _WIDEST
    start = max(0, ends[0] - REACH * widest)
    cuts = (start, *ends, ends[-1] + REACH * widest)
    pieces = [bytes(line[one:other]) for one, other in pairwise(cuts)]
    if start:
        pieces[0] = pieces[0].lstrip(_CONTINUING)
    texts = [_unescaped(text) for text in map(_decoded, pieces) if text is not None]
    if len(texts) < len(pieces):
        return None
    texts[0], texts[-1] = texts[0][-REACH:], texts[-1][:REACH]
    return Window("".join(texts), list(accumulate(map(len, texts[:-1]))))


def _decoded(part: bytes) -> str | None:
    """Return what is written in UTF-8, but for a character that is cut at the end; ``None`` for another encoding."""
    try:
        return codecs.utf_8_decode(part, "strict", False)[0]  # noqa: FBT003 - it takes no names
    except UnicodeDecodeError:
        return None


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_character, text) if "\\" in text or '"' in text else text


def _character(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else _MEANT.get(escaped[0], escaped[0][-1])
