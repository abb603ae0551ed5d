"""Posts whose embed element is still in the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resolver.dates import find_date
from resolver.detect.contents import contents
from resolver.detect.spans import quote, tidy
from resolver.models import Embed, Kind, Link, Role
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bs4 import Tag

#: The longest embed element that is read, in characters; real ones have a few thousand.
LONGEST_ELEMENT = 100_000

_TWITTER = re.compile(
    r"\bclass\s{0,4}=\s{0,4}[\"']?[^\"'<>]{0,1000}?\btwitter-(?:tweet|video)\b", re.IGNORECASE
)
_BLOCKQUOTE = re.compile(r"<(/?)blockquote(?=[\s/>])[^<>]{0,4000}>", re.IGNORECASE)

# The text between the post's paragraph and the link to it.
_ATTRIBUTION = re.compile(
    r"(?:[—–―‒]|-{1,3})?\s{0,20}(?P<name>.{0,200}?)\s{0,20}\([@＠](?P<handle>[A-Za-z0-9_]{1,20})\)\s{0,20}$"
)


def find_markup(document: str, source: str, *, today: date) -> Iterator[Embed]:
    """Yield the embeds whose element stands in an HTML *source*, in their order; they do not overlap."""
    for start, end in _elements(source):
        embed = _blockquote(document, source, start, end, today)
        if embed is not None:
            yield embed


def _elements(source: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the embeds' elements: of nested ones the outermost, of unclosed ones up to the next tag.

    All tags are read once, so that pages made of unclosed elements cost no more than others.
    """
    tags = list(_BLOCKQUOTE.finditer(source))
    ends: dict[int, int] = {}
    opened: list[int] = []
    for number, tag in enumerate(tags):
        if not tag[1]:
            opened.append(number)
        elif opened:
            ends[opened.pop()] = tag.end()
    floor = 0
    for number, tag in enumerate(tags):
        if tag.start() < floor or tag[1] or _TWITTER.search(tag[0]) is None:
            continue
        following = tags[number + 1].start() if number + 1 < len(tags) else len(source)
        floor = min(ends.get(number, following), tag.start() + LONGEST_ELEMENT)
        yield tag.start(), floor


def _blockquote(document: str, source: str, start: int, end: int, today: date) -> Embed | None:
    from bs4 import BeautifulSoup

    element = BeautifulSoup(source[start:end], "lxml").find("blockquote")
    permalink = (
        next((link for link in reversed(element.find_all("a")) if post_of(_href(link))), None)
        if element
        else None
    )
    if element is None or permalink is None:
        return None
    post = post_of(_href(permalink))
    if post is None:
        return None
    printed = find_date(permalink.get_text(), 0, today=today)
    author, handle = _attribution(permalink)
    text = _text(element)
    inside = contents(text or "", handle or post.handle)
    return Embed(
        document=document,
        kind=Kind.MARKUP,
        platform=post.platform,
        **quote(source, start, end),
        text=text,
        author=author,
        handle=handle or post.handle,
        posted=printed.date if printed else None,
        posted_text=printed.text if printed else None,
        posted_at=post.posted_at,
        post_id=post.id,
        post_url=post.url,
        links=(
            *_links(element, permalink),
            Link(url=_href(permalink), written=_href(permalink), role=Role.POST),
        ),
        hashtags=inside.hashtags,
        mentions=inside.mentions,
        rule="twitter.blockquote",
        confidence=0.99,
    )


def _href(link: Tag) -> str:
    return str(link.get("href", ""))


def _attribution(permalink: Tag) -> tuple[str | None, str | None]:
    """Return name and handle as they stand before the link to the post."""
    before = "".join(
        node.get_text()
        for node in reversed(list(permalink.previous_siblings))
        if getattr(node, "name", None) != "p"
    )
    match = _ATTRIBUTION.search(" ".join(before.split())[-300:])
    return (match["name"].strip() or None, match["handle"]) if match else (None, None)


def _text(element: Tag) -> str | None:
    paragraphs = [paragraph for paragraph in element.find_all("p") if paragraph.find_parent("p") is None]
    for paragraph in paragraphs:
        for line_break in paragraph.find_all("br"):
            line_break.replace_with("\n")
    return tidy("\n\n".join(paragraph.get_text() for paragraph in paragraphs))


def _links(element: Tag, permalink: Tag) -> Iterator[Link]:
    """Yield the links inside the post's text, with the address that the page links to."""
    for link in element.find_all("a"):
        if link is permalink or link.find_parent("p") is None:
            continue
        shown = link.get_text().strip()
        yield Link(url=_href(link), written=shown or _href(link), role=_role(_href(link), shown))


def _role(url: str, shown: str) -> Role:
    if re.match(r"(?:https?://)?pic\.(?:twitter|x)\.com/", shown):
        return Role.MEDIA
    if re.match(r"https?://(?:(?:www|mobile)\.)?(?:twitter|x)\.com/(?:hashtag/|search\?)", url):
        return Role.HASHTAG
    if post_of(url):
        return Role.POST
    if re.match(r"https?://(?:(?:www|mobile)\.)?(?:twitter|x)\.com/[A-Za-z0-9_]{1,20}/?(?:\?|$)", url):
        return Role.PROFILE
    return Role.LINK
