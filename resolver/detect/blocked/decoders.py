"""The ways in which a page writes what it hides: a closed list, each way bounded in what it reads.

Every decoder takes a text and returns the texts that it stands for: none where the text is not written that way.
"""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, unquote_plus

from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: The longest text that is decoded, in characters.
LONGEST = 65_536

#: The longest state of a whole page (JSON) that is read, in characters.
LONGEST_STATE = 1_000_000

_BASE64 = pattern(r"[A-Za-z0-9+/_-]{16,}+={0,2}")
_WHITE_SPACE = pattern(r"\s+")
_ESCAPE = pattern(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_STRING = pattern(r"'((?:[^'\\\n]++|\\.)*+)'|\"((?:[^\"\\\n]++|\\.)*+)\"|`((?:[^`\\]++|\\.)*+)`", re.DOTALL)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


def base64_text(text: str) -> list[str]:
    """Return what a base64 text (of either alphabet, white space allowed) says in UTF-8.

    >>> base64_text("PGlmcmFtZSBzcmM9Ii8iPg==")
    ['<iframe src="/">']
    >>> base64_text("not base64")
    []
    """
    packed = _WHITE_SPACE.sub("", text)
    if not _BASE64.fullmatch(packed):
        return []
    packed = packed.rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    try:
        decoded = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
        return [decoded.decode("utf-8")]
    except (binascii.Error, UnicodeDecodeError):
        return []


def percent(text: str) -> list[str]:
    """Return a percent-encoded text decoded; as forms write it too (a plus for a space) where it is HTML then.

    >>> percent("%3Cp%3E"), percent("%3Cp+id=a%3E")
    (['<p>'], ['<p+id=a>', '<p id=a>'])
    """
    decoded = unquote(text)
    if decoded == text:
        return []
    return [decoded, unquote_plus(text)] if "+" in text and "<" in decoded else [decoded]


def entities(text: str) -> list[str]:
    """Return a text with its character references decoded, those that are escaped once more included.

    Also of the form ``&escapedquot;``, which a library for hydrated components writes.

    >>> entities("&amp;lt;p&amp;gt;"), entities("{&escapedquot;a&escapedquot;:1}")
    (['<p>'], ['{"a":1}'])
    """
    decoded = html.unescape(html.unescape(text)).replace("&escapedquot;", '"')
    return [decoded] if decoded != text else []


def json_strings(text: str, longest: int = LONGEST) -> list[str]:
    """Return the strings in a JSON text, in their order, the names of members left out.

    >>> json_strings('{"url": "https://example.com", "sizes": [{"name": "wide"}, 3]}')
    ['https://example.com', 'wide']
    """
    start = text.lstrip()[:1]
    if not start or start not in '{["' or len(text) > longest:
        return []
    try:
        return list(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        return []


def _strings(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def javascript(text: str) -> list[str]:
    """Return what the string literals in a script say; for a text without any, the text with its escapes read.

    >>> javascript("document.write('\\\\u003cp\\\\u003e')")
    ['<p>']
    >>> javascript(r"https:\\/\\/example.com")
    ['https://example.com']
    """
    found = [unescaped for match in _STRING.finditer(text) if (unescaped := _unescape(_inside(match)))]
    if found:
        return found
    whole = _unescape(text)
    return [whole] if whole != text else []


def _inside(match: re.Match[str]) -> str:
    return match[1] or match[2] or match[3] or ""


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    # A character beyond the basic plane is written as two escapes, which are one character only together.
    return _ESCAPE.sub(_escaped, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(match[3], match[3])


#: The decoders by the names that rows call them by.
DECODERS: Final[dict[str, Callable[[str], list[str]]]] = {
    "base64": base64_text,
    "percent": percent,
    "entities": entities,
    "json": json_strings,
    "javascript": javascript,
}


def decode(value: str, names: tuple[str, ...]) -> list[str]:
    """Return what a value says after the named decoders, one after another.

    >>> decode("%7B%22html%22%3A%22%3Cp%3E%22%7D", ("percent", "json"))
    ['<p>']
    """
    values = [value]
    for name in names:
        values = [found for text in values if len(text) <= LONGEST for found in DECODERS[name](text)]
    return values
