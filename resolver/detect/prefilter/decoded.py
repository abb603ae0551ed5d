"""A page with its references to ASCII characters decoded, and where in the page each place of it stands."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from resolver.patterns import pattern

if TYPE_CHECKING:
    import re

_REFERENCE: Final = pattern(rb"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});?")


@dataclass
class Decoded:
    """The bytes of a page, decoded, and where they go on as in the page, and how far that is from there."""

    page: bytes
    ends: list[int] = field(default_factory=lambda: [0])
    shifts: list[int] = field(default_factory=lambda: [0])

    def source_end(self, end: int) -> int:
        """Return where in the page that was decoded the byte before *end* ends."""
        return end + self.shifts[bisect_right(self.ends, end) - 1]


def decoded(page: bytes) -> Decoded:
    """Return a *page* with what its references to ASCII characters are to.

    >>> read = decoded(b"t&#46;co &eacute; &sol;")
    >>> read.page, read.source_end(2), read.source_end(len(read.page))
    (b't.co &eacute; /', 6, 23)
    """
    read = Decoded(page)
    pieces: list[bytes] = []
    length = position = 0
    for reference in _REFERENCE.finditer(page):
        character = _character(reference)
        if character is None:
            continue
        pieces += page[position : reference.start()], character
        length += reference.start() - position + len(character)
        position = reference.end()
        read.ends.append(length)
        read.shifts.append(position - length)
    read.page = b"".join([*pieces, page[position:]])
    return read


def _character(reference: re.Match[bytes]) -> bytes | None:
    import html  # its table of names is needed by few pages

    written = reference[0].decode("ascii")
    character = html.unescape(written)
    return character.encode() if character.isascii() and character != written else None
