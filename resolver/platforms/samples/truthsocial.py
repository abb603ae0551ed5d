"""Cases of truthsocial with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://truthsocial.com/@jodoe/posts/109302435038497792",
        found={
            "id": "109302435038497792",
            "handle": "jodoe",
            "url": "https://truthsocial.com/@jodoe/109302435038497792",
        },
    ),
    Sample(
        case="https://truthsocial.com/@jodoe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<iframe src="https://truthsocial.com/@jodoe/109302435038497792/embed" '
            'class="truthsocial-embed"></iframe>'
        ),
        found={"rule": "truthsocial.iframe", "post_id": "109302435038497792", "handle": "jodoe"},
    ),
)
