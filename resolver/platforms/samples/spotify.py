"""Cases of spotify with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC?utm_source=generator",
        found={
            "id": "4uLU6hMCjMI75M1A2tKUQC",
            "url": "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC",
            "posted_at": None,
        },
    ),
    Sample(
        case="https://embed.spotify.com/?uri=spotify%3Atrack%3A4uLU6hMCjMI75M1A2tKUQC",
        found={"id": "4uLU6hMCjMI75M1A2tKUQC"},
    ),
    Sample(
        case="https://open.spotify.com/search",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=('<iframe src="https://open.spotify.com/embed/episode/4uLU6hMCjMI75M1A2tKUQC"></iframe>'),
        found={
            "rule": "spotify.iframe",
            "post_id": "4uLU6hMCjMI75M1A2tKUQC",
            "post_url": "https://open.spotify.com/episode/4uLU6hMCjMI75M1A2tKUQC",
        },
    ),
)
