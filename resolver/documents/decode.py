"""Bytes to text: what is declared, else UTF-8; what cannot be decoded is replaced and counted."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding looks at the
# first 1,024 bytes; pages in the wild put it later.
_META = re.compile(
    rb"<meta[^<>]{1,300}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_META_WITHIN = 8_192

# Codecs of Python that are not text encodings of the web, or that the standard forbids to honour.
_AS_UTF_8 = re.compile(r"utf-?(?:7|16|32)|idna|punycode|undefined|unicode|raw|mbcs|oem", re.IGNORECASE)
# https://encoding.spec.whatwg.org/#names-and-labels: these labels mean windows-1252.
_AS_WINDOWS_1252 = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was read in, and how many characters had to be replaced by U+FFFD."""

    text: str
    encoding: str
    replaced: int


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of *data*: by its byte order mark, by *declared*, by its ``<meta charset>``, else as UTF-8.

    Never fails: what the encoding does not know is replaced by U+FFFD, and counted.

    >>> decode(b"caf\\xe9", declared="iso-8859-1").text
    'café'
    >>> decode(b"caf\\xe9")
    Decoded(text='caf\\ufffd', encoding='utf-8', replaced=1)
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding)
    meta = _META.search(data, 0, _META_WITHIN)
    label = declared or (meta[1].decode("ascii") if meta else "utf-8")
    return _decode(data, _known(label))


def _decode(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, 0)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, text.count("\ufffd"))


def _known(label: str) -> str:
    if _AS_UTF_8.match(label):
        return "utf-8"
    try:
        codec = codecs.lookup(label)
    except (LookupError, ValueError):
        return "utf-8"
    if not codec._is_text_encoding:
        return "utf-8"
    return "cp1252" if codec.name in _AS_WINDOWS_1252 else codec.name
