"""Vimeo: its video addresses and its players. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_ID = r"(?P<id>[0-9]{4,12})(?![0-9A-Za-z])"
_URL = "https://vimeo.com/{id}"
_SOURCE = Source(attribute="videoid", value=r"([0-9]{4,12})", url="https://vimeo.com/{0}")

PLATFORM: Final = Platform(
    name="vimeo",
    literals=("vimeo",),
    forms=(
        Form(
            path=rf"/(?:video/|channels/[^/?#\s]{{1,100}}/|groups/[^/?#\s]{{1,100}}/videos/)?{_ID}", url=_URL
        ),
        Form(path=rf"/moogaloop\.swf\?(?:[^\s#&]{{0,400}}&){{0,20}}?(?:amp;)?clip_id={_ID}", url=_URL),
    ),
    # https://developer.vimeo.com/player/sdk/embed
    elements=(
        FRAME,
        Element(
            rule="lite",
            tags=("lite-vimeo", "vimeo-video", "vimeo", "amp-vimeo"),
            sources=(
                _SOURCE,
                Source(attribute="data-videoid", value=_SOURCE.value, url=_SOURCE.url),
                Source(attribute="id", value=_SOURCE.value, url=_SOURCE.url),
                Source(attribute="src"),
            ),
        ),
    ),
    shortcodes=("vimeo", "vimeo_simple"),
    shortcode_ids=_SOURCE,
)
