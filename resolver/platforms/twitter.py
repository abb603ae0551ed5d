"""Twitter, since 2023 X: its post addresses, the time in its ids, its embed markup.

Ids since 4 November 2010 are "snowflakes": the milliseconds since the platform's own epoch, shifted left by 22
bits (https://github.com/twitter-archive/snowflake). Earlier ids were counted up and carry no time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from resolver.models import Post

NAME: Final = "twitter"

#: 2010-11-04T01:42:54.657Z, the zero of the ids' clock, in milliseconds since 1970.
SNOWFLAKE_EPOCH: Final = 1_288_834_974_657

#: The first ids made by the new scheme; what is below was counted up.
FIRST_SNOWFLAKE: Final = 29_700_859_247

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# All forms of a post's address: with or without the handle, the old /statuses/, the hash-bang of 2010-2013, and
# whatever follows the id (/photo/1, ?s=20). `i`, `i/web` and `statuses` stand where a handle would.
_POST_URL = re.compile(
    r"https?://(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com/(?:#!/)?"
    r"(?:(?:i/web|i|(?P<handle>[A-Za-z0-9_]{1,20}))/status(?:es)?|statuses)/(?P<id>[0-9]{1,19})(?![0-9])",
    re.IGNORECASE | re.ASCII,
)


def post_of(url: str) -> Post | None:
    """Return the post that an address of twitter.com or x.com is of, or ``None`` if it is none.

    The canonical address is on twitter.com, under which data sets and web archives hold the posts; it redirects
    to x.com. The handle is kept as it stands in the address.

    >>> post = post_of("https://mobile.twitter.com/nasa/statuses/1382350606417817604/photo/1?s=20")
    >>> post.url, post.posted_at.isoformat()
    ('https://twitter.com/nasa/status/1382350606417817604', '2021-04-14T15:10:42.059000+00:00')
    >>> post_of("https://twitter.com/i/web/status/1382350606417817604").handle is None
    True
    >>> post_of("https://twitter.com/nasa") is None
    True
    """
    match = _POST_URL.match(url)
    if match is None:
        return None
    post_id, handle = match["id"].lstrip("0"), match["handle"]
    if not post_id:
        return None
    return Post(
        platform=NAME,
        id=post_id,
        handle=handle,
        url=f"https://twitter.com/{handle or 'i/web'}/status/{post_id}",
        posted_at=posted_at(post_id),
    )


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
    return _EPOCH + timedelta(milliseconds=(number >> 22) + SNOWFLAKE_EPOCH)
