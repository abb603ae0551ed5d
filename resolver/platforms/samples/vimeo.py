"""Cases of vimeo with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://player.vimeo.com/video/76979871?h=8272103f6e",
        found={"id": "76979871", "handle": None, "url": "https://vimeo.com/76979871", "posted_at": None},
    ),
    Sample(
        case="https://vimeo.com/channels/staffpicks/76979871",
        found={"id": "76979871"},
    ),
    Sample(
        case="https://vimeo.com/jodoe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case='<iframe src="//player.vimeo.com/video/76979871?title=0"></iframe>',
        found={"rule": "vimeo.iframe", "post_id": "76979871"},
    ),
    Sample(
        case='<amp-vimeo data-videoid="76979871"></amp-vimeo>',
        found={"rule": "vimeo.lite", "post_id": "76979871"},
    ),
    Sample(
        case="{{< vimeo 76979871 >}}",
        found={"rule": "vimeo.shortcode", "post_id": "76979871"},
    ),
)
