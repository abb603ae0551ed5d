"""Pinterest: its pin addresses and its embed markup. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_URL = "https://www.pinterest.com/pin/{id}/"

PLATFORM: Final = Platform(
    name="pinterest",
    literals=("pinterest", "embedPin"),
    forms=(
        Form(path=r"/pin/(?:[^/?#\s]{1,300}--)?(?P<id>[0-9]{6,25})(?![0-9])", url=_URL),
        Form(path=r"/ext/embed\.html\?(?:[^\s#&]{0,400}&){0,20}?id=(?P<id>[0-9]{6,25})", url=_URL),
    ),
    # https://developers.pinterest.com/docs/web-features/widgets
    elements=(
        Element(
            rule="pin",
            tags=("a", "span"),
            attributes=("data-pin-do",),
            sources=(
                Source(attribute="href"),
                Source(
                    attribute="data-pin-id", value=r"([0-9]{6,25})", url="https://www.pinterest.com/pin/{0}/"
                ),
            ),
        ),
        FRAME,
    ),
)
