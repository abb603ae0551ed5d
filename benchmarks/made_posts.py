"""Posts and articles in many languages, written for this project, to make pages of that nobody has seen."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from benchmarks.cases import ROOT, read_rows

_SAMPLES = ROOT / "tests" / "samples"


class Post(NamedTuple):
    """A post as its author wrote it, and its date as embeds print it in the author's language."""

    language: str
    name: str
    handle: str
    #: As printed, and the day that it means (ISO 8601).
    date_text: str
    day: str
    #: Line breaks are the author's own.
    text: str


class Article(NamedTuple):
    """The paragraphs before and after an embed: such as newspapers have, with headings, quotations and lead-ins."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@cache
def made_posts() -> tuple[Post, ...]:
    """Return all posts.

    >>> len({post.language for post in made_posts()}) > 25
    True
    """
    return tuple(Post(**row) for row in read_rows(_SAMPLES / "made_posts.jsonl"))


@cache
def made_articles() -> tuple[Article, ...]:
    """Return all articles.

    >>> len(made_articles())
    6
    """
    rows = read_rows(_SAMPLES / "made_articles.jsonl")
    return tuple(Article(tuple(row["before"]), tuple(row["after"])) for row in rows)
