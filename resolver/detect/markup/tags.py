"""Start tags of an HTML source, their attributes, and where their elements end, without parsing the page."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: The longest element that is read, in characters; real embeds have a few thousand.
LONGEST_ELEMENT = 100_000

#: The longest start tag that is read; Substack keeps whole posts in an attribute.
LONGEST_TAG = 100_000

# Elements without content. A component of MDX is one if its tag ends with a slash.
_VOID = frozenset({"embed", "img", "link", "meta", "param", "source"})

# Attributes may hold `<` and `>` inside quotation marks.
_REST = r"(?=[\s/>])(?:[^<>\"']++|\"[^\"]{0,99999}+\"|'[^']{0,99999}+')*+>"


@cache
def _attribute() -> re.Pattern[str]:
    # The last value is JSX: {"123"}.
    return re.compile(
        r"""(?P<name>[^\s"'<>/=]{1,100}+)(?:\s{0,99}+=\s{0,99}+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'"""
        r"""|\{["'`](?P<braces>[^"'`{}]*+)["'`]\}|(?P<bare>[^\s"'<>]++)))?"""
    )


@dataclass(frozen=True)
class StartTag:
    """A start tag and its span in the source."""

    name: str
    start: int
    end: int
    written: str

    @cached_property
    def attributes(self) -> dict[str, str]:
        """The attributes by their names in lower case, with character references decoded; the first of a name.

        >>> tag = '<div class="a b" data-id=7 hidden>'
        >>> StartTag("div", 0, len(tag), tag).attributes
        {'class': 'a b', 'data-id': '7', 'hidden': ''}
        """
        found: dict[str, str] = {}
        for match in _attribute().finditer(self.written, len(self.name) + 1):
            value = match["double"] or match["single"] or match["braces"] or match["bare"] or ""
            found.setdefault(match["name"].lower(), html.unescape(value))
        return found

    @property
    def classes(self) -> frozenset[str]:
        """The names of its classes; ``className`` is what JSX calls them."""
        attributes = self.attributes
        return frozenset((attributes.get("class") or attributes.get("classname") or "").split())

    @property
    def is_empty(self) -> bool:
        """Whether the element ends with its start tag."""
        return self.name in _VOID or self.written.endswith("/>")


def in_lower_case(source: str) -> bytes:
    """Return an HTML source in UTF-8 with its ASCII letters in lower case, to look for names in.

    Names of HTML are of ASCII letters, and ``str.lower`` takes up to fifteen times as much memory as a page.

    >>> in_lower_case("<IFRAME> É").decode()
    '<iframe> É'
    """
    return source.encode("utf-8", "surrogatepass").lower()


def start_tags(source: str, names: Iterable[str]) -> Iterator[StartTag]:
    """Yield the start tags of the elements with these *names* (lower case), in their order.

    >>> [tag.name for tag in start_tags("<p><iframe src='a>b'></iframe>", ["iframe"])]
    ['iframe']
    """
    for match in _start_tag(tuple(sorted(names, key=lambda name: (-len(name), name)))).finditer(source):
        if match.end() - match.start() <= LONGEST_TAG:
            yield StartTag(match[1].lower(), match.start(), match.end(), match[0])


@cache
def _start_tag(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"<({'|'.join(map(re.escape, names))}){_REST}", re.IGNORECASE)


@cache
def _tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:/{name}\s{{0,99}}+>|{name}{_REST})", re.IGNORECASE)


class Ends:
    """Where the elements of one source end. The tags of each name are read once, however often it is asked."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._known: dict[str, tuple[dict[int, int], list[int]]] = {}

    def end(self, tag: StartTag) -> int:
        """Return where the element of a start tag ends: of an unclosed one, where the next of its name begins."""
        if tag.is_empty:
            return tag.end
        if tag.name not in self._known:
            self._known[tag.name] = self._read(tag.name)
        closed, starts = self._known[tag.name]
        end = closed.get(tag.start)
        if end is None:
            following = bisect_right(starts, tag.start)
            end = starts[following] if following < len(starts) else len(self._source)
        return max(tag.end, min(end, tag.start + LONGEST_ELEMENT))

    def _read(self, name: str) -> tuple[dict[int, int], list[int]]:
        closed: dict[int, int] = {}
        starts: list[int] = []
        opened: list[int] = []
        for match in _tag(re.escape(name)).finditer(self._source):
            starts.append(match.start())
            if self._source[match.start() + 1] != "/":
                opened.append(match.start())
            elif opened:
                closed[opened.pop()] = match.end()
        return closed, starts
