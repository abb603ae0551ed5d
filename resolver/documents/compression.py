"""The compressions that files come in, behind one kind of decompressor."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

#: The most memory that one decompressor may take: ``xz -9`` needs 65 MiB.
_MEMORY_LIMIT = 256 * 1024 * 1024


class Decompressor(Protocol):
    """Decompresses one member (gzip), stream (bzip2, xz) or frame (zstd), as the standard library's do."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out before something is put in."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What was put in and stands behind the end of the member."""
        ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Return the next bytes, at most *max_length* where that is not negative."""
        ...


class Codec(NamedTuple):
    """What a compression needs to be read: a new decompressor for each member, and what that raises."""

    new: Callable[[], Decompressor]
    error: type[Exception]


class Compression(NamedTuple):
    """One way in which files are compressed."""

    name: str
    suffix: str
    #: How each member begins.
    magic: re.Pattern[bytes]
    #: Returns the codec. Raises ImportError where the library for it is not installed.
    load: Callable[[], Codec]


class _Zlib:
    """A gzip member by zlib, which has the same parts as the other decompressors under other names."""

    def __init__(self) -> None:
        import zlib

        self._zlib = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max(0, max_length))


def _gzip() -> Codec:
    """Return the codec of ISA-L where it is installed, which is the faster, else that of zlib."""
    try:
        from isal import igzip_lib
    except ImportError:
        import zlib

        return Codec(_Zlib, zlib.error)
    isal_error: Any = igzip_lib.IsalError  # its stub says that it is an instance
    return Codec(lambda: igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP), isal_error)


def _bzip2() -> Codec:
    import bz2

    return Codec(bz2.BZ2Decompressor, OSError)


def _xz() -> Codec:
    import lzma

    return Codec(lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY_LIMIT), lzma.LZMAError)


def zstd_codec(dictionary: bytes | None = None) -> Codec:
    """Return the codec of zstd, for frames that were compressed with a *dictionary* where one is given.

    Raises ImportError before Python 3.14 where ``backports.zstd`` is not installed.
    """
    zstd = _zstd_module()
    known = None if dictionary is None else zstd.ZstdDict(dictionary)
    return Codec(lambda: zstd.ZstdDecompressor(zstd_dict=known), zstd.ZstdError)


def _zstd_module() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


#: The magic numbers: RFC 1952 2.3.1 (with deflate, the only method there is), bzip2's and xz's format
#: descriptions, RFC 8878 3.1.1 and, for frames that are skipped, 3.1.2.
COMPRESSIONS = (
    Compression("gzip", ".gz", re.compile(rb"\x1f\x8b\x08"), _gzip),
    Compression("zstd", ".zst", re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), zstd_codec),
    Compression("bzip2", ".bz2", re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), _bzip2),
    Compression("xz", ".xz", re.compile(rb"\xfd7zXZ\x00"), _xz),
)


def compression_of(start: bytes) -> Compression | None:
    """Return the compression of a file by its first bytes; ``None`` where it is not compressed.

    >>> compression_of(b"BZh91AY&SY").name, compression_of(b"BZh, a text")
    ('bzip2', None)
    """
    return next((known for known in COMPRESSIONS if known.magic.match(start)), None)


def preview(start: bytes, compression: Compression | None, name: str) -> bytes:
    """Return the first bytes of the content of a file that begins with *start*; what is damaged is not there.

    Raises :class:`~resolver.errors.InputError` where the compression cannot be read by what is installed.

    >>> import gzip
    >>> preview(gzip.compress(b"words"), COMPRESSIONS[0], "a.gz")
    b'words'
    """
    if compression is None:
        return start
    try:
        codec = compression.load()
    except ImportError as error:
        problem = f"is compressed with {compression.name}, which needs another library"
        raise InputError(name, problem, "install embed-resolver[corpus]") from error
    try:
        return codec.new().decompress(start, 65_536)
    except codec.error:
        return b""
