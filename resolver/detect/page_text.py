"""The text of a page with the place of every character in its source, so that a find in it can be pointed to.

This is not a parser: it passes over tags, comments and what is never shown, ends a paragraph where a block element
begins or ends, and decodes character references. It reads each character once, whatever the page does.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from resolver.detect.marked_text import MARKS, SPACES, marked, whole
from resolver.detect.page_runs import runs
from resolver.detect.page_tags import INLINE, NOT_SHOWN, REFERENCE, TAG
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What stands between paragraphs.
PARAGRAPH_BREAK = "\n\n"

_TAG = pattern(TAG)
_REFERENCE = pattern(REFERENCE)
_WHITE_SPACE = str.maketrans("\t\n\f\r", "    ")


@dataclass
class Places:
    """Where in a source each run of the characters of its text stands; inside a run both go on together."""

    text_starts: list[int] = field(default_factory=list)
    source_starts: list[int] = field(default_factory=list)
    #: Where the character references end that make up a run of their own, by the number of the run.
    reference_ends: dict[int, int] = field(default_factory=dict)


@dataclass
class PageText:
    """The text of a page, and where in the *source* its characters stand."""

    source: str
    text: str = ""
    #: Where in the text each left-out part of the source would stand, by its start in the source.
    left_out: dict[int, int] = field(default_factory=dict)

    @cached_property
    def places(self) -> Places:
        """Where the text stands: to know it takes several times as long as the text, and few pages have a find."""
        return _Reader(self.source, ()).read().places

    def source_start(self, offset: int) -> int:
        """Return where in the source the character at *offset* of the text begins."""
        run = bisect_right(self.places.text_starts, offset) - 1
        return self.places.source_starts[run] + offset - self.places.text_starts[run]

    def source_end(self, offset: int) -> int:
        """Return where in the source the character before *offset* of the text ends."""
        run = bisect_right(self.places.text_starts, offset - 1) - 1
        as_written = self.places.source_starts[run] + offset - self.places.text_starts[run]
        return self.places.reference_ends.get(run, as_written)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that the span *start* to *end* of the text stands in."""
        return self.source_start(start), self.source_end(end)


def page_text(source: str, left_out: Sequence[tuple[int, int]] = ()) -> PageText:
    """Return the text of an HTML *source*, without the parts *left_out* (spans in order, not overlapping).

    >>> page = page_text("<p>Caf&eacute; <b>Noir</b></p><p>opens</p>")
    >>> page.text
    'Café Noir\\n\\nopens'
    >>> page.source_start(page.text.index("Noir"))
    18
    """
    text = None if left_out else _text_alone(source)
    return _Reader(source, left_out).read() if text is None else PageText(source, text)


def _text_alone(source: str) -> str | None:
    """Return the text of a source, where it can be made without the places of its characters."""
    if any(mark in source for mark in MARKS):
        return None
    page = source.encode("utf-8", "surrogatepass").translate(SPACES)
    parts: list[str] = []
    for run in runs(page):
        if not run.known:
            return None
        parts.append(marked(page[run.start : run.end].decode("utf-8", "surrogatepass")))
    return whole(parts)


class _Reader:
    def __init__(self, source: str, left_out: Sequence[tuple[int, int]]) -> None:
        self.source = source
        self.left_out = left_out
        self.page = PageText(source)
        self.places = self.page.places = Places()
        self.pieces: list[str] = []
        self.length = 0
        self.broken = True
        self.never_closed: set[str] = set()
        self.hidden_to = 0

    def read(self) -> PageText:
        position = 0
        for start, end in self.left_out:
            self._read_until(position, start)
            self._break()
            self.page.left_out[start] = self.length
            # What is left out may end inside something that is not shown, as an embed in a script's JSON does.
            position = max(end, self.hidden_to)
        self._read_until(position, len(self.source))
        self.page.text = "".join(self.pieces).rstrip()
        return self.page

    def _read_until(self, position: int, end: int) -> None:
        source = self.source
        while position < end:
            tag_start = source.find("<", position, end)
            if tag_start == -1:
                self._add_text(position, end)
                return
            self._add_text(position, tag_start)
            self.hidden_to = self._after_tag(tag_start)
            position = min(self.hidden_to, end)

    def _after_tag(self, start: int) -> int:
        """Return where reading goes on after the tag or comment at *start*, or after a bare ``<``."""
        source = self.source
        if source.startswith("<!--", start):
            return self._after("-->", start + 4)
        if source.startswith(("<!", "<?"), start):
            return self._after(">", start)
        match = _TAG.match(source, start)
        if match is None:
            self._add(source[start], start)
            return start + 1
        name = match[1].lower()
        if name not in INLINE:
            self._break(line=name == "br")
        if name in NOT_SHOWN and source[start + 1] != "/" and not match[0].endswith("/>"):
            return self._after_element(name, match.end())
        return match.end()

    def _after(self, closing: str, start: int) -> int:
        found = self.source.find(closing, start)
        return len(self.source) if found == -1 else found + len(closing)

    def _after_element(self, name: str, start: int) -> int:
        # An element that never ends would swallow the page. That it does not end is remembered, so that many of
        # them do not make the reading of a page quadratic.
        if name not in self.never_closed:
            closing = re.compile(rf"</{re.escape(name)}[\s/>]", re.IGNORECASE).search(self.source, start)
            if closing is not None:
                return closing.start()
            self.never_closed.add(name)
        return start

    def _add_text(self, start: int, end: int) -> None:
        if start == end:
            return
        position = start
        if self.source.find("&", start, end) != -1:
            for reference in _REFERENCE.finditer(self.source, start, end):
                self._add(self.source[position : reference.start()], position)
                character = html.unescape(reference[0])
                if character != reference[0]:
                    self._add(character, reference.start(), reference.end())
                else:
                    self._add(character, reference.start())
                position = reference.end()
        self._add(self.source[position:end], position)

    def _add(self, piece: str, source_start: int, source_end: int | None = None) -> None:
        if not piece or (self.broken and piece.isspace()):
            return
        places = self.places
        if source_end is not None:
            places.reference_ends[len(places.text_starts)] = source_end
        places.text_starts.append(self.length)
        places.source_starts.append(source_start)
        self.pieces.append(piece.translate(_WHITE_SPACE))
        self.length += len(piece)
        self.broken = False

    def _break(self, *, line: bool = False) -> None:
        if self.broken and not line:
            return
        mark = "\n" if line else PARAGRAPH_BREAK
        places = self.places
        places.text_starts.append(self.length)
        places.source_starts.append(places.source_starts[-1] if places.source_starts else 0)
        self.pieces.append(mark)
        self.length += len(mark)
        self.broken = True
