"""What a web address in a post is for, and whether it is whole."""

from __future__ import annotations

import re
from functools import cache

from resolver.entities.short_links import short_link
from resolver.models import Role
from resolver.platforms import post_of

#: First parts of paths on twitter.com and x.com that are pages of the site, not handles.
_SITE_PAGES = frozenset(
    {
        "about",
        "account",
        "compose",
        "download",
        "explore",
        "hashtag",
        "home",
        "i",
        "intent",
        "jobs",
        "login",
        "logout",
        "messages",
        "notifications",
        "oauth",
        "privacy",
        "search",
        "settings",
        "share",
        "signup",
        "statuses",
        "tos",
        "who_to_follow",
        "widgets",
    }
)


@cache
def _site() -> re.Pattern[str]:
    return re.compile(r"(?ai:https?://(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com/(?:#!/)?)")


@cache
def _tag_page() -> re.Pattern[str]:
    return re.compile(r"hashtag/[^/?#]|search/?\?q=(?:%23|#)|search/%23")


@cache
def _profile_page() -> re.Pattern[str]:
    return re.compile(r"(?P<handle>[A-Za-z0-9_]{1,20})/?(?=[?#]|\Z)")


@cache
def _short_host() -> re.Pattern[str]:
    return re.compile(
        r"(?ai:https?://(?:www\.)?(?:t\.co|(?P<picture>pic\.(?:twitter|x)\.com))(?![A-Za-z0-9.\-]))"
    )


@cache
def _ampersand() -> re.Pattern[str]:
    return re.compile(r"&(?:amp;|#0{0,4}38;|#[xX]0{0,4}26;)+")


def unescaped(url: str) -> str:
    """Return an address without the character references that flattening left in it, escaped twice or not.

    Other references stay: `&copy=1` is a parameter.

    >>> unescaped("https://a.example/?a=1&amp;b=2&amp;amp;c=3&copy=4")
    'https://a.example/?a=1&b=2&c=3&copy=4'
    """
    return _ampersand().sub("&", url) if "&" in url else url


def role_of(url: str) -> Role:
    """Return what an address is for: on twitter.com and x.com a post, a profile or a hashtag; else a link.

    >>> [str(role_of(f"https://x.com/{path}")) for path in ("jo/status/1", "jo?lang=en", "hashtag/a", "tos")]
    ['post', 'profile', 'hashtag', 'link']
    """
    site = _site().match(url)
    if site is None:
        return Role.LINK
    if post_of(url):
        return Role.POST
    if _tag_page().match(url, site.end()):
        return Role.HASHTAG
    profile = _profile_page().match(url, site.end())
    return Role.PROFILE if profile and profile["handle"].lower() not in _SITE_PAGES else Role.LINK


def read_address(url: str) -> tuple[str | None, Role]:
    """Return the address to ask for and what it is for; ``None`` for the address where it is cut off.

    >>> read_address("https://pic.twitter.com/AbCdEf1234")
    ('https://t.co/AbCdEf1234', <Role.MEDIA: 'media'>)
    >>> read_address("https://example.com/some/pa…")
    (None, <Role.LINK: 'link'>)
    """
    url = unescaped(url)
    short = short_link(url)
    if short:
        return short.url, short.role
    # Without a code there is nothing behind these hosts.
    host = _short_host().match(url)
    if host:
        return None, Role.MEDIA if host["picture"] else Role.LINK
    if "…" in url or url.endswith("..."):
        return None, Role.LINK
    return url, role_of(url)
