"""Bytes to text: what is declared, else what it looks like; what cannot be decoded is replaced and counted."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from resolver.patterns import pattern

_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MARKS = tuple(mark for mark, _ in _BYTE_ORDER_MARKS)

# https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding looks at the
# first 1,024 bytes; pages in the wild put it later.
_META = pattern(rb"<meta[^<>]{1,300}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([a-z0-9_:.-]{1,40})")
_META_WITHIN = 8_192

# Codecs of Python that are not text encodings of the web, or that the standard forbids to honour.
_AS_UTF_8 = pattern(r"utf-?(?:7|8|16|32)|idna|punycode|undefined|unicode|raw|mbcs|oem", re.IGNORECASE)

# https://encoding.spec.whatwg.org/#names-and-labels: what a label means on the web, by Python's name of the codec
# (or the label itself, where Python knows none). Each is the larger one of its family.
_ON_THE_WEB = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
}

# Bytes above ASCII, as they stand together. Text of a Western single-byte encoding has them one by one.
_HIGH_BYTES = pattern(rb"[\x80-\xff]{1,64}")
_LOOKED_AT = 65_536


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and how many characters had to be replaced by U+FFFD."""

    text: str
    encoding: str
    replaced: int


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of *data*, which may be HTML.

    By its byte order mark, by *declared*, by its ``<meta charset>``, else detected.

    What is declared is believed, as browsers do, but not where no encoding is called so. Never fails: what the
    encoding does not know is replaced by U+FFFD, and counted.

    >>> decode(b"caf\\xe9 \\x80", declared="iso-8859-1").text
    'café €'
    """
    if declared is None or _known(declared) is None:
        # In one case: a pattern that ignores case is slower by far.
        start = data[:_META_WITHIN].lower()
        meta = _META.search(start) if b"charset" in start else None
        declared = meta[1].decode("ascii") if meta else None
    return decode_text(data, declared=declared)


def is_plain(data: bytes | memoryview, *, declared: str | None = None, html: bool) -> bool:
    """Return whether *data* is read as UTF-8 or Windows-1252, in *html* by its ``<meta charset>`` too.

    >>> is_plain(b"caf\\xe9", html=False), is_plain(b"<meta charset=koi8-r>", html=True)
    (True, False)
    """
    start = bytes(data[:4])
    if start.startswith(_MARKS):
        return byte_order_mark(start)[1] == "utf-8"
    encoding = _known(declared) if declared else None
    if encoding is None and html:
        start = bytes(data[:_META_WITHIN]).lower()
        meta = _META.search(start) if b"charset" in start else None
        encoding = _known(meta[1].decode("ascii")) if meta else None
    return encoding in {None, "utf-8", "ascii", "cp1252"}


def decode_text(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of *data*, which is no HTML: by its byte order mark, by *declared*, else detected.

    >>> decode_text(b'<meta charset="koi8-r"> is what Russian pages have').encoding
    'utf-8'
    """
    mark, encoding = byte_order_mark(data)
    if encoding is not None:
        return _decode(data[len(mark) :], encoding)
    known = _known(declared) if declared else None
    return _decode(data, known) if known else detect(data)


def detect(data: bytes) -> Decoded:
    """Return the text of *data* that declares nothing: UTF-8, else Windows-1252 where it looks like it.

    That is, where nearly all bytes above ASCII stand alone, as the accented letters of Western languages do, and
    fewer sequences are UTF-8 than are not. All else is read as UTF-8. Other encodings are not guessed: a wrong
    guess looks like text.

    >>> detect(b"caf\\xe9")
    Decoded(text='café', encoding='cp1252', replaced=0)
    >>> detect("дом".encode("cp1251"))
    Decoded(text='\\ufffd\\ufffd\\ufffd', encoding='utf-8', replaced=3)
    """
    decoded = _decode(data, "utf-8")
    return _decode(data, "cp1252") if decoded.replaced and _looks_western(data[:_LOOKED_AT]) else decoded


def byte_order_mark(start: bytes) -> tuple[bytes, str | None]:
    """Return the byte order mark that a text begins with and the encoding it stands for; else ``b""``, ``None``.

    >>> byte_order_mark(b"\\xff\\xfea\\x00")
    (b'\\xff\\xfe', 'utf-16-le')
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return mark, encoding
    return b"", None


def _looks_western(data: bytes) -> bool:
    runs = _HIGH_BYTES.findall(data)
    alone = sum(len(run) == 1 for run in runs)
    return alone * 10 >= len(runs) * 9


def _decode(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, 0)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, text.count("\ufffd"))


@lru_cache(maxsize=256)
def _known(label: str) -> str | None:
    """Return the codec that a label means on the web; ``None`` where it means none."""
    label = label.strip().lower()
    if _AS_UTF_8.match(label):
        return "utf-8"
    if label in _ON_THE_WEB:
        return _ON_THE_WEB[label]
    try:
        codec = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return _ON_THE_WEB.get(codec.name, codec.name) if codec._is_text_encoding else None
