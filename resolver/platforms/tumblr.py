"""Tumblr: its post addresses and its embed markup. Its ids carry no time that is known."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import Element, Form, Platform, Source

_ID = r"(?P<id>[0-9]{6,20})(?![0-9])"
_BLOG = r"(?P<handle>(?!blog/)[A-Za-z0-9-]{1,32})"
_URL = "https://www.tumblr.com/{handle}/{id}"

PLATFORM: Final = Platform(
    name="tumblr",
    handle=r"[A-Za-z0-9-]{1,32}",
    literals=("tumblr",),
    hashtag_path=r"/tagged/",
    forms=(
        # The address of the frame has a key instead of the blog's name.
        Form(
            host=r"embed\.tumblr\.com",
            path=rf"/embed/post/(?P<key>[^/?#\s]{{1,100}})/{_ID}",
            url="https://embed.tumblr.com/embed/post/{key}/{id}",
        ),
        Form(host=r"tumblr\.com", path=rf"/(?:blog/view/)?{_BLOG}/{_ID}", url=_URL),
        Form(
            host=r"[a-z0-9-]{1,32}\.tumblr\.com",
            path=rf"/(?:post|image)/{_ID}",
            url="https://{host}/post/{id}",
        ),
    ),
    elements=(
        Element(
            rule="post",
            tags=("div",),
            classes=("tumblr-post",),
            sources=(Source(attribute="data-canonical-url"),),
            layout="links_only",
        ),
        Element(
            rule="frame",
            tags=("div", "iframe"),
            classes=("tumblr-post", "tumblr-embed"),
            sources=(Source(attribute="data-href"), Source(attribute="src")),
        ),
    ),
)
