"""Cases of bluesky with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://bsky.app/profile/jo.example/post/3mkuf6q2xc226?ref_src=embed",
        found={
            "id": "3mkuf6q2xc226",
            "handle": "jo.example",
            "url": "https://bsky.app/profile/jo.example/post/3mkuf6q2xc226",
        },
    ),
    Sample(
        case="https://bsky.app/profile/did:plc:abc234/post/3mkuf6q2xc226",
        found={"id": "3mkuf6q2xc226", "handle": None},
    ),
    Sample(
        case="https://embed.bsky.app/embed/did:plc:abc234/app.bsky.feed.post/3mkuf6q2xc226?id=1",
        found={"url": "https://bsky.app/profile/did:plc:abc234/post/3mkuf6q2xc226"},
    ),
    Sample(
        case="https://bsky.app/profile/jo.example",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<blockquote class="bluesky-embed" '
            'data-bluesky-uri="at://did:plc:abc234/app.bsky.feed.post/3mkuf6q2xc226" '
            'data-bluesky-cid="bafy"><p lang="en">Low tide.<br><br><a '
            'href="https://bsky.app/profile/did:plc:abc234/post/3mkuf6q2xc226?ref_src=embed'
            '">[image or embed]</a></p>&mdash; Jo Doe (<a '
            'href="https://bsky.app/profile/did:plc:abc234?ref_src=embed">@jo.example</a>) '
            '<a href="https://bsky.app/profile/did:plc:abc234/post/3mkuf6q2xc226?ref_src=em'
            'bed">May 2, 2026 at 12:01 PM</a></blockquote>'
        ),
        found={
            "rule": "bluesky.blockquote",
            "post_id": "3mkuf6q2xc226",
            "author": "Jo Doe",
            "handle": "jo.example",
            "posted": "2026-05-02",
            "text": "Low tide.\n\n[image or embed]",
        },
    ),
    Sample(
        case=(
            '<blockquote class="bluesky-embed" '
            'data-bluesky-uri="at://did:plc:abc234/app.bsky.feed.post/3mkuf6q2xc226"><p>Low'
            ' tide.</p>&mdash; <a href="https://bsky.app/profile/did:plc:abc234">Jo Doe '
            "(@jo.example)</a> <a "
            'href="https://bsky.app/profile/did:plc:abc234/post/3mkuf6q2xc226">2026-05-02T1'
            "0:01:27.000Z</a></blockquote>"
        ),
        found={"author": "Jo Doe", "handle": "jo.example", "posted": "2026-05-02", "text": "Low tide."},
    ),
    Sample(
        case=(
            '<iframe src="https://embed.bsky.app/embed/did:plc:abc234/app.bsky.feed.post/3m'
            'kuf6q2xc226"></iframe>'
        ),
        found={"rule": "bluesky.iframe", "post_id": "3mkuf6q2xc226"},
    ),
    Sample(
        case='<bluesky-post src="https://bsky.app/profile/jo.example/post/3mkuf6q2xc226"></bluesky-post>',
        found={"rule": "bluesky.component", "post_id": "3mkuf6q2xc226", "handle": "jo.example"},
    ),
)
