"""Cases of mastodon with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://mastodon.social/@jo/109302435038497792",
        found={
            "id": "109302435038497792",
            "handle": "jo",
            "url": "https://mastodon.social/@jo/109302435038497792",
            "posted_at": "2022-11-07T12:06:40.270000+00:00",
        },
    ),
    Sample(
        case="https://fosstodon.org/@jo@social.example/109302435038497792",
        found={"handle": "jo@social.example"},
    ),
    Sample(
        case="https://social.example/@jo/109302435038497792",
        found={},
    ),
    Sample(
        case="https://mastodon.social/@jo",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<blockquote class="mastodon-embed" '
            'data-embed-url="https://social.example/@jo/109302435038497792/embed"><a '
            'href="https://social.example/@jo/109302435038497792"><div>Post by '
            "@jo@social.example</div><div>View on Mastodon</div></a></blockquote>"
        ),
        found={
            "rule": "mastodon.blockquote",
            "post_id": "109302435038497792",
            "handle": "jo",
            "post_url": "https://social.example/@jo/109302435038497792",
            "text": None,
        },
    ),
    Sample(
        case=(
            '<iframe src="https://social.example/@jo/109302435038497792/embed" '
            'class="mastodon-embed"></iframe>'
        ),
        found={"rule": "mastodon.iframe", "post_id": "109302435038497792"},
    ),
    Sample(
        case='<iframe src="https://social.example/@jo/109302435038497792/embed"></iframe>',
        found={},
    ),
    Sample(
        case='<iframe data-src="https://mastodon.social/@jo/109302435038497792/embed"></iframe>',
        found={"rule": "mastodon.known_host", "post_id": "109302435038497792"},
    ),
)
