"""What a reader sees of an element: its text, with the places of its links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

# Elements that are paragraphs of their own.
_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li ol p pre section table td th tr ul".split()
)
_NOT_SHOWN = frozenset({"head", "noscript", "script", "style", "svg", "template"})


@cache
def _white_space() -> re.Pattern[str]:
    # Of HTML: no-break spaces are characters like others. JSX writes the space between two elements as {" "}.
    return re.compile(r"(?:[ \t\n\r\f]|\{[\"'] [\"']\})+")


@dataclass(frozen=True)
class ShownLink:
    """A link, with the span of its words in the text, and its attributes."""

    start: int
    end: int
    href: str
    attributes: dict[str, str]


@dataclass
class Shown:
    """The text of an element: blocks are paragraphs, runs of white space one space, as a browser shows it."""

    text: str = ""
    links: list[ShownLink] = field(default_factory=list)
    #: The values of ``datetime`` attributes.
    times: list[str] = field(default_factory=list)


def shown(fragment: str) -> Shown:
    """Return what is shown of a *fragment* of HTML. Raises nothing, whatever the fragment is.

    >>> shown('<p>One<br>two <a href="https://example.com/">here</a></p>&mdash; Jo').text
    'One\\ntwo here\\n\\n— Jo\\n\\n'
    """
    from bs4 import BeautifulSoup

    # The parser ends at a NUL and refuses lone surrogates. The tag in front keeps it from taking the fragment for
    # anything else than HTML.
    readable = fragment.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return _Reader().read(BeautifulSoup(f"<div>{readable}", "lxml"))


class _Reader:
    """Walks over a tree without recursion, since a page can nest as deep as it likes."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.result = Shown()

    def read(self, soup: BeautifulSoup) -> Shown:
        from bs4.element import NavigableString, PreformattedString, Tag

        waiting: list[tuple[object, int | None]] = [(soup, None)]
        while waiting:
            node, opened_at = waiting.pop()
            if isinstance(node, Tag):
                if opened_at is not None:
                    self._close(node, opened_at)
                elif node.name not in _NOT_SHOWN:
                    waiting.append((node, self._open(node)))
                    waiting += ((child, None) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._add(str(node))
        self.result.text = "".join(self.pieces)
        return self.result

    def _open(self, node: Tag) -> int:
        if node.name in _BLOCKS:
            self._break("\n\n")
        elif node.name == "br":
            self._put("\n")
        elif node.name == "img" and "emoji" in f"{node.get('class', '')}{node.get('src', '')}".lower():
            self._add(str(node.get("alt", "")))
        elif node.get("datetime"):
            self.result.times.append(str(node["datetime"]))
        return self.length

    def _close(self, node: Tag, opened_at: int) -> None:
        if node.name == "a":
            attributes = {name.lower(): str(value) for name, value in node.attrs.items()}
            href = attributes.get("href", "").strip()
            self.result.links.append(ShownLink(opened_at, self.length, href, attributes))
        elif node.name in _BLOCKS:
            self._break("\n\n")

    def _add(self, text: str) -> None:
        text = _white_space().sub(" ", text)
        if not self.pieces or self.pieces[-1][-1] in " \n":
            text = text.lstrip(" ")
        self._put(text)

    def _put(self, piece: str) -> None:
        if piece:
            self.pieces.append(piece)
            self.length += len(piece)

    def _break(self, mark: str) -> None:
        if self.pieces and not self.pieces[-1].endswith(mark):
            self._put(mark)
