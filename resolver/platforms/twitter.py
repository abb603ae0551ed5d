"""Twitter, since 2023 X: its post addresses, the time in its ids, its embed markup.

Ids since 4 November 2010 are "snowflakes": the milliseconds since the platform's own epoch, shifted left by 22
bits (https://github.com/twitter-archive/snowflake). Earlier ids were counted up and carry no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.platforms.clock import since_1970
from resolver.platforms.registry import post_on
from resolver.platforms.rows import Element, Form, Platform, Source

if TYPE_CHECKING:
    from datetime import datetime

    from resolver.models import Post

NAME: Final = "twitter"

#: 2010-11-04T01:42:54.657Z, the zero of the ids' clock, in milliseconds since 1970.
SNOWFLAKE_EPOCH: Final = 1_288_834_974_657

#: The first ids made by the new scheme; what is below was counted up.
FIRST_SNOWFLAKE: Final = 29_700_859_247


def post_of(url: str) -> Post | None:
    """Return the post that an address of twitter.com or x.com is of, or ``None`` if it is none.

    The canonical address is on twitter.com, under which data sets and web archives hold the posts; it redirects
    to x.com. The handle is kept as it stands in the address. Sites that show the same posts under the same ids
    (nitter, fxtwitter) count as the platform's own.

    >>> post = post_of("https://mobile.twitter.com/nasa/statuses/1382350606417817604/photo/1?s=20")
    >>> post.url, post.posted_at.isoformat()
    ('https://twitter.com/nasa/status/1382350606417817604', '2021-04-14T15:10:42.059000+00:00')
    >>> post_of("https://twitter.com/i/web/status/1382350606417817604").handle is None
    True
    >>> post_of("https://twitter.com/nasa") is None
    True
    """
    return post_on(NAME, url)


def posted_at(post_id: str) -> datetime | None:
    """Return the time (UTC, to the millisecond) at which a post's id was made, ``None`` for ids without one.

    >>> posted_at("1294729362470051840").date().isoformat()
    '2020-08-15'
    >>> posted_at("20") is None
    True
    """
    number = int(post_id)
    if number < FIRST_SNOWFLAKE:
        return None
    return since_1970(milliseconds=(number >> 22) + SNOWFLAKE_EPOCH)


_ID = r"0{0,18}(?P<id>[1-9][0-9]{0,18})(?![0-9])"
_WITHOUT_HANDLE = "https://twitter.com/i/web/status/{id}"
_ANY = "https://twitter.com/i/web/status/{0}"
_DIGITS = r"([0-9]{1,19})"

PLATFORM: Final = Platform(
    name=NAME,
    posted_at=posted_at,
    handle=r"[A-Za-z0-9_]{1,20}",
    literals=("twitter", "tweet", "Tweet", "x.com", "[embed]", "nitter."),
    hashtag_path=r"/(?:hashtag/|search/?\?q=(?:%23|#)|search/(?:%23|#))",
    profile_path=r"/(?:#!/)?(?P<handle>[A-Za-z0-9_]{1,20})/?(?=[?#]|\Z)",
    forms=(
        # `i`, `i/web` and `statuses` stand where a handle would; the hash-bang is of 2010-2013.
        Form(path=rf"/(?:#!/)?(?:i/web|i)/status(?:es)?/{_ID}", url=_WITHOUT_HANDLE),
        Form(path=rf"/(?:#!/)?statuses/{_ID}", url=_WITHOUT_HANDLE),
        Form(
            path=rf"/(?:#!/)?(?P<handle>[A-Za-z0-9_]{{1,20}})/status(?:es)?/{_ID}",
            url="https://twitter.com/{handle}/status/{id}",
        ),
        # The frame of a rendered embed, since 2020.
        Form(
            path=rf"/embed/(?:Tweet|index)\.html\?(?:[^\s#&]{{0,999}}&){{0,40}}?id={_ID}", url=_WITHOUT_HANDLE
        ),
    ),
    # The embed code of the platform: https://developer.x.com/en/docs/x-for-websites/embedded-posts/overview
    elements=(
        Element(
            rule="blockquote",
            tags=("blockquote",),
            classes=("twitter-tweet", "twitter-video", "twitter-tweet-quote"),
            layout="attribution",
        ),
        # What the platform's script makes of it: from 2015 a custom element, from 2020 a frame in a box.
        Element(
            rule="rendered",
            tags=("twitterwidget", "twitter-widget", "div"),
            classes=("twitter-tweet", "twitter-tweet-rendered", "twitter-video"),
            sources=(Source(attribute="data-tweet-id", value=_DIGITS, url=_ANY),),
            layout="attribution",
        ),
        Element(
            rule="amp",
            tags=("amp-twitter",),
            sources=(Source(attribute="data-tweetid", value=_DIGITS, url=_ANY),),
            layout="attribution",
        ),
        # Substack keeps the whole post as JSON, with its time to the second.
        Element(
            rule="substack",
            tags=("div",),
            classes=("tweet", "twitter-embed"),
            attributes=("data-attrs",),
            layout="json",
        ),
        # MDX: react-tweet, astro-embed, gatsby-plugin-mdx-embed.
        Element(
            rule="component",
            tags=("tweet", "twitter", "xpost"),
            sources=(
                Source(
                    attribute="tweetlink",
                    value=r"/?([A-Za-z0-9_]{1,20}/status/[0-9]{1,19})[^\s]{0,200}",
                    url="https://twitter.com/{0}",
                ),
                Source(attribute="tweetid", value=_DIGITS, url=_ANY),
                Source(attribute="id", value=_DIGITS, url=_ANY),
                Source(attribute="tweet"),
                Source(attribute="url"),
                Source(attribute="id"),
            ),
        ),
        Element(
            rule="iframe",
            tags=("iframe",),
            sources=(Source(attribute="data-tweet-id", value=_DIGITS, url=_ANY),),
            any_attribute=True,
        ),
    ),
    shortcodes=("tweet", "twitter", "twitter_simple", "x", "x_simple", "blackbirdpie"),
    shortcode_ids=Source(attribute="id", value=_DIGITS, url=_ANY),
    shortcode_user="https://twitter.com/{0}/status/{1}",
)
