"""Cases of tumblr with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://jodoe.tumblr.com/post/137299316242/low-tide",
        found={"id": "137299316242", "url": "https://jodoe.tumblr.com/post/137299316242", "posted_at": None},
    ),
    Sample(
        case="https://www.tumblr.com/jodoe/137299316242/low-tide",
        found={"id": "137299316242", "handle": "jodoe"},
    ),
    Sample(
        case="https://jodoe.tumblr.com/archive",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<div class="tumblr-post" '
            'data-href="https://embed.tumblr.com/embed/post/AbC/137299316242" '
            'data-did="x"><a href="https://jodoe.tumblr.com/post/137299316242/low-tide">htt'
            "ps://jodoe.tumblr.com/post/137299316242/low-tide</a></div>"
        ),
        found={
            "rule": "tumblr.post",
            "post_id": "137299316242",
            "post_url": "https://jodoe.tumblr.com/post/137299316242",
            "text": None,
        },
    ),
    Sample(
        case=(
            '<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/AbC/137299316242"></div>'
        ),
        found={"rule": "tumblr.frame", "post_id": "137299316242"},
    ),
)
