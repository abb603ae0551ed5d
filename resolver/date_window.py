"""The characters at a place in a text, made plain for the patterns of dates, each still at its offset.

Patterns that had to know every white space and sign of Unicode would take longer to compile than most scans last.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

#: How far a printed date with its weekday and time of day can reach, in characters; real ones stay under 60.
LENGTH: Final = 160

#: White space and what has no width, such as marks of direction; without the space and the line break. That one
#: stays as it is, since a time of day on the next line is another matter.
SPACES: Final = (
    "\t\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u00ad\u061c\u1680\u180e\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
    + "".join(
        map(chr, (*range(0x2000, 0x200C), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
    )
)
_SIGNS: Final = {
    "'": "’‘ʼ׳＇`",
    ",": "،፣、，",
    ".": "。．٫…",
    "-": "‐‑‒–—―−－",
    ":": "：",
    "/": "／",
    "(": "（",
    ")": "）",
    ">": "＞",
    "|": "·•・",
    '"': "".join(
        chr(code)
        for code in range(0x80, 0xC0)
        if code not in {0x85, 0xA0, 0xAA, 0xAD, 0xB0, 0xB5, 0xB7, 0xBA}
    ),
}
_PLAIN: Final = dict.fromkeys(map(ord, SPACES), " ") | {
    ord(sign): plain for plain, signs in _SIGNS.items() for sign in signs
}


def window(text: str, position: int, limit: int) -> str:
    """Return what stands from *position* on and before *limit*: at most 160 characters, each at its own place.

    White space, marks of direction, Markdown's quote marks and ``&nbsp;`` are spaces there, signs that are no
    letters or digits are their ASCII relatives.

    >>> window("May\\n> 2,\\u00a02019 — “so”", 0, 99)
    'May\\n  2, 2019 - "so"'
    """
    piece = text[position : min(position + LENGTH, limit)]
    if "\n" in piece or "&" in piece:
        piece = _gaps().sub(lambda gap: gap[0][0].replace("&", " ") + " " * (len(gap[0]) - 1), piece)
    plain = piece.translate(_PLAIN)
    return plain if plain.isascii() else _other_signs().sub('"', plain)


@cache
def _gaps() -> re.Pattern[str]:
    return re.compile(r"\n(?:[ \t]?>){1,4}|&nbsp;|&#160;")


@cache
def _other_signs() -> re.Pattern[str]:
    """Return what matches the blocks of signs, arrows, emoji and the punctuation of East Asia."""
    return re.compile(r"[\u2010-\u2bff\U0001f000-\U0001faff]|[\u3001-\u303f]|[\uff01-\uff0f]")
