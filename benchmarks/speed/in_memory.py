"""Ways of looking for embeds in documents in memory: the limits, ours, and what others do."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from resolver.detect import detect
from resolver.detect.prefilter import Sieve, Trace, conditions
from resolver.detect.prefilter.engine import ENGINES, engine
from resolver.detect.prefilter.traces import IN_TEXT
from resolver.documents.decode import decode
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.speed.rate import Work

TODAY: Final = datetime(2026, 11, 20, tzinfo=UTC).date()
#: What a script would look for.
_NAIVE = re.compile(r"[—–-] ?([^\n(]{1,60}) \(@(\w{1,15})\) (\w+ \d{1,2}, \d{4})")
_ELEMENTS: Final = (
    "blockquote.twitter-tweet, blockquote.instagram-media, .fb-post, iframe[src*='youtube.com/embed']"
)


class _WithoutNotes(Sieve):
    """Says of no text that it has a word of a note: what the other rules cost, which is no way to find everything."""

    def __init__(self, name: str) -> None:
        super().__init__(worth=0, engine=name)
        self._texts = engine(conditions.of_texts(), name=name)

    def of_text(self, data: Any) -> Trace:
        found = Trace(0)
        for trace in {trace for _, trace in self._texts.hits(data)}:
            found |= trace
        return found & IN_TEXT & ~Trace.NOTE

    def of_page(self, data: Any) -> Trace:
        return super().of_page(data) & ~Trace.NOTE


def engines() -> list[str]:
    """Return the names of the engines that are installed, but for Python's own."""
    return [name for name, _ in ENGINES if name != "re" and find_spec(name) is not None]


def of_texts() -> dict[str, Work]:
    """Return the ways for texts."""
    ways: dict[str, Work] = {
        "one literal, bytes.find": lambda texts: sum(b"pic.twitter.com/" in text for text in texts)
    }
    for name in engines():
        sieve = _warm(Sieve(worth=0, engine=name))
        ways[f"bare scan, {name}"] = _bare(name)
        ways[f"this project, {name}"] = _finding(sieve, html=False)
        ways[f"this project but for notes, {name}"] = _finding(_warm(_WithoutNotes(name)), html=False)
    ways["this project, no prefilter"] = _finding(None, html=False)
    ways["a naive regex on every text"] = lambda texts: sum(
        len(_NAIVE.findall(decode(text).text)) for text in texts
    )
    return ways


def of_pages() -> dict[str, Work]:
    """Return the ways for pages, of those libraries that are installed."""
    ways: dict[str, Work] = {
        "one literal, bytes.find": lambda pages: sum(b"twitter-tweet" in page for page in pages)
    }
    for name in engines():
        sieve = _warm(Sieve(worth=0, engine=name))
        ways[f"bare scan, {name}"] = lambda pages, sieve=sieve: _each(pages, sieve.of_page)  # type: ignore[misc]
        ways[f"this project, {name}"] = _finding(sieve, html=True)
        ways[f"this project but for notes, {name}"] = _finding(_warm(_WithoutNotes(name)), html=True)
    ways["this project, no prefilter"] = _finding(None, html=True)
    makers: dict[str, Callable[[], Work]] = {
        "bs4": _bs4, "selectolax": _selectolax, "trafilatura": _trafilatura, "goose3": _goose3, "newspaper": _newspaper,
    }  # fmt: skip
    return ways | {
        f"{name}, every page": make() for name, make in makers.items() if find_spec(name) is not None
    }


def missing() -> list[str]:
    """Return which of the libraries to compare with are not installed."""
    names = ("selectolax", "trafilatura", "goose3", "newspaper", "tweetfinder", "hyperscan", "re2")
    return [name for name in names if find_spec(name) is None]


def _each(documents: Sequence[bytes], traces: Callable[[bytes], Trace]) -> None:
    for document in documents:
        traces(document)


def _bare(name: str) -> Work:
    hits = engine(conditions.of_texts(), name=name).hits

    def work(texts: Sequence[bytes]) -> None:
        for text in texts:
            hits(text)

    return work


def _warm(sieve: Sieve) -> Sieve:
    sieve.of_text(b"")
    sieve.of_page(b"")
    return sieve


def _finding(sieve: Sieve | None, *, html: bool) -> Work:
    def work(documents: Sequence[bytes]) -> int:
        found = 0
        for data in documents:
            if sieve is not None and not (sieve.of_page(data) if html else sieve.of_text(data)):
                continue
            text = decode(data).text
            document = Document(id="", html=text) if html else Document(id="", text=text)
            found += len(detect(document, today=TODAY, sieve=sieve))
        return found

    return work


def _bs4() -> Work:
    from bs4 import BeautifulSoup

    return lambda pages: sum(len(BeautifulSoup(page, "lxml").select(_ELEMENTS)) for page in pages)


def _selectolax() -> Work:
    from selectolax.lexbor import LexborHTMLParser

    return lambda pages: sum(len(LexborHTMLParser(page).css(_ELEMENTS)) for page in pages)


def _trafilatura() -> Work:
    from trafilatura import extract

    def work(pages: Sequence[bytes]) -> None:
        for page in pages:
            extract(page)

    return work


def _goose3() -> Work:
    from goose3 import Goose

    goose = Goose()
    return lambda pages: sum(len(goose.extract(raw_html=page.decode()).tweets) for page in pages)


def _newspaper() -> Work:
    from newspaper import article

    def work(pages: Sequence[bytes]) -> None:
        for page in pages:
            article("https://news.example/", input_html=page.decode())

    return work
