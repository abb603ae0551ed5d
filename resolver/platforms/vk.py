"""VK: its post addresses and its embed markup. Its ids are counted up on each wall and carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import Element, Form, Platform, Source

_WALL = r"wall(?P<id>-?[0-9]{1,12}_[0-9]{1,12})(?![0-9])"
_URL = "https://vk.com/wall{id}"

PLATFORM: Final = Platform(
    name="vk",
    handle=r"[A-Za-z0-9_.]{2,40}",
    literals=("vk_post_", "amp-vk", "vk.com"),
    forms=(
        Form(path=rf"/{_WALL}", url=_URL),
        Form(path=rf"/[A-Za-z0-9_.]{{2,40}}\?(?:[^\s#&]{{0,400}}&){{0,20}}?w={_WALL}", url=_URL),
    ),
    # https://dev.vk.com/ru/widgets/post
    elements=(
        Element(
            rule="post",
            tags=("div",),
            attributes=("id",),
            sources=(
                Source(
                    attribute="id", value=r"vk_post_(-?[0-9]{1,12}_[0-9]{1,12})", url="https://vk.com/wall{0}"
                ),
            ),
        ),
        Element(
            rule="amp",
            tags=("amp-vk",),
            sources=(
                Source(
                    attribute="data-owner-id data-post-id",
                    value=r"(-?[0-9]{1,12}) ([0-9]{1,12})",
                    url="https://vk.com/wall{0}_{1}",
                ),
            ),
        ),
    ),
)
