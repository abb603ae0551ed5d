"""Telegram: its post addresses and its embed markup. Its ids are counted up in each channel and carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

# The id of a post is known together with its channel only; the number alone is what the platform calls it.
_PATH = (
    r"/(?:s/)?(?P<handle>(?!joinchat/|addstickers/|share/|c/)[A-Za-z][A-Za-z0-9_]{3,31})"
    r"/(?P<id>[0-9]{1,12})(?![0-9A-Za-z])"
)
_NAMED = Source(
    attribute="data-telegram-post", value=r"([A-Za-z][A-Za-z0-9_]{3,31}/[0-9]{1,12})", url="https://t.me/{0}"
)

PLATFORM: Final = Platform(
    name="telegram",
    handle=r"[A-Za-z][A-Za-z0-9_]{3,31}",
    literals=("telegram", "t.me/"),
    profile_path=r"/(?P<handle>[A-Za-z][A-Za-z0-9_]{3,31})/?(?=[?#]|\Z)",
    forms=(Form(path=_PATH, url="https://t.me/{handle}/{id}"),),
    # https://core.telegram.org/widgets/post
    elements=(
        Element(rule="script", tags=("script",), attributes=("data-telegram-post",), sources=(_NAMED,)),
        Element(
            rule="blockquote",
            tags=("blockquote",),
            classes=("telegram-post",),
            sources=(_NAMED, Source(attribute="cite")),
            layout="whole",
        ),
        FRAME,
    ),
    shortcodes=("telegram",),
)
