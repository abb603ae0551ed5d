"""Cases of imgur with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://imgur.com/a/Vh7uL",
        found={"id": "Vh7uL", "url": "https://imgur.com/a/Vh7uL", "posted_at": None},
    ),
    Sample(
        case="https://imgur.com/aB3dE5f",
        found={"id": "aB3dE5f", "url": "https://imgur.com/aB3dE5f"},
    ),
    Sample(
        case="https://imgur.com/user/jodoe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<blockquote class="imgur-embed-pub" lang="en" data-id="a/Vh7uL"><a '
            'href="//imgur.com/a/Vh7uL">View post on imgur.com</a></blockquote>'
        ),
        found={
            "rule": "imgur.blockquote",
            "post_id": "Vh7uL",
            "post_url": "https://imgur.com/a/Vh7uL",
            "text": None,
        },
    ),
    Sample(
        case=(
            '<blockquote class="imgur-embed-pub" data-id="aB3dE5f"><a '
            'href="//imgur.com/aB3dE5f">Low tide</a></blockquote>'
        ),
        found={"post_id": "aB3dE5f"},
    ),
    Sample(
        case='<amp-imgur data-imgur-id="a/Vh7uL"></amp-imgur>',
        found={"rule": "imgur.amp", "post_url": "https://imgur.com/a/Vh7uL"},
    ),
    Sample(
        case=(
            '<iframe class="imgur-embed-iframe-pub" src="https://imgur.com/aB3dE5f/embed?pub=true"></iframe>'
        ),
        found={"rule": "imgur.iframe", "post_id": "aB3dE5f"},
    ),
)
