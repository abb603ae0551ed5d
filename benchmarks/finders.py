"""What is compared: this project, a regex of a few lines, and the finders of other libraries."""

from __future__ import annotations

import contextlib
import importlib
import importlib.metadata
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.baseline import baseline
from benchmarks.cases import Facts, names, short_codes
from benchmarks.scoring import FIELDS
from resolver import Document, Kind, Role, scan
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.cases import Case
    from resolver import Embed


@dataclass(frozen=True)
class Finder:
    """One way to find embeds, and what it can say of them."""

    name: str
    find: Callable[[Case], Sequence[Facts]]
    #: The fields that it gives at all; the others are shown as ``–``.
    gives: frozenset[str] = frozenset(FIELDS)
    #: Whether it reads texts, too, or HTML only.
    reads_text: bool = True


def finders() -> list[Finder]:
    """Return this project, the baseline, and those of the other libraries that are installed."""
    found = [Finder("embed-resolver", resolver), Finder("regex baseline", baseline, _BASELINE_GIVES)]
    for name, find in (("goose3", _goose3), ("tweetfinder", _tweetfinder)):
        if version(name):
            found.append(Finder(name, find, frozenset({"handle", "post_id"}), reads_text=False))
    return found


def version(distribution: str) -> str | None:
    """Return the version of an installed distribution, ``None`` where it is not installed."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def resolver(case: Case) -> list[Facts]:
    """Return what this project finds in a case; notes of blocked embeds name no post and are left aside."""
    return [_facts(embed) for embed in embeds_of(case) if embed.kind is not Kind.PLACEHOLDER]


def embeds_of(case: Case) -> Sequence[Embed]:
    """Return all embeds, notes of blocked ones too, that this project finds in a case."""
    return scan(Document(id=case.id, text=case.text, html=case.html))


_BASELINE_GIVES = frozenset(FIELDS) - {"post_id"}


def _facts(embed: Embed) -> Facts:
    asked = [link for link in embed.links if link.url and link.role in {Role.LINK, Role.MEDIA}]
    return Facts(
        platform=embed.platform,
        handle=embed.handle,
        author=embed.author,
        posted=embed.posted,
        post_id=embed.post_id,
        codes=short_codes(value for link in asked for value in (link.url or "", link.written)),
        hashtags=names(embed.hashtags),
        mentions=names(embed.mentions),
        text=embed.text,
    )


def _goose3(case: Case) -> list[Facts]:
    if case.html is None:
        return []
    article = _quietly(lambda: _goose().extract(raw_html=case.html))
    # It gives the elements as they are; the address of the post, the last one in it, is read as anyone would.
    found = (re.findall(r'href="([^"]{1,500})"', element) for element in getattr(article, "tweets", []))
    return [facts for addresses in found if (facts := _of_addresses(addresses)) is not None]


def _goose() -> Any:
    goose3 = importlib.import_module("goose3")
    return goose3.Goose({"enable_image_fetching": False})


def _tweetfinder(case: Case) -> list[Facts]:
    if case.html is None:
        return []
    library = importlib.import_module("tweetfinder")
    article = _quietly(lambda: library.Article(html=case.html))
    found = article.list_embedded_tweets() if article is not None else []
    return [
        Facts(platform="twitter", handle=tweet.get("username"), post_id=tweet["tweet_id"]) for tweet in found
    ]


def _of_addresses(addresses: list[str]) -> Facts | None:
    posts = [post for address in addresses if (post := post_of(address)) is not None]
    return Facts(platform="twitter", handle=posts[-1].handle, post_id=posts[-1].id) if posts else None


def _quietly(call: Callable[[], Any]) -> Any:
    """Return what *call* returns, ``None`` where it fails: a page that a library cannot read holds nothing for it."""
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        try:
            return call()
        except Exception:  # noqa: BLE001 - what other libraries raise on odd pages is not known beforehand
            return None
