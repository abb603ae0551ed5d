"""What a page says to those who see it: its title and its text, from bytes of strangers."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from resolver.audit.sketch import sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4 import BeautifulSoup

#: Characters of a title that are kept; longer ones are cut.
LONGEST_TITLE: Final = 300

#: Words by which pages are compared, at most.
_MOST_WORDS: Final = 20_000

_WORD = re.compile(r"\w+")

#: What is in a page without being shown.
_NOT_SHOWN = ("script", "style", "template", "noscript", "svg", "head")

#: How a page begins that is none, or one in an encoding that shares nothing with ASCII.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page shows."""

    title: str | None
    #: Its words in lower case, in their order.
    words: tuple[str, ...]
    #: Whether it has scripts: then it may show more than stands in it.
    scripted: bool
    #: Its source in lower case, for marks that are not shown.
    source: str

    @property
    def digest(self) -> str:
        """The hex SHA-256 of its words: the same for a page whose markup alone has changed."""
        return hashlib.sha256(" ".join(self.words).encode("utf-8", "surrogatepass")).hexdigest()

    def sketch(self, *, without: tuple[str, ...] = ()) -> tuple[int, ...]:
        """Return a sketch of its text, *without* a row of words, such as the name in its address that it repeats."""
        return sketch(without_row(self.words, without))


def without_row(words: Sequence[str], row: tuple[str, ...]) -> list[str]:
    """Return words without every place where those of *row* follow one another.

    >>> without_row(["not", "found", "the", "bridge", "sorry"], ("the", "bridge"))
    ['not', 'found', 'sorry']
    """
    kept, at, length = [], 0, len(row)
    while at < len(words):
        if length and words[at] == row[0] and tuple(words[at : at + length]) == row:
            at += length
        else:
            kept.append(words[at])
            at += 1
    return kept


def read_page(body: bytes) -> Page | None:
    """Return what a page shows; ``None`` where the bytes are no HTML. Never fails.

    >>> page = read_page(b"<title>Nothing here</title><p>Not <b>found</b>!</p><script>var x</script>")
    >>> page.title, page.words, page.scripted
    ('Nothing here', ('not', 'found'), True)
    >>> read_page(b"%PDF-1.7") is None
    True
    """
    if b"<" not in body[:4096] or body.startswith(_UTF_16) or b"\0" in body[:4096]:
        return None
    from bs4 import BeautifulSoup

    source = text_of(body)
    # html.parser and html5lib take time quadratic in the length of a hostile page; lxml does not.
    soup = BeautifulSoup(source, "lxml")
    title = _title(soup)
    scripted = soup.find("script") is not None
    for hidden in soup.find_all(_NOT_SHOWN):
        hidden.extract()
    words = _WORD.findall(soup.get_text(" ").lower())
    return Page(title=title, words=tuple(words[:_MOST_WORDS]), scripted=scripted, source=source.lower())


def text_of(body: bytes) -> str:
    r"""Return the bytes as text: UTF-8 where they are, else Windows-1252. Codecs named by strangers are not used.

    >>> text_of(b"caf\xe9 au lait")
    'café au lait'
    """
    try:
        body[:-3].decode("utf-8")  # a character may be cut in two at the end
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return body.decode("windows-1252", "replace")
    return body.decode("utf-8", "replace")


def _title(soup: BeautifulSoup) -> str | None:
    found = soup.find("title")
    words = found.get_text(" ", strip=True)[: 4 * LONGEST_TITLE].split() if found else []
    return " ".join(words)[:LONGEST_TITLE] or None
