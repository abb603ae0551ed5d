"""Mastodon, on any host: its post addresses, the time in its ids, its embed markup.

The upper bits of an id are the milliseconds since 1970, since version 2.0 of October 2017
(https://github.com/mastodon/mastodon/blob/main/lib/mastodon/snowflake.rb). Ids of before were counted up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.platforms.clock import since_1970
from resolver.platforms.rows import Element, Form, Platform, Source

if TYPE_CHECKING:
    from datetime import datetime

#: The id of 1 October 2017; what is below was counted up.
FIRST_SNOWFLAKE: Final = 1_506_816_000_000 << 16


def posted_at(post_id: str) -> datetime | None:
    """Return the time (UTC, to the millisecond) in an id, ``None`` for ids without one.

    >>> posted_at("109302435038497792").date().isoformat()
    '2022-11-07'
    >>> posted_at("12345") is None
    True
    """
    number = int(post_id)
    return since_1970(milliseconds=number >> 16) if number >= FIRST_SNOWFLAKE else None


_PATH = r"/@(?P<handle>[A-Za-z0-9_.-]{1,64}(?:@[a-z0-9.-]{3,253})?)/(?P<id>[0-9]{1,18})(?![0-9A-Za-z])"
_URL = "https://{host}/@{handle}/{id}"
_EMBED = (Source(attribute="data-embed-url"), Source(attribute="src"), Source(attribute="data-src"))

PLATFORM: Final = Platform(
    name="mastodon",
    posted_at=posted_at,
    handle=r"[A-Za-z0-9_.-]{1,64}(?:@[a-z0-9.-]{3,253})?",
    literals=("mastodon",),
    hashtag_path=r"/tags/",
    profile_path=r"/@(?P<handle>[A-Za-z0-9_.-]{1,64})/?(?=[?#]|\Z)",
    forms=(
        Form(path=_PATH, url=_URL),
        Form(
            path=r"/users/(?P<handle>[A-Za-z0-9_.-]{1,64})/statuses/(?P<id>[0-9]{1,18})(?![0-9A-Za-z])",
            url=_URL,
        ),
    ),
    # https://docs.joinmastodon.org/methods/oembed
    elements=(
        Element(
            rule="blockquote",
            tags=("blockquote",),
            classes=("mastodon-embed",),
            sources=_EMBED,
            layout="whole",
        ),
        Element(rule="iframe", tags=("iframe",), classes=("mastodon-embed",), sources=_EMBED),
        Element(rule="known_host", tags=("iframe",), any_attribute=True),
    ),
    shortcodes=("mastodon", "toot"),
    wording=(r"post by @\S{1,400}", r"view on mastodon", r"beitrag von @\S{1,400}", r"auf mastodon ansehen"),
    any_host=True,
)
