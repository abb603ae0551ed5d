"""The parts of a page's bytes that are shown: what is left without comments, and without what is never shown.

A part is read in one step of the engine of :mod:`re`, however many tags are in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.page_tags import NOT_SHOWN, TAG, VALUES
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters are counted here in bytes: a tag whose value is too long for one may be one.
_TOO_LONG: Final = rf"/?[a-zA-Z]{VALUES}(?:\"[^\"]{{65537}}|'[^']{{65537}})"
# What may hide what follows: a comment, a declaration, an element that is not shown.
_FIRST: Final = "".join(sorted({name[0] for name in NOT_SHOWN} | {name[0].upper() for name in NOT_SHOWN}))
_HIDING: Final = rf"(?=[!?{_FIRST}])(?:[!?]|(?i:{'|'.join(sorted(NOT_SHOWN))})(?![a-zA-Z0-9:-]))"
# Text, tags that hide nothing, and `<` that are none, up to what may hide something. The number of tags is bounded
# so that what is shown around a place is made of little more than that.
_RUN: Final = pattern(
    rf"[^<]*+(?:<(?!{_HIDING})(?:/?[a-zA-Z]{VALUES}>|(?!{_TOO_LONG}))[^<]*+){{0,64}}+".encode()
)
_HIDING_START: Final = pattern(f"<{_HIDING}".encode())
_TOO_LONG_START: Final = pattern(f"<{_TOO_LONG}".encode())
_TAG: Final = pattern(TAG.encode())


def _end(name: str) -> bytes:
    # To ignore case is to take other letters for `s` and `i` too, and there is white space above ASCII, which is
    # written in one way or another by the page's encoding: whatever stands there may be that.
    letters = name.encode().replace(b"s", rb"(?:s|\xc5\xbf)").replace(b"i", rb"(?:i|\xc4[\xb0\xb1])")
    return rb"(?i:</" + letters + rb")[\s\x1c-\x1f/>\x80-\xff]"


_ENDS: Final = {name.encode(): pattern(_end(name)) for name in NOT_SHOWN}


class Run(NamedTuple):
    """A part of a page, all text of which is shown; where it is not *known*, it may or may not be."""

    start: int
    end: int
    known: bool = True


def runs(page: bytes) -> Iterator[Run]:
    """Yield the parts of a page that are shown, with tags in them, in order; the rest of the page is not shown.

    The page is in UTF-8 or another encoding that has ASCII as it is. The parts are those that
    :mod:`resolver.detect.page_text` reads; as it takes the last one, which is not known, only characters can tell.

    >>> page = b"<p>a<!-- b --><script>c</script>d"
    >>> [page[run.start : run.end] for run in runs(page)]
    [b'<p>a', b'<script>', b'</script>d']
    """
    position = 0
    never_closed: set[bytes] = set()
    while position < len(page):
        run = _RUN.match(page, position)
        if run is not None and run.end() > position:
            yield Run(position, run.end())
            position = run.end()
        elif _HIDING_START.match(page, position) is None:
            yield Run(position, len(page), known=False)
            return
        elif page[position + 1] in b"!?":
            position = _after_comment(page, position)
        else:
            end, position = _element(page, (start := position), never_closed)
            yield Run(start, end, known=position >= end)
            position = max(position, end)


def _after_comment(page: bytes, start: int) -> int:
    closing, after = (b"-->", start + 4) if page.startswith(b"<!--", start) else (b">", start)
    found = page.find(closing, after)
    return len(page) if found == -1 else found + len(closing)


def _element(page: bytes, start: int, never_closed: set[bytes]) -> tuple[int, int]:
    """Return where the tag ends of an element that is not shown, and where reading goes on, before it if unknown."""
    unknown = len(page), start
    tag = _TAG.match(page, start)
    if tag is None:
        return unknown if _TOO_LONG_START.match(page, start) else (start + 1, start + 1)
    name = tag[1].lower()
    if name in never_closed or tag[0].endswith(b"/>"):
        return tag.end(), tag.end()
    closing = _ENDS[name].search(page, tag.end())
    if closing is None:
        never_closed.add(name)
        return tag.end(), tag.end()
    return (tag.end(), closing.start()) if closing[0].isascii() else unknown
