"""The tags of a page one after another, each character of the page being read at most twice.

A placeholder keeps HTML in its attributes, so an attribute's value may hold ``<`` and ``>``; a parser that is fooled
by them takes what is hidden for a part of the page. What scripts, styles and comments hold is no tag.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The longest value of an attribute in characters; a quotation mark that closes later is not taken for its end.
LONGEST_VALUE = 1_000_000

#: Elements that have no content: https://html.spec.whatwg.org/multipage/syntax.html#void-elements
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

# Elements whose content is text to the parser: https://html.spec.whatwg.org/multipage/parsing.html
_RAW = {
    name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp")
}

# A tag without `<` in it: an attempt ends at the next `<`, so that all attempts together read the page once.
_PLAIN_TAG = pattern(r"<(/?)([a-zA-Z][^\s/>\"'<]{0,60}+)(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>", re.DOTALL)
_NAME = pattern(r"<(/?)([a-zA-Z][^\s/>\"'<]{0,60}+)")
_UNTIL_QUOTE_OR_END = pattern(r"[^>\"']*+")
_ATTRIBUTE = pattern(
    r"([^\s=/\"'<>]{1,200}+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]*+)))?", re.DOTALL
)


class Tag(NamedTuple):
    """One tag: its span, its name in lower case, and whether it closes an element."""

    start: int
    end: int
    name: str
    closing: bool


def tags(source: str) -> Iterator[Tag]:
    """Yield the tags of an HTML source in their order.

    >>> [(tag.name, tag.closing) for tag in tags("<p title='<b>'>Hi<br></p><!-- <i> --><script>'<u>'</script>")]
    [('p', False), ('br', False), ('p', True), ('script', False), ('script', True)]
    """
    return _Reader(source).read()


def attributes(source: str, tag: Tag) -> dict[str, str]:
    """Return the attributes of a tag, names in lower case, values with their character references decoded.

    >>> page = '<a HREF="?a=1&amp;b=2" hidden>'
    >>> attributes(page, next(tags(page)))
    {'href': '?a=1&b=2', 'hidden': ''}
    """
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source, tag.start + 1 + len(tag.name), tag.end - 1):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
    return found


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        #: Where the next quotation mark of each kind stands, as far as is known; -1 where there is none.
        self.next_quote = {'"': 0, "'": 0}
        #: What was looked for and is nowhere in the rest of the page.
        self.missing: set[str] = set()

    def read(self) -> Iterator[Tag]:
        position = self.source.find("<")
        while position != -1:
            match = _PLAIN_TAG.match(self.source, position)
            tag = _tag(match, match.end()) if match else self._other_tag(position)
            if tag is None:
                position = self.source.find("<", self._after(position))
                continue
            yield tag
            end = tag.end if tag.closing else self._after_content(tag)
            position = self.source.find("<", end)

    def _other_tag(self, position: int) -> Tag | None:
        """Return the tag with ``<`` or a lone quotation mark among its attributes, ``None`` where there is none."""
        name = _NAME.match(self.source, position)
        if name is None or ">" in self.missing:
            return None
        end = self._tag_end(name.end())
        return _tag(name, end) if end is not None else None

    def _tag_end(self, position: int) -> int | None:
        while True:
            position = self._skip(position)
            if position >= len(self.source):
                self.missing.add(">")
                return None
            if self.source[position] == ">":
                return position + 1
            opens = self.source[max(0, position - 3) : position].rstrip().endswith("=")
            close = self._closing_quote(position) if opens else None
            position = position + 1 if close is None else close + 1

    def _skip(self, position: int) -> int:
        match = _UNTIL_QUOTE_OR_END.match(self.source, position)
        return match.end() if match else position

    def _closing_quote(self, position: int) -> int | None:
        quote = self.source[position]
        if -1 < self.next_quote[quote] <= position:
            self.next_quote[quote] = self.source.find(quote, position + 1)
        close = self.next_quote[quote]
        return close if 0 <= close - position <= LONGEST_VALUE else None

    def _after(self, position: int) -> int:
        """Return where reading goes on after the comment, declaration or bare ``<`` at *position*."""
        for opening, closing in (("<!--", "-->"), ("<!", ">"), ("<?", ">")):
            if self.source.startswith(opening, position) and closing not in self.missing:
                end = self.source.find(closing, position + len(opening))
                if end == -1:
                    self.missing.add(closing)
                    break
                return end + len(closing)
        return position + 1

    def _after_content(self, tag: Tag) -> int:
        """Return where reading goes on after an opening tag: after the text of an element that holds only text."""
        closing = _RAW.get(tag.name)
        if closing is None or tag.name in self.missing:
            return tag.end
        match = closing.search(self.source, tag.end)
        if match is None:
            self.missing.add(tag.name)
            return tag.end
        return match.start()


def _tag(match: re.Match[str], end: int) -> Tag:
    return Tag(match.start(), end, match[2].lower(), bool(match[1]))
