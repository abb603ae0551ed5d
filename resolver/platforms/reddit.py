"""Reddit: its post addresses and its embed markup. Its ids are counted up and carry no time.

A comment's address is that of its post with the comment's own id behind: the id is the post's, the address the
comment's.
"""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_PLACE = r"/(?P<place>r|user|u)/(?P<where>[A-Za-z0-9_-]{1,50})/comments/(?P<id>[a-z0-9]{3,12})(?![a-z0-9])"
_COMMENT = r"/(?:comment|[^/?#\s]{1,400})/(?P<comment>[a-z0-9]{5,12})(?![A-Za-z0-9_-])"

PLATFORM: Final = Platform(
    name="reddit",
    handle=r"[A-Za-z0-9_-]{3,20}",
    literals=("reddit", "redd.it"),
    profile_path=r"/(?:user|u)/(?P<handle>[A-Za-z0-9_-]{3,20})/?(?=[?#]|\Z)",
    forms=(
        Form(
            path=_PLACE + _COMMENT,
            url="https://www.reddit.com/{place}/{where}/comments/{id}/comment/{comment}/",
        ),
        Form(path=_PLACE, url="https://www.reddit.com/{place}/{where}/comments/{id}/"),
        Form(
            path=r"/comments/(?P<id>[a-z0-9]{3,12})(?![a-z0-9])", url="https://www.reddit.com/comments/{id}/"
        ),
        Form(
            host=r"redd\.it",
            path=r"/(?P<id>[a-z0-9]{3,12})(?![a-z0-9])",
            url="https://www.reddit.com/comments/{id}/",
        ),
    ),
    # https://publish.reddit.com; the card is the older one of embedly's.
    elements=(
        Element(
            rule="blockquote",
            tags=("blockquote",),
            classes=("reddit-embed-bq", "reddit-card"),
            layout="titled",
            first_link=True,
        ),
        Element(
            rule="comment",
            tags=("div",),
            classes=("reddit-embed",),
            attributes=(
                "data-embed-media",
                "data-embed-parent",
                "data-embed-live",
                "data-embed-uuid",
                "data-embed-created",
            ),
            layout="titled",
            first_link=True,
        ),
        Element(rule="amp", tags=("amp-reddit",), sources=(Source(attribute="data-src"),)),
        FRAME,
    ),
    shortcodes=("reddit",),
    wording=(r"comment", r"posts? from the \S{1,50} community on reddit"),
)
