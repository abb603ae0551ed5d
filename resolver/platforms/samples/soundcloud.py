"""Cases of soundcloud with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case=(
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/34019569&color=ff5500"
        ),
        found={"id": "34019569", "url": "https://api.soundcloud.com/tracks/34019569", "posted_at": None},
    ),
    Sample(
        case="https://soundcloud.com/jodoe/low-tide",
        found={"id": "low-tide", "handle": "jodoe"},
    ),
    Sample(
        case="https://soundcloud.com/jodoe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com'
            '/tracks/34019569&amp;auto_play=false"></iframe>'
        ),
        found={"rule": "soundcloud.iframe", "post_id": "34019569"},
    ),
    Sample(
        case='[soundcloud url="https://api.soundcloud.com/tracks/34019569" width="100%"]',
        found={"rule": "soundcloud.shortcode", "post_id": "34019569"},
    ),
    Sample(
        case='<amp-soundcloud data-trackid="34019569"></amp-soundcloud>',
        found={"rule": "soundcloud.amp", "post_id": "34019569"},
    ),
)
