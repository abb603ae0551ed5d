"""The links that an element shows, and what each is for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resolver.entities.addresses import unescaped
from resolver.entities.short_links import short_link
from resolver.models import Link, Role
from resolver.platforms import platform_at, post_on

if TYPE_CHECKING:
    from resolver.detect.markup.shown import Shown, ShownLink
    from resolver.platforms.rows import Platform

#: What a platform writes for a post's own picture where it gives it no address.
_PICTURE = frozenset({"[image or embed]", "[image]", "[video]"})


@cache
def _path() -> re.Pattern[str]:
    return re.compile(r"https?://[^/?#\s]{1,253}(?P<path>/[^\s]{0,4096})", re.IGNORECASE)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def link(shown: Shown, found: ShownLink, platform: Platform) -> Link | None:
    """Return a link with what it is for; ``None`` for one that leads nowhere on the web."""
    written = shown.text[found.start : found.end].strip()
    if not _path().match(found.href) and not found.href.startswith(("http://", "https://")):
        return None
    url = unescaped(found.href)
    return Link(url=url, written=written or found.href, role=_role(url, written, platform))


def _role(href: str, written: str, platform: Platform) -> Role:
    short = short_link(written)
    if (short and short.role is Role.MEDIA) or written in _PICTURE:
        return Role.MEDIA
    if post_on(platform.name, href):
        return Role.POST
    path = _path().match(href)
    if path is None or not (platform.any_host or platform_at(href) == platform.name):
        return Role.LINK
    if platform.hashtag_path and _compiled(platform.hashtag_path).match(path["path"]):
        return Role.HASHTAG
    if platform.profile_path and _compiled(platform.profile_path).match(path["path"]):
        return Role.PROFILE
    return Role.LINK
