"""One element of a page with what is asked of it: its attributes, its inside, and the text that it shows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from resolver.detect.blocked.tags import attributes
from resolver.detect.page_text import page_text
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bs4 import BeautifulSoup
    from bs4.element import Tag as Element

    from resolver.detect.blocked.candidates import Candidate

#: The longest element that is read, in characters.
LONGEST_ELEMENT = 200_000

#: How many elements inside are asked for one step.
MOST_ELEMENTS = 20

#: The longest note of a placeholder, in characters. An element that shows more text holds more than a placeholder.
LONGEST_NOTE = 1_500

_NAMES = pattern(r"[A-Za-z0-9_-]{3,}")

# What bs4 hands over as text, not as markup.
_RAW = frozenset({"script", "style", "textarea"})


class Fragment:
    """A candidate's part of the source; everything is read when it is first asked for."""

    def __init__(self, source: str, candidate: Candidate) -> None:
        self.source = source
        self.candidate = candidate
        self.name = candidate.tag.name
        self.start = candidate.start
        self.end = min(candidate.end, self.start + LONGEST_ELEMENT)
        self.tag_end = candidate.tag.end

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """The attributes of the element itself."""
        return attributes(self.source, self.candidate.tag)

    @property
    def html(self) -> str:
        """The element as it stands in the source."""
        return self.source[self.start : self.end]

    @property
    def content(self) -> str:
        """What stands between its tags."""
        return self.source[self.tag_end : max(self.tag_end, min(self.candidate.content_end, self.end))]

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The element, parsed."""
        return _parsed(self.html)

    def inside(self, selector: str, within: str = "") -> Iterator[Element]:
        """Yield the elements inside that match a CSS selector, in their order, at most ``MOST_ELEMENTS``.

        Where *within* is given, they stand in the HTML that the content of such elements is.
        """
        if not _may_match(within or selector, self.content):
            return
        if not within:
            yield from self.soup.select(selector, limit=MOST_ELEMENTS)
            return
        for holder in self.soup.select(within, limit=MOST_ELEMENTS):
            yield from _parsed(content_of(holder)).select(selector, limit=MOST_ELEMENTS)

    @cached_property
    def shown(self) -> tuple[str, tuple[int, int] | None]:
        """The text that the element shows, and its span in the source."""
        page = page_text(self.html)
        if not page.text:
            return "", None
        start, end = page.source_span(0, len(page.text))
        return page.text, (self.start + start, self.start + end)


def _may_match(selector: str, source: str) -> bool:
    """Return whether all names in one alternative of a CSS selector stand in a source; parsing it costs more."""
    return any(all(name in source for name in _NAMES.findall(part)) for part in selector.split(","))


def _parsed(source: str) -> BeautifulSoup:
    from bs4 import BeautifulSoup

    # A lone surrogate, which a JSON text can bring in, is no character to the parser.
    return BeautifulSoup(source.encode("utf-8", "replace").decode("utf-8"), "lxml")


def content_of(element: Element) -> str:
    """Return what stands between the tags of a parsed element: the text of a script, the HTML of any other."""
    if element.name in _RAW:
        return element.get_text()
    return element.decode_contents()
