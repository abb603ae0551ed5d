"""What the captured page of a post shows as its text, in the forms that the platform has had."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

#: Where pages of X have shown the text of a post: since 2010 for those who are not logged in, and since 2020 where a
#: browser made the page. https://developer.x.com/en/docs/x-for-websites/cards
_META: Final = ("og:description", "description", "twitter:description")
_ELEMENTS: Final = (
    ".tweet-text, .js-tweet-text, .entry-content, [data-testid=tweetText], blockquote.twitter-tweet p"
)

#: ``Jo Doe on Twitter: "The bridge is open" / X``: what stands around the text in a title.
_TITLE = re.compile(
    r"[^:]{1,120}:\s{0,3}[\"“](?P<text>.{1,1000})[\"”](?:\s{0,3}/\s{0,3}(?:X|Twitter))?\Z", re.DOTALL
)
_QUOTES: Final = "\"“”'"

#: A page shows other posts beside its own; so many texts of it are compared, the first ones.
_MOST: Final = 5


def texts_of(body: bytes) -> list[str]:
    """Return the texts that a captured page may show as its post's, the likeliest first. Never fails.

    >>> texts_of(b'<title>Jo Doe on Twitter: "The bridge is open" / X</title>')
    ['The bridge is open']
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(body.decode("utf-8", "replace"), "lxml")
    found = [*_of_meta(soup), *_of_title(soup)]
    found += [element.get_text(" ", strip=True) for element in soup.select(_ELEMENTS)[:1]]
    return list(dict.fromkeys(text for text in found if text))[:_MOST]


def _of_meta(soup: BeautifulSoup) -> list[str]:
    metas = soup.find_all("meta")
    named = [
        (str(meta.get("property") or meta.get("name") or ""), str(meta.get("content") or ""))
        for meta in metas
    ]
    return [content.strip().strip(_QUOTES) for wanted in _META for name, content in named if name == wanted]


def _of_title(soup: BeautifulSoup) -> list[str]:
    title = " ".join(soup.title.get_text(" ").split())[:1200] if soup.title else ""
    found = _TITLE.match(title)
    return [found["text"]] if found else []
