"""Cases of flickr with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.flickr.com/photos/jodoe/51234567890/in/photostream/",
        found={
            "id": "51234567890",
            "handle": "jodoe",
            "url": "https://www.flickr.com/photos/jodoe/51234567890/",
            "posted_at": None,
        },
    ),
    Sample(
        case="https://www.flickr.com/photos/jodoe/",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<a data-flickr-embed="true" '
            'href="https://www.flickr.com/photos/jodoe/51234567890/" title="Low tide"><img '
            'src="https://live.staticflickr.com/1.jpg" alt="Low tide"></a>'
        ),
        found={"rule": "flickr.photo", "post_id": "51234567890", "handle": "jodoe"},
    ),
    Sample(
        case='<iframe src="https://www.flickr.com/photos/jodoe/51234567890/player/"></iframe>',
        found={"rule": "flickr.iframe", "post_id": "51234567890"},
    ),
)
