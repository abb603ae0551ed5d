"""Cases of facebook with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://www.facebook.com/jo.doe/posts/10153908777222475",
        found={
            "id": "10153908777222475",
            "handle": "jo.doe",
            "url": "https://www.facebook.com/jo.doe/posts/10153908777222475",
            "posted_at": None,
        },
    ),
    Sample(
        case="https://de-de.facebook.com/harbour/videos/vb.20531316728/10155278547321729/?type=3",
        found={"id": "10155278547321729", "handle": "harbour"},
    ),
    Sample(
        case="https://www.facebook.com/harbour/photos/a.1234567/7654321/?type=3",
        found={"id": "7654321"},
    ),
    Sample(
        case="https://www.facebook.com/permalink.php?story_fbid=1234567&id=7654321",
        found={"id": "1234567"},
    ),
    Sample(
        case=(
            "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%"
            "2Fharbour%2Fposts%2F10158900000000001&width=500"
        ),
        found={"id": "10158900000000001", "handle": "harbour"},
    ),
    Sample(
        case="http://graph.facebook.com/harbour/posts/10153908777222475",
        found={"id": "10153908777222475"},
    ),
    Sample(
        case="https://www.facebook.com/harbour",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<div class="fb-post" '
            'data-href="https://www.facebook.com/harbour/posts/10158900000000001"><blockquo'
            'te cite="https://www.facebook.com/harbour/posts/10158900000000001" '
            'class="fb-xfbml-parse-ignore"><p>The quay reopens.</p>Posted by <a '
            'href="https://www.facebook.com/harbour">Harbour Office</a> on&nbsp;<a '
            'href="https://www.facebook.com/harbour/posts/10158900000000001">Friday, April '
            "10, 2020</a></blockquote></div>"
        ),
        found={
            "rule": "facebook.post",
            "post_id": "10158900000000001",
            "author": "Harbour Office",
            "handle": "harbour",
            "posted": "2020-04-10",
            "text": "The quay reopens.",
        },
    ),
    Sample(
        case=(
            '<div class="fb-video" '
            'data-href="https://www.facebook.com/harbour/videos/10155278547321729/"><blockq'
            'uote cite="https://www.facebook.com/harbour/videos/10155278547321729/" '
            'class="fb-xfbml-parse-ignore"><a '
            'href="https://www.facebook.com/harbour/videos/10155278547321729/">At '
            'sea</a><p>Waves.</p>Publiée par <a href="https://www.facebook.com/harbour">Le '
            "Port</a> sur&nbsp;Lundi 18 janvier 2021</blockquote></div>"
        ),
        found={
            "rule": "facebook.video",
            "post_id": "10155278547321729",
            "author": "Le Port",
            "posted": "2021-01-18",
            "text": "At sea\n\nWaves.",
        },
    ),
    Sample(
        case=(
            '<blockquote class="fb-xfbml-parse-ignore" '
            'cite="http://graph.facebook.com/harbour/posts/10153908777222475"><p>Low '
            "tide.</p></blockquote>"
        ),
        found={"rule": "facebook.blockquote", "post_id": "10153908777222475", "text": "Low tide."},
    ),
    Sample(
        case=(
            '<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww'
            '.facebook.com%2Fharbour%2Fvideos%2F10155278547321729%2F&amp;show_text=0"></iframe>'
        ),
        found={"rule": "facebook.iframe", "post_id": "10155278547321729", "handle": "harbour"},
    ),
    Sample(
        case=(
            '<amp-facebook data-href="https://www.facebook.com/harbour/posts/10158900000000'
            '001"></amp-facebook>'
        ),
        found={"rule": "facebook.amp", "post_id": "10158900000000001"},
    ),
    Sample(
        case=('<fb:post href="https://www.facebook.com/harbour/posts/10158900000000001"></fb:post>'),
        found={"rule": "facebook.fbml", "post_id": "10158900000000001"},
    ),
    Sample(
        case=(
            '<iframe src="https://www.facebook.com/plugins/like.php?href=https%3A%2F%2Fexample.com"></iframe>'
        ),
        found={},
    ),
)
