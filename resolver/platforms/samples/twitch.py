"""Cases of twitch with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.twitch.tv/videos/124312346?t=1m",
        found={"id": "124312346", "url": "https://www.twitch.tv/videos/124312346", "posted_at": None},
    ),
    Sample(
        case="https://www.twitch.tv/jodoe/clip/LowTideAtNoon-AbC",
        found={"id": "LowTideAtNoon-AbC", "handle": "jodoe"},
    ),
    Sample(
        case="https://www.twitch.tv/jodoe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<iframe src="https://player.twitch.tv/?autoplay=false&amp;video=v124312346&amp'
            ';parent=example.com"></iframe>'
        ),
        found={"rule": "twitch.iframe", "post_id": "124312346"},
    ),
    Sample(
        case=(
            '<iframe src="https://clips.twitch.tv/embed?clip=LowTideAtNoon&amp;parent=example.com"></iframe>'
        ),
        found={"rule": "twitch.iframe", "post_id": "LowTideAtNoon"},
    ),
    Sample(
        case=('<iframe src="https://player.twitch.tv/?channel=jodoe&amp;parent=example.com"></iframe>'),
        found={},
    ),
)
