"""What a platform's file says: its post addresses, its embed elements, its wording, each as a row of data."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.models import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime


def _no_time(_: str) -> datetime | None:
    return None


class Form(NamedTuple):
    """One form of the addresses of a platform's posts."""

    #: A pattern for what follows the host, from the slash on. Its group ``id`` is the post's id, ``handle`` the
    #: handle; other groups may be used in ``url``.
    path: str
    #: The canonical address, with the groups' names in braces, and ``{host}``.
    url: str
    #: A pattern that the whole host must match, where the path alone does not tell.
    host: str = ""

    def read(self, host: str, path: str) -> Mapping[str, str | None] | None:
        """Return the values of the groups, and ``url``, for an address of this form; else ``None``."""
        if self.host and not _compiled(self.host).fullmatch(host):
            return None
        match = _compiled(self.path).match(path)
        if match is None:
            return None
        groups = match.groupdict()
        return {**groups, "url": self.url.format(**groups, host=host)}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


class Source(NamedTuple):
    """An attribute that names the post."""

    #: In lower case. Several with spaces between them are read as one, their values with spaces between them.
    attribute: str
    #: A pattern that the whole value must match, and what makes an address of its groups.
    value: str = r"(.{1,4096})"
    url: str = "{0}"

    def address(self, value: str) -> str | None:
        """Return the address that the attribute's *value* stands for; ``None`` where it is no such value.

        >>> Source(attribute="data-id", value=r"([0-9]{1,9})", url="https://example.com/{0}").address(" 12 ")
        'https://example.com/12'
        """
        match = _compiled(self.value).fullmatch(value.strip())
        return self.url.format(*match.groups()) if match else None


class Element(NamedTuple):
    """One form of embed element: how its start tag is recognised, and where it says which post it shows."""

    #: Its name in the embeds' ``rule``, behind the platform's.
    rule: str
    tags: tuple[str, ...]
    #: One of these is among its classes, or one of these attributes is there. Where both are empty, one of the
    #: ``sources`` must say which post it is.
    classes: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    #: Attributes that name the post, the best first. Links inside the element are asked after them.
    sources: tuple[Source, ...] = ()
    #: Whether any other attribute may hold the address too: pages that load frames late, or after consent, keep
    #: it in one of their own.
    any_attribute: bool = False
    #: How what it prints is laid out: a name in :data:`resolver.detect.markup.layouts.LAYOUTS`, ``json``, or
    #: ``nothing`` for frames and scripts.
    layout: str = "nothing"
    #: Which of several links to posts inside it is the one: the platforms put other posts before it, or after it.
    first_link: bool = False
    confidence: float = 0.99


#: A frame or player whose address names the post: every platform's simplest embed.
FRAME: Final = Element(rule="iframe", tags=("iframe", "embed"), any_attribute=True)


class Platform(NamedTuple):
    """All that is known of one platform."""

    name: str
    forms: tuple[Form, ...]
    #: Strings one of which is in every page with one of its elements.
    literals: tuple[str, ...]
    #: From an id to the time that it carries.
    posted_at: Callable[[str], datetime | None] = _no_time
    elements: tuple[Element, ...] = ()
    #: Names of shortcodes in content systems (``[tweet ...]``, ``{% tweet ... %}``, ``{{< tweet ... >}}``), and
    #: what makes an address of the id in one.
    shortcodes: tuple[str, ...] = ()
    shortcode_ids: Source | None = None
    #: What makes an address of the ``user`` and the ``id`` of a shortcode.
    shortcode_user: str = "{0}"
    #: A handle as it is printed behind an ``@``.
    handle: str = r"[A-Za-z0-9_]{1,40}"
    #: Patterns for the paths of its pages of a hashtag and of a person.
    hashtag_path: str = ""
    profile_path: str = ""
    #: Sentences of its own around a post's text, each a pattern for a whole line.
    wording: tuple[str, ...] = ()
    #: Who posted, as a sentence: patterns with the groups ``name`` and ``handle``; a date may follow.
    bylines: tuple[str, ...] = ()
    #: The addresses have the same form on any host, so that only the element tells that one is a post.
    any_host: bool = False

    def post(self, host: str, path: str) -> Post | None:
        """Return the post at a *path* (from the slash on, with its query) of one of the platform's hosts."""
        for form in self.forms:
            found = form.read(host, path)
            if found is not None:
                post_id = found["id"] or ""
                return Post(
                    platform=self.name,
                    id=post_id,
                    handle=found.get("handle"),
                    url=found["url"] or "",
                    posted_at=self.posted_at(post_id),
                )
        return None
