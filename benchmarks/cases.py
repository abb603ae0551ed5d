"""Labelled documents: what stands in them, and how a row of a file says so."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent

#: The project's own labelled documents, written for it.
OWN_CASES = ROOT / "tests" / "samples" / "cases.jsonl"

#: How the forms of the own cases begin; the rest is whether they are text or HTML.
OWN_FORM = "own cases"

# The code of a short link is the same in all three forms; what stands behind it in a text is often glued to it, so
# that no more than the usual length is read (https://t.co codes have 8 or 10 characters).
_SHORT_LINK = re.compile(r"(?:t\.co|pic\.twitter\.com|pic\.x\.com)/([A-Za-z0-9]{8,10})")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one post, by a label or by a finder. In a label, ``None`` says that it is not measured."""

    platform: str | None = None
    handle: str | None = None
    author: str | None = None
    posted: date | None = None
    post_id: str | None = None
    #: The codes of its t.co and pic.twitter.com links.
    codes: frozenset[str] | None = None
    #: Without their sign, in lower case.
    hashtags: frozenset[str] | None = None
    mentions: frozenset[str] | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One document and the posts in it."""

    id: str
    #: Under which it is counted: ``HTML, tweets``, the name of an extractor, ...
    form: str
    posts: tuple[Facts, ...]
    text: str | None = None
    html: str | None = None
    #: Whether *posts* are all there are, so that any other find is a false one.
    exhaustive: bool = True


def short_codes(values: Iterable[str]) -> frozenset[str]:
    """Return the codes of the short links in *values*.

    >>> sorted(short_codes(["https://t.co/AbCdEf1234?amp=1", "pic.twitter.com/Zz00000001", "https://a.org/"]))
    ['AbCdEf1234', 'Zz00000001']
    """
    return frozenset(match[1] for value in values for match in _SHORT_LINK.finditer(value))


def names(values: Iterable[str]) -> frozenset[str]:
    """Return hashtags or handles in the form in which they are compared.

    >>> sorted(names(["#Harbour", "＃harbour", "@Jo"]))
    ['harbour', 'jo']
    """
    return frozenset(value.lstrip("#＃@＠").casefold() for value in values)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def own_cases(path: Path = OWN_CASES) -> Iterator[Case]:
    """Yield the project's own cases. All posts of each are labelled; a value that is not given is not measured."""
    for row in read_rows(path):
        yield Case(
            id=row["id"],
            form=f"{OWN_FORM}, {row['form']}",
            posts=tuple(_labelled(post) for post in row["embeds"]),
            text=row.get("text"),
            html=row.get("html"),
        )


def _labelled(post: dict[str, Any]) -> Facts:
    return Facts(
        platform=post.get("platform"),
        handle=post.get("handle"),
        author=post.get("author"),
        posted=date.fromisoformat(post["posted"]) if post.get("posted") else None,
        post_id=post.get("post_id"),
        codes=short_codes(post["links"]) if "links" in post else None,
        hashtags=names(post["hashtags"]) if "hashtags" in post else None,
        mentions=names(post["mentions"]) if "mentions" in post else None,
        text=post.get("text"),
    )
