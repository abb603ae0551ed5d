"""Bodies that come compressed although that was not asked for, decompressed no further than wanted."""

from __future__ import annotations

import zlib

#: The codings that are decoded, by how zlib is told of them. RFC 9110 8.4.1: "x-gzip" is "gzip"; "deflate" is
#: zlib's format. Others would need libraries that cannot be told when to stop.
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class CodingError(Exception):
    """A body is coded in a way that is not decoded, or not as it says."""


class Decoder:
    """Decodes one body, piece by piece. Raises :class:`CodingError` for codings that are not decoded.

    >>> import gzip
    >>> Decoder("gzip").decode(gzip.compress(b"hello"), most=3)
    b'hel'
    """

    def __init__(self, coding: str) -> None:
        name = coding.strip().lower()
        if name not in _WINDOWS and name not in {"", "identity"}:
            raise CodingError(f"the page is coded as {coding[:50]!a}, which was not asked for")
        self._decompressor = zlib.decompressobj(_WINDOWS[name]) if name in _WINDOWS else None

    def decode(self, piece: bytes, *, most: int) -> bytes:
        """Return what the next *piece* says, at most that many bytes of it; the rest is thrown away.

        Memory for no more than *most* bytes is used, whatever the piece would become. Raises
        :class:`CodingError` where it is not in the coding that was named.
        """
        if self._decompressor is None:
            return piece[:most]
        try:
            return self._decompressor.decompress(piece, most)
        except zlib.error as error:
            raise CodingError(f"the page is not coded as it says: {error}") from error

    def finish(self) -> None:
        """Raise :class:`CodingError` where the body ended before its coding did."""
        if self._decompressor is not None and not self._decompressor.eof:
            raise CodingError("the page ends in the middle of its coding")
