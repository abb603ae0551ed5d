"""What others do with a page: parsers that select elements, and extractors of articles and tweets."""

from __future__ import annotations

import contextlib
import io
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from benchmarks.speed.children import newspaper, ripgrep
from benchmarks.speed.rate import timed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.speed.rate import Way

#: What a script would select.
_ELEMENTS: Final = (
    "blockquote.twitter-tweet, blockquote.instagram-media, .fb-post, iframe[src*='youtube.com/embed']"
)


def peers() -> dict[str, Way]:
    """Return those that are installed, by name."""
    found = {name: timed(make()) for name, (needs, make) in _PEERS.items() if find_spec(needs) is not None}
    by_newspaper = newspaper()
    return found if by_newspaper is None else {**found, "newspaper4k": by_newspaper}


def missing() -> list[str]:
    """Return the names of those that are not installed, and of ripgrep, which texts are compared with."""
    there = {*peers(), "ripgrep" if ripgrep() else ""}
    return [name for name in (*_PEERS, "newspaper4k", "ripgrep") if name not in there]


def _bs4() -> Callable[[Sequence[bytes]], int]:
    from bs4 import BeautifulSoup

    return lambda pages: sum(len(BeautifulSoup(page, "lxml").select(_ELEMENTS)) for page in pages)


def _selectolax() -> Callable[[Sequence[bytes]], int]:
    from selectolax.lexbor import LexborHTMLParser

    return lambda pages: sum(len(LexborHTMLParser(page).css(_ELEMENTS)) for page in pages)


def _trafilatura() -> Callable[[Sequence[bytes]], int]:
    return _each(import_module("trafilatura").extract, lambda _: 0)


def _goose3() -> Callable[[Sequence[bytes]], int]:
    goose = import_module("goose3").Goose({"enable_image_fetching": False})
    return _each(lambda page: goose.extract(raw_html=page.decode()), lambda article: len(article.tweets))


def _tweetfinder() -> Callable[[Sequence[bytes]], int]:
    library = import_module("tweetfinder")
    return _each(
        lambda page: library.Article(html=page.decode()), lambda article: article.count_embedded_tweets()
    )


def _each(read: Callable[[bytes], Any], count: Callable[[Any], int]) -> Callable[[Sequence[bytes]], int]:
    """Return what reads each page, and says how much is in it; what a library cannot read holds nothing for it."""

    def work(pages: Sequence[bytes]) -> int:
        found = 0
        for page in pages:
            with contextlib.suppress(Exception), contextlib.redirect_stderr(io.StringIO()):
                found += count(read(page))
        return found

    return work


#: By name: the module that each needs, and what makes it.
_PEERS: Final[dict[str, tuple[str, Callable[[], Callable[[Sequence[bytes]], int]]]]] = {
    "selectolax": ("selectolax", _selectolax),
    "bs4 with lxml": ("bs4", _bs4),
    "trafilatura": ("trafilatura", _trafilatura),
    "goose3": ("goose3", _goose3),
    "tweetfinder": ("tweetfinder", _tweetfinder),
}
