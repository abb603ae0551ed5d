"""Cases of threads with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.threads.net/@jo.doe/post/DNJQOX0RA08",
        found={
            "id": "DNJQOX0RA08",
            "handle": "jo.doe",
            "url": "https://www.threads.com/@jo.doe/post/DNJQOX0RA08",
        },
    ),
    Sample(
        case="https://www.threads.net/t/DNJQOX0RA08/embed",
        found={"id": "DNJQOX0RA08", "handle": None},
    ),
    Sample(
        case="https://www.threads.net/@jo.doe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<blockquote class="text-post-media" '
            'data-text-post-permalink="https://www.threads.com/@jo.doe/post/DNJQOX0RA08" '
            'data-text-post-version="0" id="ig-tp-DNJQOX0RA08"><a '
            'href="https://www.threads.com/@jo.doe/post/DNJQOX0RA08"><div>View on '
            "Threads</div></a></blockquote>"
        ),
        found={"rule": "threads.blockquote", "post_id": "DNJQOX0RA08", "handle": "jo.doe", "text": None},
    ),
    Sample(
        case='<iframe src="https://www.threads.net/@jo.doe/post/DNJQOX0RA08/embed"></iframe>',
        found={"rule": "threads.iframe", "post_id": "DNJQOX0RA08"},
    ),
)
