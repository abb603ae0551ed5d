"""Cases of dailymotion with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.dailymotion.com/embed/video/x84sh87?autoplay=1",
        found={"id": "x84sh87", "url": "https://www.dailymotion.com/video/x84sh87", "posted_at": None},
    ),
    Sample(
        case="https://geo.dailymotion.com/player/x123.html?video=x84sh87",
        found={"id": "x84sh87"},
    ),
    Sample(
        case="https://www.dailymotion.com/jodoe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case='<iframe src="//www.dailymotion.com/embed/video/x84sh87"></iframe>',
        found={"rule": "dailymotion.iframe", "post_id": "x84sh87"},
    ),
    Sample(
        case='<amp-dailymotion data-videoid="x84sh87"></amp-dailymotion>',
        found={"rule": "dailymotion.amp", "post_id": "x84sh87"},
    ),
)
