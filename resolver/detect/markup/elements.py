"""One embed element, read: which post it shows, and what it prints of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resolver.detect.markup import embedded_json
from resolver.detect.markup.exact_time import exact_time
from resolver.detect.markup.layouts import LAYOUTS, Case, Printed
from resolver.detect.markup.reading import Reading
from resolver.detect.markup.roles import link as link_of
from resolver.detect.markup.shown import Shown, shown
from resolver.detect.spans import tidy
from resolver.models import Link, Role
from resolver.platforms import post_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from resolver.detect.markup.tags import StartTag
    from resolver.models import Post
    from resolver.platforms.rows import Element, Platform


def may_claim(element: Element, lowered: bytes) -> bool:
    """Return whether a page, whose source is given in lower case, can have an element of the form at all."""
    if not any(f"<{name}".encode() in lowered for name in element.tags):
        return False
    return all(
        not names or any(name.encode() in lowered for name in names)
        for names in (element.classes, element.attributes)
    )


def claims(tag: StartTag, platform: Platform, element: Element) -> bool:
    """Return whether a start tag, whose name is one of the element's, is of its form."""
    if element.classes:
        # The cheap question first: most tags of a page have other classes.
        if not any(name in tag.written for name in element.classes) or tag.classes.isdisjoint(
            element.classes
        ):
            return False
    elif not any(literal in tag.written for literal in platform.literals):
        return False
    return not element.attributes or not tag.attributes.keys().isdisjoint(element.attributes)


def read_element(
    tag: StartTag, fragment: str, platform: Platform, element: Element, *, today: date
) -> Reading | None:
    """Return what an element (*fragment*, from its start tag *tag* on) says; ``None`` if it names no post.

    An element of the platform's own class without any link is one too if it prints who wrote it and when.
    """
    if element.layout == "json":
        return embedded_json.read(tag, platform, element)
    post = _named(tag, platform, element)
    if element.layout == "nothing":
        return _reading(Shown(), Printed(), post, platform, element) if post else None
    # Without a link and without a handle it cannot name a post, and need not be parsed to know that.
    if post is None and "href" not in fragment and "@" not in fragment:
        return None
    inside = shown(fragment)
    post = post or _linked(inside, platform, element)
    printed = LAYOUTS[element.layout](Case(inside, platform, post, today))
    if post is None and (printed.handle is None or printed.date is None):
        return None
    return _reading(inside, printed, post, platform, element)


def _named(tag: StartTag, platform: Platform, element: Element) -> Post | None:
    """Return the post that the attributes of a start tag name."""
    for source in element.sources:
        values = (tag.attributes.get(name, "") for name in source.attribute.split())
        address = source.address(" ".join(values))
        post = post_on(platform.name, address) if address else None
        if post is not None:
            return post
    return next(_in_any_attribute(tag, platform), None) if element.any_attribute else None


def _in_any_attribute(tag: StartTag, platform: Platform) -> Iterator[Post]:
    # Pages that load their frames late, or after consent, keep the address in an attribute of their own.
    for value in tag.attributes.values():
        post = post_on(platform.name, value) if "//" in value[:12] else None
        if post is not None:
            yield post


def _linked(inside: Shown, platform: Platform, element: Element) -> Post | None:
    links = inside.links if element.first_link else reversed(inside.links)
    return next((post for link in links if (post := post_on(platform.name, link.href)) is not None), None)


def _reading(
    inside: Shown, printed: Printed, post: Post | None, platform: Platform, element: Element
) -> Reading:
    body = inside.text[printed.body_start : printed.body_end]
    links = tuple(
        link
        for found in inside.links
        if found != printed.permalink
        and printed.body_start <= found.start
        and found.end <= printed.body_end
        and (link := link_of(inside, found, platform)) is not None
    )
    return Reading(
        platform=platform.name,
        rule=f"{platform.name}.{element.rule}",
        confidence=element.confidence,
        post=post,
        text=tidy(_without(body, platform.wording)),
        author=printed.author,
        handle=printed.handle,
        posted=printed.date.date if printed.date else None,
        posted_text=printed.date.text if printed.date else None,
        posted_at=_exact(inside, printed),
        links=links if post is None else (*links, _post_link(printed, post)),
        hashtags=_named_in(links, Role.HASHTAG, "#＃"),
        mentions=_named_in(links, Role.PROFILE, "@＠"),
    )


def _post_link(printed: Printed, post: Post) -> Link:
    address = printed.permalink.href if printed.permalink else post.url
    return Link(url=address, written=address, role=Role.POST)


def _named_in(links: Sequence[Link], role: Role, signs: str) -> tuple[str, ...]:
    return tuple(
        link.written[1:]
        for link in links
        if link.role is role and link.written[:1] in signs and link.written[1:]
    )


def _without(text: str, wording: tuple[str, ...]) -> str:
    """Return a text without the lines that are the platform's own."""
    if not wording:
        return text
    pattern = _wording(wording)
    return "\n".join(line for line in text.split("\n") if not pattern.fullmatch(line.strip()))


@cache
def _wording(wording: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(wording), re.IGNORECASE)


def _exact(inside: Shown, printed: Printed) -> datetime | None:
    """Return the machine-readable time of an element: of its link to the post, else the last one in it."""
    own = printed.permalink.attributes.get("data-datetime") if printed.permalink else None
    return next(filter(None, map(exact_time, filter(None, (own, *reversed(inside.times))))), None)
