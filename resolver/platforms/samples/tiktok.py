"""Cases of tiktok with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.tiktok.com/@jo.doe/video/7467551545404558600?lang=en",
        found={
            "id": "7467551545404558600",
            "handle": "jo.doe",
            "url": "https://www.tiktok.com/@jo.doe/video/7467551545404558600",
            "posted_at": "2025-02-04T13:13:52+00:00",
        },
    ),
    Sample(
        case="https://www.tiktok.com/embed/v2/7467551545404558600",
        found={"id": "7467551545404558600", "handle": None},
    ),
    Sample(
        case="https://www.tiktok.com/@jo.doe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<blockquote class="tiktok-embed" '
            'cite="https://www.tiktok.com/@jo.doe/video/7467551545404558600" '
            'data-video-id="7467551545404558600"><section> <a target="_blank" '
            'title="@jo.doe" href="https://www.tiktok.com/@jo.doe?refer=embed">@jo.doe</a> '
            '<p>Low tide <a title="sea" '
            'href="https://www.tiktok.com/tag/sea?refer=embed">#sea</a></p> <a title="♬ '
            'original sound - Jo" '
            'href="https://www.tiktok.com/music/original-sound-1?refer=embed">♬ original '
            "sound - Jo</a> </section></blockquote>"
        ),
        found={
            "rule": "tiktok.blockquote",
            "post_id": "7467551545404558600",
            "handle": "jo.doe",
            "text": "Low tide #sea",
            "posted_at": "2025-02-04T13:13:52+00:00",
            "hashtags": "sea",
            "mentions": "",
        },
    ),
    Sample(
        case=('<iframe src="https://www.tiktok.com/player/v1/7467551545404558600?music_info=1"></iframe>'),
        found={"rule": "tiktok.iframe", "post_id": "7467551545404558600"},
    ),
    Sample(
        case=(
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@jo.doe" '
            'data-unique-id="jo.doe" data-embed-type="creator"><section><a '
            'href="https://www.tiktok.com/@jo.doe?refer=creator_embed">@jo.doe</a></section'
            "></blockquote>"
        ),
        found={},
    ),
    Sample(
        case='<amp-tiktok width="1" data-src="7467551545404558600"></amp-tiktok>',
        found={"rule": "tiktok.amp", "post_id": "7467551545404558600"},
    ),
)
