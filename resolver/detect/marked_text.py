"""The text of a part of a page in a few steps for all its tags: marks are put where they are, and then taken out."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from resolver.detect.page_tags import INLINE, REFERENCE, TAG
from resolver.patterns import pattern

if TYPE_CHECKING:
    import re

#: What stands for tags that break no paragraph, and around whatever is read by itself.
INSIDE: Final = "\x00"
_LINE, _PARAGRAPH = "\x01", "\x02"
#: All marks. What has them itself cannot be read here.
MARKS: Final = (INSIDE, _LINE, _PARAGRAPH)
#: What is a space in a text, of the bytes of its source.
SPACES: Final = bytes.maketrans(b"\t\n\f\r", b"    ")
_SPACES: Final = str.maketrans("\t\n\f\r", "    ")

_TAG: Final = pattern(TAG)
_REFERENCE: Final = pattern(REFERENCE)
# What is dropped behind each kind of break: white space by itself with the breaks behind it, but for those of a line,
# and that before one of a line. Expressions that begin with a character are searched for faster than any other.
_DROPPED: Final = tuple(
    (mark, pattern(rf"{mark}(?:\s*+[{INSIDE}{_PARAGRAPH}])++")) for mark in (_PARAGRAPH, _LINE)
)
_BEFORE_LINE: Final = tuple((mark, pattern(rf"{mark}\s++(?={_LINE})")) for mark in (_PARAGRAPH, _LINE))


def marked(source: str) -> str:
    r"""Return a part of a page with marks for its tags, and its references decoded.

    The part begins and ends outside of tags, and has none that hides something, marks, or white space but spaces.

    >>> marked("a<b>b</b>&amp;<p>c")
    'a\x00b\x00\x00&\x00\x02c'
    """
    pieces = _TAG.split(source)
    pieces[1::2] = map(_MARKS.__getitem__, pieces[1::2])
    text = "".join(pieces)
    if "<" in text:
        text = text.replace("<", f"{INSIDE}<{INSIDE}")
    return _REFERENCE.sub(_character, text) if "&" in text else text


def unmarked(text: str) -> str:
    r"""Return a text without its marks, broken as they say.

    >>> unmarked(marked("a <br> <p> <b>b</b></p>")), unmarked(marked("<p>a</p> <p>b</p>"))
    ('a \nb\n\n', '\n\na\n\nb\n\n')
    """
    for mark, dropped in (*_DROPPED, *_BEFORE_LINE):
        text = dropped.sub(mark, text)
    return text.replace(INSIDE, "").replace(_LINE, "\n").replace(_PARAGRAPH, "\n\n")


def whole(parts: list[str]) -> str:
    r"""Return the text of a page by all its parts, with their marks.

    >>> whole([marked(" <p>a</p> "), marked("<p>b")])
    'a\n\nb'
    """
    # A page begins as a paragraph does.
    return unmarked(INSIDE.join([_PARAGRAPH, *parts]))[2:].rstrip()


def _character(reference: re.Match[str]) -> str:
    return _decoded(reference[0])


@lru_cache(maxsize=1024)
def _decoded(reference: str) -> str:
    return INSIDE + html.unescape(reference).translate(_SPACES) + INSIDE


class _Marks(dict[str, str]):
    """The marks that stand for tags, by their names as they are written."""

    def __missing__(self, name: str) -> str:
        lower = name.lower()
        mark = _LINE if lower == "br" else INSIDE if lower in INLINE else _PARAGRAPH
        # Names are of whoever wrote the pages: no more of them are remembered than there are elements.
        if len(self) < 256:
            self[name] = mark
        return mark


_MARKS: Final = _Marks()
