"""Cases of pinterest with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.pinterest.de/pin/99360735500167749/",
        found={
            "id": "99360735500167749",
            "url": "https://www.pinterest.com/pin/99360735500167749/",
            "posted_at": None,
        },
    ),
    Sample(
        case="https://www.pinterest.com/jodoe/boats/",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=('<a data-pin-do="embedPin" href="https://www.pinterest.com/pin/99360735500167749/"></a>'),
        found={"rule": "pinterest.pin", "post_id": "99360735500167749"},
    ),
    Sample(
        case=('<iframe src="https://assets.pinterest.com/ext/embed.html?id=99360735500167749"></iframe>'),
        found={"rule": "pinterest.iframe", "post_id": "99360735500167749"},
    ),
    Sample(
        case='<a data-pin-do="embedUser" href="https://www.pinterest.com/jodoe/"></a>',
        found={},
    ),
)
