"""Cases of youtube with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://youtu.be/dQw4w9WgXcQ?t=3",
        found={
            "id": "dQw4w9WgXcQ",
            "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "handle": None,
            "posted_at": None,
        },
    ),
    Sample(
        case="http://www.youtube.com/watch?feature=share&v=dQw4w9WgXcQ#t=1",
        found={"id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case="https://m.youtube.com/shorts/dQw4w9WgXcQ",
        found={"id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case="//www.youtube-nocookie.com/embed/dQw4w9WgXcQ?version=3",
        found={"id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case="https://www.youtube.com/embed/videoseries?list=PL1",
        found={"id": "PL1", "url": "https://www.youtube.com/playlist?list=PL1"},
    ),
    Sample(
        case="https://www.youtube.com/@jodoe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=('<iframe width="1" src="//www.youtube.com/embed/dQw4w9WgXcQ?rel=0&amp;start=3"></iframe>'),
        found={"rule": "youtube.iframe", "post_id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case=(
            '<iframe src="about:blank" '
            'data-lazy-src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>'
        ),
        found={"rule": "youtube.iframe", "post_id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case=(
            '<object><param name="movie" '
            'value="http://www.youtube.com/v/dQw4w9WgXcQ"><embed '
            'src="http://www.youtube.com/v/dQw4w9WgXcQ"></object>'
        ),
        found={"rule": "youtube.iframe", "post_id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case='<lite-youtube videoid="dQw4w9WgXcQ"></lite-youtube>',
        found={"rule": "youtube.lite", "post_id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case='<amp-youtube data-videoid="dQw4w9WgXcQ"></amp-youtube>',
        found={"rule": "youtube.amp", "post_id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case="{{< youtube dQw4w9WgXcQ >}}",
        found={"rule": "youtube.shortcode", "post_id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case="[youtube https://www.youtube.com/watch?v=dQw4w9WgXcQ&w=1]",
        found={"rule": "youtube.shortcode", "post_id": "dQw4w9WgXcQ"},
    ),
    Sample(
        case='<iframe src="https://www.youtube.com/embed/videoseries?list=PL1"></iframe>',
        found={"post_id": "PL1"},
    ),
)
