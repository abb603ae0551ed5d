"""Imgur: its image and album addresses and its embed markup. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_ID = r"(?P<id>[A-Za-z0-9]{5,7})(?![A-Za-z0-9])"
_NAMED = Source(
    attribute="data-id", value=r"/?((?:a/|gallery/)?[A-Za-z0-9]{5,7})", url="https://imgur.com/{0}"
)

PLATFORM: Final = Platform(
    name="imgur",
    literals=("imgur",),
    forms=(
        Form(
            path=rf"/(?P<kind>a|gallery|t/[a-z0-9_]{{1,40}})/(?:[a-z0-9-]{{1,200}}-)?{_ID}",
            url="https://imgur.com/{kind}/{id}",
        ),
        Form(
            path=rf"/(?!upload|signin|search|about){_ID}(?:/embed|\.[a-z]{{3,4}}|(?=[?#]|\Z))",
            url="https://imgur.com/{id}",
        ),
    ),
    # https://help.imgur.com: the embed code of a post
    elements=(
        Element(
            rule="blockquote",
            tags=("blockquote",),
            classes=("imgur-embed-pub",),
            sources=(_NAMED,),
            layout="whole",
        ),
        Element(
            rule="amp",
            tags=("amp-imgur",),
            sources=(Source(attribute="data-imgur-id", value=_NAMED.value, url=_NAMED.url),),
        ),
        FRAME,
    ),
    wording=(r"view (?:post|album) on imgur\.com",),
)
