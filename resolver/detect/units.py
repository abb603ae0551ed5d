"""The pieces of a text at whose beginnings a post may begin: its lines, and the sentences on them.

What separates two pieces tells most of where a post begins, since extractors turn the markup around a post into
white space: so many line breaks, wide spaces, or nothing at all where two elements met.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from resolver.detect.columns import columns
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator


class Joint(IntEnum):
    """What stands before a piece, the weaker first."""

    #: The end of a sentence on the same line.
    SENTENCE = 0
    #: A sentence's end with the next one glued to it: two elements met there.
    GLUED = 1
    #: Several spaces on one line: two elements met there.
    WIDE = 2
    #: A line break, or several.
    LINE = 3


class Unit(NamedTuple):
    """A piece of a text, without the white space and quote marks before it."""

    start: int
    end: int
    text: str
    joint: Joint
    #: How many line breaks stand before it.
    breaks: int
    #: Whether quote marks stand before it, and how many columns (with those of a bullet).
    quoted: bool
    indent: int
    #: The whole line that it stands on, and how many columns that takes.
    line: str
    column: int


_PREFIX = pattern(r"([^\S\n]{0,60})((?:>[^\S\n]?){0,8})([^\S\n]{0,60})")
#: What extractors write before the item of a list that a post stands in.
BULLET = pattern(r"[•‣◦▪●□■○][^\S\n]{1,4}")

_LINES = pattern(r"[^\n]+")
# Stands for the line break where an inline element was broken over lines, so that it makes no wide space.
_BROKEN = "\u0002"
_WITHOUT_SENTENCES = pattern(
    r"\]\([^\s()]{1,600}\)|https?://[^\s<>]{1,600}|\bpic\.(?:twitter|x)\.com/\w{1,20}|[\w.]{1,60}@[\w.]{1,60}"
)
# A wide space between two of a post's links is one that stood between their elements.
_BETWEEN_ENTITIES = pattern(r"(?:[^\n]{0,39}\s)?[#＃@＠]\w{1,39}[ \u00a0]{3,60}[#＃@＠\u0001]")
_ENDS = pattern(
    r"(?P<wide>[ \u00a0]{3,60})(?=\S)"
    r"|(?P<wide_script>[。！？][」』）”’\"]{0,2})[^\S\n]{0,2}(?=\S)"
    r"|(?P<end>[.!?…][\"'”’»)\]]{0,3})(?:[^\S\n]{1,2}(?=\S)|(?P<glued>)(?=[A-ZÀ-ÞА-Я@#“]))"
    r"|(?P<colon>:)[^\S\n]{1,2}(?=\S)"
)


def units(text: str, start: int, end: int) -> list[Unit]:
    """Return the pieces of a text between two places, in their order.

    >>> [unit.text for unit in units("> One. Two.\\n\\nThree", 0, 18)]
    ['One.', 'Two.', 'Three']
    """
    return [unit for line in _lines(text, start, end) for unit in _sentences(line)]


def _lines(text: str, start: int, end: int) -> Iterator[Unit]:
    """Yield the lines with anything on them; those that an inline element was broken over are one."""
    found: list[Unit] = []
    for match in _LINES.finditer(text, start, end):
        line = _line(text, match.start(), match.end(), found[-1].end if found else start)
        if line is None:
            continue
        if found and _goes_on(text, found[-1], line):
            whole = text[found[-1].start : line.end].replace("\n", _BROKEN)
            found[-1] = found[-1]._replace(end=line.end, text=whole, line=whole, column=line.column)
        else:
            found.append(line)
    yield from found


def _line(text: str, start: int, end: int, before: int) -> Unit | None:
    prefix = _PREFIX.match(text, start, end)
    width = prefix.end() - start if prefix else 0
    written = text[start + width : end].rstrip()
    if not written:
        return None
    bullet = BULLET.match(written)
    return Unit(
        start=start + width,
        end=start + width + len(written),
        text=written,
        joint=Joint.LINE,
        breaks=text.count("\n", before, start),
        quoted=bool(prefix and prefix[2]),
        indent=width + (bullet.end() if bullet else 0),
        line=written,
        column=width + columns(written),
    )


def _goes_on(text: str, line: Unit, following: Unit) -> bool:
    """Whether two lines were one, with a link in it that an extractor has put on a line of its own.

    Then the space between them is still there, on one side only; between two links it is all that stands on a line.
    """
    between = text[line.end : following.start]
    if line.quoted or following.quoted:
        return False
    return between in {" \n", "\n ", "\u00a0\n", "\n\u00a0", "\n \n", "\n\u00a0\n"}


def _sentences(line: Unit) -> Iterator[Unit]:
    masked = _WITHOUT_SENTENCES.sub(lambda link: "\u0001" * len(link[0]), line.text)
    begin, joint = 0, line.joint
    for match in _ENDS.finditer(masked):
        if match["wide"] and _BETWEEN_ENTITIES.match(masked, max(begin, match.start() - 40), match.end() + 1):
            continue
        ends = match.start() if match["wide"] else match.end(match.lastgroup or 0)
        yield _part(line, begin, ends, joint, first=begin == 0)
        begin = match.end()
        wide, glued = match["wide"] is not None, match["glued"] is not None
        joint = Joint.WIDE if wide else Joint.GLUED if glued else Joint.SENTENCE
    yield _part(line, begin, len(line.text), joint, first=begin == 0)


def _part(line: Unit, begin: int, end: int, joint: Joint, *, first: bool) -> Unit:
    return Unit(
        start=line.start + begin,
        end=line.start + end,
        text=line.text[begin:end].replace(_BROKEN, " "),
        joint=joint,
        breaks=line.breaks if first else 0,
        quoted=line.quoted,
        indent=line.indent,
        line=line.line,
        column=line.column,
    )
