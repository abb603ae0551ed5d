"""Cases of reddit with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.reddit.com/r/sea/comments/1e9iyof/low_tide/",
        found={
            "id": "1e9iyof",
            "handle": None,
            "url": "https://www.reddit.com/r/sea/comments/1e9iyof/",
            "posted_at": None,
        },
    ),
    Sample(
        case="https://www.reddit.com/r/sea/comments/1e9iyof/comment/leevgp2/?context=3",
        found={"id": "1e9iyof", "url": "https://www.reddit.com/r/sea/comments/1e9iyof/comment/leevgp2/"},
    ),
    Sample(
        case=("https://www.redditmedia.com/r/sea/comments/1e9iyof/low_tide/leevgp2/?depth=1&embed=true"),
        found={"url": "https://www.reddit.com/r/sea/comments/1e9iyof/comment/leevgp2/"},
    ),
    Sample(
        case="https://embed.reddit.com/r/sea/comments/1e9iyof/?embed=true",
        found={"id": "1e9iyof"},
    ),
    Sample(
        case="https://redd.it/1e9iyof",
        found={"id": "1e9iyof"},
    ),
    Sample(
        case="https://www.reddit.com/r/sea/",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<blockquote class="reddit-embed-bq" data-embed-height="316"><a '
            'href="https://www.reddit.com/r/sea/comments/1e9iyof/low_tide/">Low tide at '
            'noon</a><br> by<a href="https://www.reddit.com/user/jodoe/">u/jodoe</a> in<a '
            'href="https://www.reddit.com/r/sea/">sea</a></blockquote>'
        ),
        found={
            "rule": "reddit.blockquote",
            "post_id": "1e9iyof",
            "handle": "jodoe",
            "text": "Low tide at noon",
        },
    ),
    Sample(
        case=(
            '<blockquote class="reddit-embed-bq"><a '
            'href="https://www.reddit.com/r/sea/comments/1e9iyof/comment/leevgp2/">Comment<'
            '/a><br> by<a href="https://www.reddit.com/user/jodoe/">u/jodoe</a> from '
            'discussion<a href="https://www.reddit.com/r/sea/comments/1e9iyof/low_tide/"></'
            'a><br> in<a href="https://www.reddit.com/r/sea/">sea</a></blockquote>'
        ),
        found={
            "post_id": "1e9iyof",
            "handle": "jodoe",
            "post_url": "https://www.reddit.com/r/sea/comments/1e9iyof/comment/leevgp2/",
            "text": None,
        },
    ),
    Sample(
        case=(
            '<blockquote class="reddit-card"><a '
            'href="https://www.reddit.com/r/sea/comments/1e9iyof/low_tide/">Low tide</a> '
            'from <a href="http://www.reddit.com/r/sea">sea</a></blockquote>'
        ),
        found={"post_id": "1e9iyof", "text": "Low tide"},
    ),
    Sample(
        case=(
            '<iframe id="reddit-embed" '
            'src="https://www.redditmedia.com/r/sea/comments/1e9iyof/low_tide/?ref_source=e'
            'mbed&amp;embed=true"></iframe>'
        ),
        found={"rule": "reddit.iframe", "post_id": "1e9iyof"},
    ),
    Sample(
        case=(
            '<amp-reddit data-embedtype="post" '
            'data-src="https://www.reddit.com/r/sea/comments/1e9iyof/low_tide/"></amp-reddit>'
        ),
        found={"rule": "reddit.amp", "post_id": "1e9iyof"},
    ),
    Sample(
        case=(
            '<div class="reddit-embed" data-embed-media="www.redditmedia.com" '
            'data-embed-live="false"><a '
            'href="https://www.reddit.com/r/sea/comments/1e9iyof/low_tide/leevgp2">Comment</a> from '
            'discussion <a href="https://www.reddit.com/r/sea/comments/1e9iyof/low_tide/">Low '
            "tide</a>.</div>"
        ),
        found={
            "rule": "reddit.comment",
            "post_id": "1e9iyof",
            "post_url": "https://www.reddit.com/r/sea/comments/1e9iyof/comment/leevgp2/",
        },
    ),
)
