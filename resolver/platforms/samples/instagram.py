"""Cases of instagram with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.instagram.com/p/Bw-eOMwAiNU/?utm_source=ig_embed",
        found={"id": "Bw-eOMwAiNU", "url": "https://www.instagram.com/p/Bw-eOMwAiNU/"},
    ),
    Sample(
        case="http://instagr.am/p/CXkY9/",
        found={"id": "CXkY9", "posted_at": None},
    ),
    Sample(
        case="https://www.instagram.com/jo.doe/reel/C1abcDEFghi/",
        found={"id": "C1abcDEFghi", "handle": "jo.doe", "url": "https://www.instagram.com/reel/C1abcDEFghi/"},
    ),
    Sample(
        case="https://www.instagram.com/p/Bw-eOMwAiNU/embed/captioned/",
        found={"id": "Bw-eOMwAiNU"},
    ),
    Sample(
        case="https://www.instagram.com/jo.doe/",
        found={},
    ),
    Sample(
        case="https://www.instagram.com/explore/tags/sea/",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<blockquote class="instagram-media" data-instgrm-captioned '
            'data-instgrm-permalink="https://www.instagram.com/p/Bw-eOMwAiNU/?utm_source=ig'
            '_embed" data-instgrm-version="12"><div><a '
            'href="https://www.instagram.com/p/Bw-eOMwAiNU/"><div>View this post on '
            'Instagram</div></a><p><a href="https://www.instagram.com/p/Bw-eOMwAiNU/">Low '
            "tide at noon #sea</a></p><p>A post shared by <a "
            'href="https://www.instagram.com/jo.doe/"> Jo Doe</a> (@jo.doe) on <time '
            'datetime="2019-05-02T20:50:21+00:00">May 2, 2019 at 1:50pm '
            "PDT</time></p></div></blockquote>"
        ),
        found={
            "rule": "instagram.blockquote",
            "post_id": "Bw-eOMwAiNU",
            "author": "Jo Doe",
            "handle": "jo.doe",
            "posted": "2019-05-02",
            "posted_at": "2019-05-02T20:50:21+00:00",
            "text": "Low tide at noon #sea",
        },
    ),
    Sample(
        case=(
            '<blockquote class="instagram-media" data-instgrm-version="14" '
            'data-instgrm-permalink="https://www.instagram.com/reel/Bw-eOMwAiNU/"><div><a '
            'href="https://www.instagram.com/reel/Bw-eOMwAiNU/">Sieh dir diesen Beitrag '
            "auf Instagram an</a></div><p><a "
            'href="https://www.instagram.com/reel/Bw-eOMwAiNU/">Ein Beitrag geteilt von Jo '
            "Doe (@jo.doe)</a></p></blockquote>"
        ),
        found={
            "post_id": "Bw-eOMwAiNU",
            "author": "Jo Doe",
            "handle": "jo.doe",
            "posted": None,
            "text": None,
        },
    ),
    Sample(
        case=(
            '<blockquote class="instagram-media"><p><a '
            'href="https://instagram.com/p/Bw-eOMwAiNU/">潮が引いた</a></p><p>Jo '
            'Doe(@jo.doe)がシェアした投稿 - <time datetime="2019-05-02T20:50:21+00:00">2019年 '
            "5月月2日午後1時50分PDT</time></p></blockquote>"
        ),
        found={
            "author": "Jo Doe",
            "handle": "jo.doe",
            "text": "潮が引いた",
            "posted_at": "2019-05-02T20:50:21+00:00",
        },
    ),
    Sample(
        case='<amp-instagram data-shortcode="Bw-eOMwAiNU" width="1"></amp-instagram>',
        found={"rule": "instagram.amp", "post_id": "Bw-eOMwAiNU"},
    ),
    Sample(
        case=(
            '<iframe class="instagram-media instagram-media-rendered" '
            'src="https://www.instagram.com/p/Bw-eOMwAiNU/embed/?cr=1"></iframe>'
        ),
        found={"rule": "instagram.rendered", "post_id": "Bw-eOMwAiNU"},
    ),
    Sample(
        case='<iframe src="//instagram.com/p/Bw-eOMwAiNU/embed/"></iframe>',
        found={"rule": "instagram.iframe", "post_id": "Bw-eOMwAiNU"},
    ),
    Sample(
        case="{{< instagram Bw-eOMwAiNU >}}",
        found={"rule": "instagram.shortcode", "post_id": "Bw-eOMwAiNU"},
    ),
    Sample(
        case='<Instagram instagramId="Bw-eOMwAiNU" />',
        found={"rule": "instagram.component", "post_id": "Bw-eOMwAiNU"},
    ),
)
