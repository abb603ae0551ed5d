r"""How characters stand in bytes: a pattern that finds a wording however a document is written.

The patterns are of bytes, in what the expressions of hyperscan, RE2 and Python have in common. They find a wording in
UTF-8 and in the encodings that Windows-1252 is the larger one of, with or without the escapes of JSON, and in HTML
with tags between its words and references for its letters. Too much may be found, never too little.
"""

from __future__ import annotations

import re
from functools import cache
from html.entities import html5
from typing import Final

#: A white space as JSON escapes it.
_ESCAPED: Final = rb"\\{1,2}(?:[fnrt]|u[0-9a-fA-F]{4})"
#: A white space: as it is, as JSON escapes it, or, from U+0085 on, as up to three bytes above ASCII.
_SPACE: Final = rb"(?:[\t-\r\x1c-\x20\x85\xa0]|[\xc2\xe1-\xe3][\x80-\xbf]{1,2}|" + _ESCAPED + b")"
#: Signs of which any number may stand around a name. Each byte is matched in one way: else Python's engine tries all.
_AROUND: Final = rb"[>\t-\r\x1c-\x20\x80-\xff]|" + _ESCAPED
#: What may stand between two words of a page: white space, tags, references.
_GAP: Final = rb"(?:[\t-\r\x1c-\x20\x80-\xff]|" + _ESCAPED + rb"|&[#A-Za-z0-9]{2,9};?|<[^<>]*>)"
#: A slash, which JSON and scripts may escape.
SLASH: Final = rb"\\{0,8}/"

_PLAIN: Final = re.compile(r"[a-z0-9 ]{1,200}")
#: How long a part of a wording must be to stand for it, and how long it need not be: in ASCII, in other Latin letters,
#: and in other scripts, whose letters take more bytes; and of several words with such letters.
_SHORTEST, _LONGEST, _LONGEST_ABOVE, _LONGEST_OTHER, _LONGEST_ROW = 7, 14, 8, 5, 24
#: The ways in which letters above ASCII are written. JSON's escapes are known of letters of Latin-1 and of
#: punctuation only: a line with others has to be read (:func:`escapes`).
_JSON: Final = "json"
_REFERENCES: Final = "references"
#: As it is or as any reference, and how many letters in ASCII tell enough of a wording for that.
_MIXED: Final = "mixed"
_TELLING: Final = 4
_WAYS: Final = ("utf-8", _JSON, "cp1252")
#: What folding makes a space of.
_FOLDED_SPACE: Final = rb"(?: |\xc2?\xa0|\xe2\x80\xaf|\\{1,2}[uU](?:00[aA]0|202[fF]))"


def spaces(most: int, *, html: bool, least: int = 1) -> bytes:
    """Return a pattern for *least* to *most* white spaces of a text; in *html*, with whatever is not shown."""
    if html:
        return _GAP + (b"+" if least else b"*")
    return _SPACE + b"{%d,%d}" % (least, most)


def around(*, html: bool) -> bytes:
    """Return a pattern for the marks that stand around names: white space, a quote mark, any without width."""
    return b"(?:" + (b">|" + _GAP if html else _AROUND) + b")*"


def tags(*, html: bool) -> bytes:
    """Return a pattern for the tags and comments that may stand in an address of a page, none of which it shows."""
    return rb"(?:<[^<>]*>)*" if html else b""


def sign(character: str, *, html: bool) -> bytes:
    """Return a pattern for a sign; in *html*, also for a reference to it.

    >>> bool(re.fullmatch(sign("@", html=True), b"&#64;"))
    True
    """
    plain = re.escape(character.encode())
    return b"(?:" + plain + b"|" + _reference(character) + b")" if html else plain


def wording(text: str, *, html: bool = False, most_spaces: int = 1) -> bytes:
    r"""Return a pattern for a wording, letter for letter, *most_spaces* being how many there may be for one of its.

    >>> found = re.compile(wording("café noir", most_spaces=3))
    >>> [bool(found.search(text)) for text in ("un café  noir".encode(), b"caf\\u00e9 noir", b"caf\xe9 noir")]
    [True, True, True]
    """
    gap = spaces(most_spaces, html=html)
    return b"".join(gap if letter == " " else _character(letter, html=html) for letter in text)


def folded_wordings(text: str, *, html: bool = False) -> list[bytes]:
    """Return patterns for what is rare of a wording that is looked for in a folded text; one of them is in it.

    Where folding makes an ASCII letter of another one, that is not in them: see :func:`odd_letters`.

    >>> folded_wordings("gegevensbescherming")
    [b'(?i:gegevensbesche)']
    >>> [bool(re.search(pattern, "SÜTI".encode())) for pattern in folded_wordings("süti")]
    [True, False, False]
    """
    part = _rare_part(text)
    ways = [way for way in _WAYS if _can_write(part, way)] if not part.isascii() else _WAYS[:1]
    patterns = [b"".join(_folded(letter, way, html=html) for letter in part) for way in ways]
    if html and not part.isascii():
        patterns.append(_with_references(part))
    # Else it would be looked for from each letter of a row of escapes, each of which may stand in its first gap.
    no_escape = rb"(?:^|[^\\])" if html and part[1:2] == " " else b""
    return [b"(?i:" + no_escape + pattern + b")" for pattern in patterns]


