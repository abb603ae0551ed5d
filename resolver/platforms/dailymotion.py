"""Dailymotion: its video addresses and its players. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_ID = r"(?P<id>[a-z0-9]{5,10})(?![a-z0-9])"
_URL = "https://www.dailymotion.com/video/{id}"

PLATFORM: Final = Platform(
    name="dailymotion",
    literals=("dailymotion", "dai.ly"),
    forms=(
        Form(path=rf"/(?:embed/)?(?:video|swf)/{_ID}", url=_URL),
        Form(
            host=r"geo\.dailymotion\.com",
            path=rf"/player[^?#\s]{{0,60}}\?(?:[^\s#&]{{0,400}}&){{0,20}}?video={_ID}",
            url=_URL,
        ),
        Form(host=r"dai\.ly", path=rf"/{_ID}", url=_URL),
    ),
    # https://developers.dailymotion.com/player
    elements=(
        FRAME,
        Element(
            rule="amp",
            tags=("amp-dailymotion",),
            sources=(
                Source(
                    attribute="data-videoid",
                    value=r"([a-z0-9]{5,10})",
                    url="https://www.dailymotion.com/video/{0}",
                ),
            ),
        ),
    ),
    shortcodes=("dailymotion",),
)
