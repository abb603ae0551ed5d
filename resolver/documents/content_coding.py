"""The body of an answer as it was before it was coded for transport, as far as it can be had.

Many archives keep the head of what they have decoded, so that a body may not be as its head says. Where it does not
begin as the coding does, it is taken as it is.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from resolver.documents.compression import zstd_codec
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

#: How much of a body is put into a decompressor at once: what comes of no more than that is lost with a damage in it.
_STEP: Final = 512
_CUT_OFF: Final = "is cut off"
_DAMAGED: Final = "is damaged"
# RFC 9112 7.1: the size of a chunk in hexadecimal digits, and extensions that nobody uses.
_CHUNK_SIZE = pattern(rb"[ \t]{0,8}([0-9A-Fa-f]{1,8})[ \t]{0,8}(?:;[^\r\n]{0,256})?\r?\n")
# What a text has in the first bytes of it, and no brotli stream of a page: no control characters.
_CONTROL = pattern(rb"[\x00-\x08\x0b\x0e-\x1a\x7f]")
_LOOKED_AT: Final = 256


class Body(NamedTuple):
    """A body, and what is wrong with it; ``None`` where nothing is."""

    data: bytes | memoryview
    problem: str | None = None


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Brotli:
    """Brotli's decompressor with the parts that the others have."""

    def __init__(self) -> None:
        import brotli

        self._brotli = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._brotli.is_finished())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        found = bytes(self._brotli.process(data, output_buffer_limit=max_length))
        # What it has not taken of what was put in, it keeps, and takes nothing more before that.
        while len(found) < max_length and not self._brotli.can_accept_more_data():
            found += self._brotli.process(b"", output_buffer_limit=max_length - len(found))
        return found


class _Coding(NamedTuple):
    """A coding (https://www.iana.org/assignments/http-parameters)."""

    #: Whether a body can be of it, by how it begins.
    fits: Callable[[bytes], bool]
    #: New decompressors, of which the first that is not wrong is right.
    kinds: tuple[Callable[[], _Decompressor], ...]
    #: Whether nothing else begins so.
    is_certain: bool = False


def _zstd() -> _Decompressor:
    return zstd_codec().new()


_GZIP: Final = _Coding(
    lambda body: body.startswith(b"\x1f\x8b"), (lambda: zlib.decompressobj(31),), is_certain=True
)
_CODINGS: Final = {
    b"gzip": _GZIP,
    b"x-gzip": _GZIP,
    # RFC 9110 8.4.1.2: it is zlib's, though some servers send it bare.
    b"deflate": _Coding(
        lambda body: not body.startswith(b"<"),
        (lambda: zlib.decompressobj(15), lambda: zlib.decompressobj(-15)),
    ),
    b"br": _Coding(lambda body: _CONTROL.search(body, 0, _LOOKED_AT) is not None, (_Brotli,)),
    b"zstd": _Coding(lambda body: body.startswith(b"\x28\xb5\x2f\xfd"), (_zstd,), is_certain=True),
}


def decoded(body: bytes, codings: bytes, limit: int) -> Body:
    """Return a *body* with its *codings*, as its head names them, undone, the last first; at most *limit* bytes.

    >>> decoded(zlib.compress(b"<p>One</p>"), b"deflate", 99)
    Body(data=b'<p>One</p>', problem=None)
    >>> decoded(b"<p>One</p>", b"gzip", 99), decoded(zlib.compress(b"<p>One</p>")[:-6], b"deflate", 99).problem
    (Body(data=b'<p>One</p>', problem=None), 'is cut off')
    """
    problem = None
    for name in reversed(codings.split(b",")):
        coding = _CODINGS.get(name.strip())
        if coding is not None and body and coding.fits(body):
            body, within = _undone(body, coding, name.strip().decode(), limit)
            problem = problem or within
    return Body(body, problem)


def _undone(body: bytes, coding: _Coding, name: str, limit: int) -> tuple[bytes, str | None]:
    for kind in coding.kinds:
        try:
            found, problem = _decompressed(body, kind(), limit)
        except ImportError:
            return b"", f"is coded with {name}, for which embed-resolver[corpus] has to be installed"
        if found or problem != _DAMAGED:
            return found, problem
    # Where it must be what its head says, nothing of it can be had.
    return (b"", _DAMAGED) if coding.is_certain else (body, None)


def _decompressed(body: bytes, decompressor: _Decompressor, limit: int) -> tuple[bytes, str | None]:
    found = bytearray()
    try:
        for start in range(0, len(body), _STEP):
            found += decompressor.decompress(body[start : start + _STEP], max(1, limit - len(found)))
            if decompressor.eof or len(found) >= limit:
                return bytes(found[:limit]), None
    except Exception:  # noqa: BLE001 - each library has an error of its own, and may not be installed
        return bytes(found), _DAMAGED
    return bytes(found), _CUT_OFF


def joined(body: bytes) -> Body:
    """Return the chunks of a *body* as one; the body itself where it does not begin with the size of one.

    >>> joined(b"3\\r\\nOne\\r\\n0\\r\\n\\r\\n"), joined(b"<p>"), joined(b"9\\r\\nOne").problem
    (Body(data=b'One', problem=None), Body(data=b'<p>', problem=None), 'is cut off')
    """
    parts: list[bytes] = []
    position = missing = 0
    while match := _CHUNK_SIZE.match(body, position):
        size = int(match[1], 16)
        parts.append(body[match.end() : match.end() + size])
        missing = size - len(parts[-1])
        position = match.end() + size
        if not size:
            break
        position += 2 if body.startswith(b"\r\n", position) else body.startswith(b"\n", position)
    if not parts:
        return Body(body)
    # Servers that close the connection at the end leave out the last chunk, which is empty.
    return Body(b"".join(parts), _CUT_OFF if missing else None)
