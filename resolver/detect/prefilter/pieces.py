"""Pieces of texts that are stored as bytes, decoded as far as a look at them needs."""

from __future__ import annotations

import codecs
from typing import Final

#: The bytes of a character in UTF-8 but for its first.
_CONTINUING: Final = bytes(range(0x80, 0xC0))


def before(text: bytes, end: int, *, most: int) -> str | None:
    r"""Return what stands before a place, in at *most* so many bytes; ``None`` if that is no UTF-8.

    >>> before("caf\u00e9 noir".encode(), 10, most=6), before(b"caf\xe9 noir", 9, most=6)
    (' noir', None)
    """
    piece = text[max(0, end - most) : end]
    # Its first character may have been cut.
    return _decoded(piece.lstrip(_CONTINUING) if end > most else piece)


def behind(text: bytes, start: int, *, most: int) -> str | None:
    r"""Return what stands from a place on, in at *most* so many bytes; ``None`` if that is no UTF-8.

    >>> behind("caf\u00e9 noir".encode(), 0, most=4)
    'caf'
    """
    return _decoded(text[start : start + most])


def _decoded(piece: bytes) -> str | None:
    if piece.isascii():
        return piece.decode("ascii")
    try:
        # Its last character may have been cut.
        return codecs.getincrementaldecoder("utf-8")().decode(piece)
    except UnicodeDecodeError:
        return None
