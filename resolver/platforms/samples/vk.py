"""Cases of vk with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://vk.com/wall-26669476_1234?reply=5",
        found={
            "id": "-26669476_1234",
            "handle": None,
            "url": "https://vk.com/wall-26669476_1234",
            "posted_at": None,
        },
    ),
    Sample(
        case="https://m.vk.com/harbour?w=wall-26669476_1234",
        found={"id": "-26669476_1234"},
    ),
    Sample(
        case="https://vk.com/harbour",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<div id="vk_post_-26669476_1234"></div><script>VK.Widgets.Post("vk_post_-26669'
            '476_1234", -26669476, 1234, "h");</script>'
        ),
        found={
            "rule": "vk.post",
            "post_id": "-26669476_1234",
            "post_url": "https://vk.com/wall-26669476_1234",
        },
    ),
    Sample(
        case=(
            '<amp-vk data-embedtype="post" data-owner-id="-26669476" data-post-id="1234" '
            'data-hash="h"></amp-vk>'
        ),
        found={"rule": "vk.amp", "post_id": "-26669476_1234"},
    ),
)
