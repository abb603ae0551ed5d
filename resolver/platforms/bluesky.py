"""Bluesky: its post addresses, the time in its record keys, its embed markup.

A record key is a count of microseconds since 1970 with ten bits of a clock's name, in base 32
(https://atproto.com/specs/tid). The software of the author's device makes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.platforms.clock import since_1970
from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

if TYPE_CHECKING:
    from datetime import datetime

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def posted_at(key: str) -> datetime | None:
    """Return the time (UTC) in a record key, ``None`` for one of another kind.

    >>> posted_at("3mkuf6q2xc226").date().isoformat()
    '2026-05-02'
    >>> posted_at("self") is None
    True
    """
    if len(key) != 13 or key[0] not in _ALPHABET[:16] or not set(key) <= set(_ALPHABET):
        return None
    number = 0
    for letter in key:
        number = number * 32 + _ALPHABET.index(letter)
    return since_1970(microseconds=number >> 10)


_KEY = r"(?P<id>[A-Za-z0-9._~-]{1,64})"
_DID = r"(?P<did>did:[a-z]{2,10}:[A-Za-z0-9._:%-]{1,200})"
_BY_DID = "https://bsky.app/profile/{did}/post/{id}"

PLATFORM: Final = Platform(
    name="bluesky",
    posted_at=posted_at,
    handle=r"[A-Za-z0-9.-]{1,253}",
    literals=("bsky", "bluesky"),
    hashtag_path=r"/(?:hashtag/|search\?q=%23)",
    profile_path=r"/profile/(?P<handle>[A-Za-z0-9.:-]{1,253})/?(?=[?#]|\Z)",
    forms=(
        # A person is named by a handle, which can change, or by an identifier, which is no handle.
        Form(path=rf"/profile/{_DID}/post/{_KEY}", url=_BY_DID),
        Form(
            path=rf"/profile/(?P<handle>[A-Za-z0-9.-]{{1,253}})/post/{_KEY}",
            url="https://bsky.app/profile/{handle}/post/{id}",
        ),
        Form(host=r"embed\.bsky\.app", path=rf"/embed/{_DID}/app\.bsky\.feed\.post/{_KEY}", url=_BY_DID),
    ),
    # https://docs.bsky.app/docs/advanced-guides/oembed
    elements=(
        Element(
            rule="blockquote",
            tags=("blockquote", "div", "bluesky-post"),
            classes=("bluesky-embed",),
            sources=(
                Source(
                    attribute="data-bluesky-uri",
                    value=r"at://(did:[^/\s]{1,250})/app\.bsky\.feed\.post/([^/\s?#]{1,64})",
                    url="https://bsky.app/profile/{0}/post/{1}",
                ),
            ),
            layout="attribution",
        ),
        Element(
            rule="component",
            tags=("bluesky-post", "blueskypost", "blueskyembed"),
            sources=(
                Source(attribute="src"),
                Source(attribute="url"),
                Source(attribute="id"),
                Source(
                    attribute="src",
                    value=r"at://(did:[^/\s]{1,250})/app\.bsky\.feed\.post/([^/\s?#]{1,64})",
                    url="https://bsky.app/profile/{0}/post/{1}",
                ),
            ),
        ),
        FRAME,
    ),
    shortcodes=("bluesky", "bsky"),
)
