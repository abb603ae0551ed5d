"""Addresses under which platforms show one post or its player, and what names a platform in markup.

This is the narrow question of a placeholder: is what it hides a platform's embed? Which post an address is of is for
:func:`resolver.platforms.post_of`.
"""

from __future__ import annotations

import re
from typing import Final

from resolver.patterns import pattern
from resolver.platforms import post_of

# Frames whose address tells the platform, but not the post's own page: host and path, as the platforms' embed dialogs
# write them. A Mastodon server can have any host; its ids have at least 15 digits.
_FRAMES: Final = (
    ("vk", r"(?:m\.)?vk\.(?:com|ru)/video_ext\.php\?"),
    (
        "mastodon",
        r"[a-z0-9.-]{4,80}/@[A-Za-z0-9_]{1,30}(?:@[a-z0-9.-]{4,80})?/[0-9]{15,20}(?:/embed)?(?=[?#]|$)",
    ),
)
_PATTERNS = tuple(
    (platform, re.compile(rf"https?://{path}", re.IGNORECASE | re.ASCII)) for platform, path in _FRAMES
)
_URL = pattern(r"(?:https?:)?//[^\s<>\"'{}]{4,4000}+", re.IGNORECASE)

#: The address of a post by its id, for platforms whose embeds name it by the id alone.
BY_ID: Final = {
    "twitter": "https://twitter.com/i/web/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "tiktok": "https://www.tiktok.com/embed/v2/{}",
    "soundcloud": "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/{}",
    "spotify": "https://open.spotify.com/embed/{}",
    "pinterest": "https://assets.pinterest.com/ext/embed.html?id={}",
    "twitch": "https://player.twitch.tv/?video={}",
}
_POST_ID = pattern(r"[A-Za-z0-9_-]{5,64}|(?:track|album|artist|playlist|episode|show)[/:][A-Za-z0-9]{22}")

#: What markup calls the platforms. A name of two letters counts only where it is the whole value.
NAMES: Final = {
    "twitter": "twitter", "tweet": "twitter", "x": "twitter",
    "instagram": "instagram", "facebook": "facebook", "fb": "facebook",
    "youtube": "youtube", "yt": "youtube", "vimeo": "vimeo", "dailymotion": "dailymotion",
    "tiktok": "tiktok", "threads": "threads", "bluesky": "bluesky", "bsky": "bluesky",
    "mastodon": "mastodon", "reddit": "reddit", "telegram": "telegram", "linkedin": "linkedin",
    "pinterest": "pinterest", "tumblr": "tumblr", "spotify": "spotify", "soundcloud": "soundcloud",
    "twitch": "twitch", "flickr": "flickr", "imgur": "imgur", "vk": "vk", "truth social": "truthsocial",
}  # fmt: skip
_LONG_NAME = pattern("|".join(sorted((name for name in NAMES if len(name) > 3), key=len, reverse=True)))


def absolute(value: str) -> str | None:
    """Return the address that a value is, with its scheme; ``None`` where it is not one address and nothing else.

    >>> absolute(" //player.vimeo.com/video/76979871 ")
    'https://player.vimeo.com/video/76979871'
    >>> absolute("see https://example.com") is None
    True
    """
    text = value.strip()
    if not _URL.fullmatch(text):
        return None
    return f"https:{text}" if text.startswith("//") else text


def platform_of(url: str) -> str | None:
    """Return the platform whose post or player an address shows, ``None`` for all other addresses.

    >>> platform_of("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0")
    'youtube'
    >>> platform_of("https://twitter.com/intent/tweet?url=https%3A%2F%2Fexample.com") is None
    True
    """
    post = post_of(url)
    if post is not None:
        return post.platform
    return next((platform for platform, pattern in _PATTERNS if pattern.match(url)), None)


def by_id(platform: str, post_id: str) -> str | None:
    """Return the address of a platform's post by its id; ``None`` where the id is none or does not suffice.

    >>> by_id("twitter", "1382350606417817604")
    'https://twitter.com/i/web/status/1382350606417817604'
    >>> by_id("facebook", "1") is None
    True
    """
    form = BY_ID.get(platform)
    if form is None or not _POST_ID.fullmatch(post_id.strip()):
        return None
    return form.format(post_id.strip().replace(":", "/"))


def named_platform(text: str) -> str | None:
    """Return the platform that an attribute's value or a note names first, ``None`` where it names none.

    >>> named_platform("facebook-content-blocker"), named_platform("x"), named_platform("marketing")
    ('facebook', 'twitter', None)
    """
    whole = text.strip().casefold()
    if whole in NAMES:
        return NAMES[whole]
    match = _LONG_NAME.search(whole)
    return NAMES[match[0]] if match else None
