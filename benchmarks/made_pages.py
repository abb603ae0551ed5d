"""Pages made of posts and paragraphs, and the texts that flattening makes of them, labelled by how they were made.

Nothing was tuned on these posts. The page's markup is that of the platform's own embeds; the texts are made by
BeautifulSoup in several ways, and by those extractors that are installed.
"""

from __future__ import annotations

import html
import re
import textwrap
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, Final

from benchmarks.cases import Case, Facts, names, short_codes
from benchmarks.made_posts import made_articles, made_posts
from resolver.entities import hashtags, mentions
from resolver.platforms.twitter import SNOWFLAKE_EPOCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.made_posts import Article, Post

    Flatten = Callable[[str], str | None]

FORM: Final = "made pages"

_ENTITY = re.compile(r"https://t\.co/\w+|pic\.twitter\.com/\w+|[#@][^\W]\w*")
_SCRIPT: Final = '<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>'
#: How the markup around embeds is laid out: before and after each paragraph, and each embed.
LAYOUTS: Final = {
    "minified": ("", "", ""),
    "a line each": ("\n", "", ""),
    "paragraphs apart": ("\n\n", "<figure class='wp-block-embed'><div>\n", "\n</div></figure>"),
    "in boxes": ("\n  ", "<div class='embed'>\n    <div>", "</div>\n  </div>"),
}


def made_cases() -> Iterator[Case]:
    """Yield the cases: each post in each layout and each way of flattening, alone or as the first of two."""
    known, articles = made_posts(), made_articles()
    for number, (at, layout) in enumerate((at, layout) for at in range(len(known)) for layout in LAYOUTS):
        second = [known[(at + 7) % len(known)]] if number % 3 == 0 else []
        posts = [known[at], *second]
        page = _page(posts, articles[number % len(articles)], *LAYOUTS[layout])
        for name, flatten in flatteners(number).items():
            text = _attributed(flatten(page) or "", number)
            if text and all(_is_left(one, text) for one in posts):
                facts = tuple(_facts(one, text) for one in posts)
                yield Case(id=f"{posts[0].handle}, {layout}", form=f"{FORM}, {name}", posts=facts, text=text)


def flatteners(number: int = 0) -> dict[str, Flatten]:
    """Return what makes texts of pages, by name; *number* chooses the width at which lines are broken."""
    installed = {name: flatten for name, flatten in _extractors().items() if find_spec(name)}
    return {**own_flatteners(number), **installed}


def own_flatteners(number: int = 0) -> dict[str, Flatten]:
    """Return those of them that are there whatever is installed."""
    width = range(40, 121)[number * 7 % 81]
    return {
        "bs4_newline": partial(_get_text, separator="\n", strip=False),
        "bs4_newline_strip": partial(_get_text, separator="\n", strip=True),
        "bs4_space": partial(_get_text, separator=" ", strip=False),
        "bs4_plain": partial(_get_text, separator="", strip=False),
        "paragraphs": _paragraphs,
        "wrapped": lambda page: _wrapped(_paragraphs(page), width),
        "entities left": lambda page: html.escape(_paragraphs(page)),
        "quoted, wrapped": lambda page: _quoted(page, width),
    }


def embed(post: Post) -> str:
    """Return the platform's own markup for a post.

    >>> from benchmarks.made_posts import made_posts
    >>> embed(made_posts()[0])[-21:]
    '2019</a></blockquote>'
    """
    escaped = html.escape(post.text, quote=False)
    linked = _ENTITY.sub(lambda one: f'<a href="https://example.com/">{one[0]}</a>', escaped)
    words = linked.replace("\n", "<br>")
    address = f"https://twitter.com/{post.handle}/status/{status_id(post)}"
    return (
        f'<blockquote class="twitter-tweet"><p lang="{post.language}" dir="auto">{words}</p>&mdash; '
        f'{html.escape(post.name)} (@{post.handle}) <a href="{address}">{post.date_text}</a></blockquote>'
    )


def status_id(post: Post) -> int:
    """Return an id of the post's day."""
    noon = datetime.combine(date.fromisoformat(post.day), datetime.min.time(), UTC)
    return int(noon.timestamp() * 1000 - SNOWFLAKE_EPOCH) << 22


def _attributed(text: str, number: int) -> str:
    """Return a text with the platform's dash as one of those that extractors make of it, chosen by *number*."""
    return text.replace("\u2014", ("\u2014", "--", "\u2013", "\u2015", "\u2014\u00a0")[number % 5])


def _page(posts: Sequence[Post], article: Article, apart: str, opens: str, closes: str) -> str:
    before, after = ([f"<p>{html.escape(paragraph)}</p>" for paragraph in part] for part in article)
    embeds = [f"{opens}{embed(post)}{apart}{_SCRIPT}{closes}" for post in posts]
    body = apart.join(chain(before, embeds, after))
    return (
        "<!DOCTYPE html><html><head><title>The old landing</title></head><body><article><h1>The old landing</h1>"
        f"{apart}{body}{apart}</article></body></html>"
    )


def _facts(post: Post, text: str) -> Facts:
    return Facts(
        platform="twitter",
        handle=post.handle,
        author=post.name,
        posted=date.fromisoformat(post.day),
        post_id=str(status_id(post)) if str(status_id(post)) in text else None,
        codes=short_codes([post.text]),
        hashtags=names(tag.value for tag in hashtags(post.text)),
        mentions=names(mention.value for mention in mentions(post.text)) - {post.handle.casefold()},
        text=post.text,
    )


def _is_left(post: Post, text: str) -> bool:
    """Whether an extractor kept the post with its last line."""
    plain = "".join(html.unescape(text).replace("\\", "").replace(">", " ").split())
    first = post.text.split()[0]
    return f"(@{post.handle})" in plain and first in plain


def _soup(page: str) -> object:
    from bs4 import BeautifulSoup

    return BeautifulSoup(re.sub(r"<script.*?</script>", "", page), "lxml")


def _get_text(page: str, *, separator: str, strip: bool) -> str:
    text: str = _soup(page).get_text(separator, strip=strip)  # type: ignore[attr-defined]
    return text


def _paragraphs(page: str) -> str:
    """Return the paragraphs with an empty line between them, the post with its last line as one of them."""
    blocks = _soup(page).find_all(["h1", "p", "blockquote"])  # type: ignore[attr-defined]
    outer = (block for block in blocks if block.find_parent("blockquote") is None)
    return "\n\n".join(" ".join(block.get_text(" ").split()) for block in outer)


def _wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n"))


def _quoted(page: str, width: int) -> str:
    """Return the text in Markdown, without links, and with its lines broken."""
    blocks = _soup(page).find_all(["h1", "p", "blockquote"])  # type: ignore[attr-defined]
    lines = []
    for block in blocks:
        if block.find_parent("blockquote") is None:
            mark = "> " if block.name == "blockquote" else ""
            filled = textwrap.wrap(" ".join(block.get_text(" ").split()), width, break_on_hyphens=False)
            lines += [*(f"{mark}{line}" for line in filled), ""]
    return "\n".join(lines)


def _extractors() -> dict[str, Flatten]:
    """Return the extractors that may be installed, by the names of their packages."""
    return {
        "trafilatura": lambda page: import_module("trafilatura").extract(page),
        "inscriptis": lambda page: import_module("inscriptis").get_text(page),
        "html2text": lambda page: import_module("html2text").html2text(page),
        "markdownify": lambda page: import_module("markdownify").markdownify(
            re.sub(r"<head.*?</head>", "", page)
        ),
        "resiliparse": lambda page: import_module("resiliparse.extract.html2text").extract_plain_text(page),
    }
