"""One file per platform; this one asks them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.platforms import twitter

if TYPE_CHECKING:
    from resolver.models import Post

__all__ = ["post_of"]

_POST_RULES = (twitter.post_of,)


def post_of(url: str) -> Post | None:
    """Return the post that an address is of, on whichever platform, or ``None`` if it is none.

    >>> post_of("https://x.com/nasa/status/1382350606417817604").platform
    'twitter'
    >>> post_of("https://example.com/status/1382350606417817604") is None
    True
    """
    for rule in _POST_RULES:
        post = rule(url)
        if post is not None:
            return post
    return None
