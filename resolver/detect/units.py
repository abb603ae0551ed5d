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

# Stands for the line break where an inline element was broken over lines, so that it makes no wide space.
_BROKEN = "\u0002"
_WITHOUT_SENTENCES = pattern(
    r"\]\([^\s()]{1,600}\)|https?://[^\s<>]{1,600}|\bpic\.(?:twitter|x)\.com/\w{1,20}|[\w.]{1,60}@[\w.]{1,60}"
)
# None of these is without one of those.
_OF_THEM = ("](", "://", "pic.", "@")
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
    lines = list(lines_from_end(text, start, end))
    return [unit for line in reversed(lines) for unit in sentences(line)]


def lines_from_end(text: str, start: int, end: int) -> Iterator[Unit]:
    """Yield the lines between two places with anything on them, the last one first.

    Those that an inline element was broken over are one.
    """
    following: Unit | None = None
    for line in _written_lines(text, start, end):
        if following is None:
            following = line
        elif _goes_on(text, line, following):
            whole = text[line.start : following.end].replace("\n", _BROKEN)
            following = line._replace(end=following.end, text=whole, line=whole, column=following.column)
        else:
            yield following._replace(breaks=text.count("\n", line.end, following.start))
            following = line
    if following is not None:
        yield following._replace(breaks=text.count("\n", start, following.start))


def _written_lines(text: str, start: int, end: int) -> Iterator[Unit]:
    while start <= end:
        begin = max(start, text.rfind("\n", start, end) + 1)
        line = _line(text, begin, end)
        if line is not None:
            yield line
        end = begin - 1


def _line(text: str, start: int, end: int) -> Unit | None:
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
        breaks=0,
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


def sentences(line: Unit) -> Iterator[Unit]:
    """Yield the pieces of a line in their order."""
    masked = line.text
    if any(part in masked for part in _OF_THEM):
        masked = _WITHOUT_SENTENCES.sub(lambda link: "\u0001" * len(link[0]), masked)
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
