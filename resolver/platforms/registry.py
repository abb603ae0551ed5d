"""Which platform an address is of. Only the files of platforms that are met are loaded: a scan must not wait."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.models import Post
    from resolver.platforms.rows import Platform

#: The longest address that is read, in characters, as browsers and platforms limit them.
LONGEST_ADDRESS: Final = 4096

#: The hosts of each platform, without ``www.``, ``m.`` and ``mobile.``; with ``*.`` any host below it too. The
#: names are those of the files in this folder.
HOSTS: Final = {
    "twitter": "twitter.com x.com platform.twitter.com platform.x.com fxtwitter.com vxtwitter.com fixupx.com "
    "fixvx.com twittpr.com *.nitter.net xcancel.com",
    "instagram": "instagram.com instagr.am",
    "youtube": "youtube.com youtu.be youtube-nocookie.com music.youtube.com",
    "facebook": "*.facebook.com fb.watch",
    "tiktok": "tiktok.com",
    "bluesky": "bsky.app embed.bsky.app",
    "mastodon": "mastodon.social mastodon.online mstdn.social mstdn.jp mas.to fosstodon.org hachyderm.io "
    "infosec.exchange mastodon.world mastodon.cloud mastodonapp.uk techhub.social troet.cafe chaos.social "
    "newsie.social journa.host social.tchncs.de toot.community mastodon.nl mamot.fr det.social",
    "threads": "threads.net threads.com",
    "reddit": "*.reddit.com redditmedia.com redd.it",
    "telegram": "t.me telegram.me",
    "vk": "vk.com vk.ru",
    "linkedin": "*.linkedin.com",
    "tumblr": "*.tumblr.com",
    "pinterest": "*.pinterest.com *.pinterest.co.uk pinterest.de pinterest.fr pinterest.es pinterest.it "
    "pinterest.ca pinterest.at pinterest.ch pinterest.jp pinterest.pt pinterest.se pinterest.com.au",
    "imgur": "imgur.com i.imgur.com",
    "truthsocial": "truthsocial.com",
    "vimeo": "vimeo.com player.vimeo.com",
    "spotify": "open.spotify.com embed.spotify.com",
    "soundcloud": "soundcloud.com api.soundcloud.com w.soundcloud.com",
    "twitch": "twitch.tv player.twitch.tv clips.twitch.tv",
    "flickr": "flickr.com embedr.flickr.com flic.kr",
    "dailymotion": "dailymotion.com geo.dailymotion.com dai.ly",
}

# Pages that show the address in one of their parameters: host and path, and the parameters' names.
_SHOWS_ANOTHER: Final = {
    "twitframe.com/show": ("url",),
    "facebook.com/plugins/post.php": ("href",),
    "facebook.com/plugins/video.php": ("href",),
    "cdn.embedly.com/widgets/media.html": ("url", "src"),
    "w.soundcloud.com/player": ("url",),
    "cdn.iframe.ly/api/iframe": ("url",),
    "iframe.ly/api/iframe": ("url",),
}

# Its servers have hosts of their own, which are called so.
_ANY_NITTER: Final = "nitter."


def names() -> tuple[str, ...]:
    """Return the names of all platforms.

    >>> "twitter" in names()
    True
    """
    return tuple(HOSTS)


@cache
def platform(name: str) -> Platform:
    """Return what is known of the platform of that *name*; raises ``ImportError`` where there is none.

    >>> platform("twitter").name
    'twitter'
    """
    found: Platform = import_module(f"resolver.platforms.{name}").PLATFORM
    return found


def post_of(url: str) -> Post | None:
    """Return the post that an address is of, on whichever platform, or ``None`` if it is none.

    Addresses of embed frames, of players and of pages that show another address are understood too. An address
    of Mastodon is only known on the larger hosts; see :func:`post_on`.

    >>> post_of("https://x.com/nasa/status/1382350606417817604").platform
    'twitter'
    >>> post_of("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0").url
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
    >>> post_of("https://example.com/status/1382350606417817604") is None
    True
    """
    return next(filter(None, map(_post_at, _shown(url))), None)


def post_on(name: str, url: str) -> Post | None:
    """Return the post of one platform that an address is of, where an element says that it is of that platform.

    Other than :func:`post_of` it takes any host for platforms that anyone can run.

    >>> post_on("mastodon", "https://social.example/@jo/109302435038497792/embed").id
    '109302435038497792'
    >>> post_on("mastodon", "https://x.com/nasa/status/1382350606417817604") is None
    True
    """
    post = post_of(url)
    if post is not None:
        return post if post.platform == name else None
    address = _address().match(url)
    if address is None or not platform(name).any_host:
        return None
    return platform(name).post(address["host"].lower(), address["path"])


def _post_at(url: str) -> Post | None:
    address = _address().match(url)
    if address is None:
        return None
    host = address["host"].lower()
    name = _platform_at(host)
    return platform(name).post(host, address["path"]) if name else None


def platform_at(url: str) -> str | None:
    """Return the name of the platform on whose hosts an address is, ``None`` if it is on none.

    >>> platform_at("https://m.facebook.com/anything")
    'facebook'
    """
    address = _address().match(url)
    return _platform_at(address["host"].lower()) if address else None


def _platform_at(host: str) -> str | None:
    exact, below = _hosts()
    if host in exact:
        return exact[host]
    if host.startswith(_ANY_NITTER):
        return "twitter"
    parts = host.split(".")
    return next((below[rest] for at in range(1, 4) if (rest := ".".join(parts[at:])) in below), None)


def _shown(url: str) -> Iterator[str]:
    """Yield the addresses that an address shows in its parameters, then itself."""
    address = _address().match(url)
    if address is None:
        return
    page, _, query = address["path"].partition("?")
    wanted = _SHOWS_ANOTHER.get(address["host"].lower() + page.rstrip("/").lower(), ())
    parameters = query.partition("#")[0].split("&") if wanted else ()
    for parameter in parameters:
        from urllib.parse import unquote

        name, _, value = parameter.partition("=")
        if name.removeprefix("amp;") in wanted:
            yield unquote(value)
    yield url


def host_literals() -> tuple[str, ...]:
    """Return strings one of which stands in every address that :func:`post_of` knows, behind ``//`` or a dot.

    In small letters; in an address they may be in any case.

    >>> {"x.com", "nitter.", "cdn.embedly.com"} <= set(host_literals())
    True
    """
    showing = (page.partition("/")[0] for page in _SHOWS_ANOTHER)
    return tuple(dict.fromkeys((*_hosts()[0], _ANY_NITTER, *showing)))


@cache
def _address() -> re.Pattern[str]:
    return re.compile(
        r"\s{0,9}(?:https?:)?//(?:(?:www|mobile|m)\.)?(?P<host>[a-z0-9.-]{3,253})(?::[0-9]{1,5})?"
        rf"(?P<path>/[^\s<>\"]{{0,{LONGEST_ADDRESS}}})",
        re.IGNORECASE | re.ASCII,
    )


@cache
def _hosts() -> tuple[dict[str, str], dict[str, str]]:
    """Return the platforms by their exact hosts, and by the hosts below which any host is theirs."""
    each = [(host, name) for name, hosts in HOSTS.items() for host in hosts.split()]
    exact = {host.removeprefix("*."): name for host, name in each}
    return exact, {host[2:]: name for host, name in each if host.startswith("*.")}