def _with_references(part: str) -> bytes:
    """Return a pattern for a part of which letters above ASCII are references, where ASCII tells enough not all.

    Editors write those as references that their encoding, or a table of names, has or has not. Any reference will do
    there: to allow a letter and its own references each time takes hyperscan four times as long to compile.

    >>> found = re.compile(_with_references("bejegyzés nem elérhető"))
    >>> bool(found.search("bejegyz&eacute;s nem elérhet&#337;".encode()))
    True
    """
    if sum(letter.isascii() and letter.isalnum() for letter in part) < _TELLING:
        return b"".join(_folded(letter, _REFERENCES, html=True) for letter in part)
    return b"".join(_folded(letter, _MIXED, html=True) for letter in part)


def odd_letters(*, html: bool = False) -> list[bytes]:
    """Return patterns for the letters above ASCII that folding makes ASCII letters of; in *html*, also as references.

    >>> any(re.search(pattern, b"P&#304;NTEREST") for pattern in odd_letters(html=True))
    True
    """
    odd = [
        letter
        for plain, letters in _origins().items()
        if plain.isascii() and plain.isalpha()
        for letter in letters
    ]
    ways = (*_WAYS, _REFERENCES) if html else _WAYS
    return [_written(letter, way) for letter in odd for way in ways if _can_write(letter, way)]


def _rare_part(text: str) -> str:
    """Return what of a wording is searched for: a run of ASCII letters if it is long enough, else its beginning.

    Of several words it is more than one, since each of them is said of much else.
    """
    runs = (run.strip() for run in _PLAIN.findall(text))
    best = max(runs, key=lambda run: (" " in run and len(run) >= _SHORTEST, len(run)), default="")
    if best == text or (len(best) >= _SHORTEST and (" " in best or " " not in text)):
        return best[:_LONGEST].strip()
    if " " in text:
        return text[:_LONGEST_ROW].strip()
    return text[: _LONGEST_ABOVE if text.isascii() or max(text) < "\u0250" else _LONGEST_OTHER].strip()


def _folded(character: str, way: str, *, html: bool) -> bytes:
    if character == " ":
        return spaces(1, html=True) if html else _FOLDED_SPACE
    if character.isascii() and character.isalnum():
        return character.encode()
    same = [letter for letter in (character, *_origins().get(character, ())) if _can_write(letter, way)]
    forms = list(dict.fromkeys(_written(letter, way) for letter in same))
    return forms[0] if len(forms) == 1 and way != _MIXED else b"(?:" + b"|".join(forms) + b")"


def _can_write(text: str, way: str) -> bool:
    if way in {_REFERENCES, _MIXED}:
        return True
    if way == _JSON:
        return all(letter < "\u0100" or "\u2000" <= letter < "\u2100" for letter in text)
    try:
        return bool(text.encode(way))
    except UnicodeEncodeError:
        return False


def _written(letter: str, way: str) -> bytes:
    if letter.isascii():
        return re.escape(letter.encode())
    if way == _REFERENCES:
        return _reference(letter)
    if way == _MIXED:
        plain = [_written(letter, one) for one in ("utf-8", "cp1252") if _can_write(letter, one)]
        return b"|".join([*plain, rb"&[#A-Za-z0-9]{2,9};?"])
    if way != _JSON:
        return b"".join(b"\\x%02x" % byte for byte in letter.encode(way))
    units = letter.encode("utf-16-be", "surrogatepass")
    return b"".join(
        rb"\\{1,2}[uU]" + _hexadecimal(units[at : at + 2].hex()) for at in range(0, len(units), 2)
    )


@cache
def _character(character: str, *, html: bool) -> bytes:
    if character.isascii():
        return re.escape(character.encode())
    forms = [_written(character, way) for way in _WAYS if _can_write(character, way)]
    return b"(?:" + b"|".join([*forms, _reference(character)] if html else forms) + b")"


def _reference(character: str) -> bytes:
    """Return a pattern for the references of HTML to a character."""
    point = ord(character)
    named = sorted(name for name, text in html5.items() if text == character and name.endswith(";"))
    hexadecimal = _hexadecimal(f"{point:x}")
    forms = [b"#0{0,4}%d;?" % point, b"#[xX]0{0,4}" + hexadecimal + b";?", *(name.encode() for name in named)]
    return b"&(?:" + b"|".join(forms) + b")"


def _hexadecimal(digits: str) -> bytes:
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in digits).encode()


@cache
def _origins() -> dict[str, list[str]]:
    """Return by each character the others, above ASCII, that folding makes it of."""
    from resolver.detect.consent.folding import fold

    origins: dict[str, list[str]] = {}
    for point in (*range(0x80, 0xD800), *range(0xE000, 0x1_0000)):
        letter = chr(point)
        plain = fold(letter)
        if plain != letter:
            origins.setdefault(plain, []).append(letter)
    return origins
