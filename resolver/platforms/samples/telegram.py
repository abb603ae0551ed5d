"""Cases of telegram with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://t.me/jodoe/241?embed=1",
        found={"id": "241", "handle": "jodoe", "url": "https://t.me/jodoe/241", "posted_at": None},
    ),
    Sample(
        case="https://t.me/s/jodoe/241",
        found={"url": "https://t.me/jodoe/241"},
    ),
    Sample(
        case="https://t.me/jodoe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<script async src="https://telegram.org/js/telegram-widget.js?22" '
            'data-telegram-post="jodoe/241" data-width="100%"></script>'
        ),
        found={
            "rule": "telegram.script",
            "post_id": "241",
            "handle": "jodoe",
            "post_url": "https://t.me/jodoe/241",
        },
    ),
    Sample(
        case=(
            '<iframe id="telegram-post-jodoe-241" src="https://t.me/jodoe/241?embed=1&amp;mode=tme"></iframe>'
        ),
        found={"rule": "telegram.iframe", "post_id": "241"},
    ),
    Sample(
        case=(
            '<blockquote class="telegram-post"><p>Low tide.</p><a '
            'href="https://t.me/jodoe/241">t.me/jodoe/241</a></blockquote>'
        ),
        found={"rule": "telegram.blockquote", "post_id": "241"},
    ),
)
