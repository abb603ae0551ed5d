"""The net under the vendors' rows: whatever hides a platform's embed, whoever made it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from resolver.detect.blocked.candidates import HIDING
from resolver.detect.blocked.decoders import LONGEST
from resolver.detect.blocked.element import BlockedElement
from resolver.detect.blocked.fragment import LONGEST_NOTE
from resolver.detect.blocked.targets import hidden_target, is_loaded_embed
from resolver.patterns import pattern

if TYPE_CHECKING:
    from resolver.detect.blocked.fragment import Fragment
    from resolver.detect.blocked.targets import Target

#: Hosts of platforms, as they also stand in percent-encoded and JSON texts.
HOSTS: Final = (
    "twitter.com", "/x.com", "2Fx.com", "instagram.com", "facebook.com", "youtube.com", "youtube-nocookie.com",
    "youtu.be", "vimeo.com", "tiktok.com", "threads.net", "threads.com", "bsky.app", "reddit.com",
    "redditmedia.com", "/t.me", "2Ft.me", "vk.com", "linkedin.com", "tumblr.com", "pinterest.", "imgur.com",
    "truthsocial.com", "spotify.com", "soundcloud.com", "twitch.tv", "flickr.com", "dailymotion.com", "dai.ly",
    "mastodon",
)  # fmt: skip

#: How HTML and addresses begin in base64: `<iframe`, `<blockquote`, `<div`, `<p>`, `<p `, `<figure`, `<script`,
#: `<amp-`, `<a `, `<section`, `<span`, `<!--`, `<object`, `https://`, `http://`, `//www.`, `%3C`, `{"`, `[{`.
BASE64_STARTS: Final = (
    "PGlmcmFtZ", "PGJsb2NrcXVvdGU", "PGRpdi", "PHA+", "PHAg", "PGZpZ3VyZ", "PHNjcmlwd", "PGFtcC", "PGEg",
    "PHNlY3Rpb2", "PHNwYW4", "PCEtL", "PG9iamVjd", "aHR0cHM6Ly", "aHR0cDovL", "Ly93d3cu", "JTND", "eyJ", "W3s",
)  # fmt: skip

WORDS: Final = frozenset({*HOSTS, *BASE64_STARTS})

WORD: Final = pattern("|".join(map(re.escape, sorted(WORDS))))

# Attributes in which a platform's address is in the open: a link, a source, a citation, or a part of an embed
# that is not blocked (https://html.spec.whatwg.org/multipage/indices.html#attributes-3, and the platforms' own).
OPEN: Final = frozenset(
    "href src srcset srcdoc data cite content action formaction poster style alt title placeholder value id class "
    "name xmlns datetime itemid itemprop property resource about rel label aria-label "
    "data-href data-instgrm-permalink data-text-post-permalink data-telegram-post data-bluesky-uri data-pin-url "
    "data-expanded-url data-original-url data-permalink-path data-conversation data-tumblr-src".split()
)
_SHARING = pattern(r"share|clipboard|copy|^on|social-link|canonical|location|referrer|track|analytics")
_CODE = pattern(r"javascript|ecmascript|babel|jsx|typescript|css")


def caught(fragment: Fragment) -> BlockedElement | None:
    """Return what an element hides that no vendor's row has recognised, ``None`` where it hides no embed."""
    target = net_target(fragment)
    if target is None:
        return None
    text, note = fragment.shown
    wide = len(text) > LONGEST_NOTE
    return BlockedElement(
        start=fragment.start,
        end=fragment.tag_end if wide else fragment.end,
        vendor=None,
        platform=target.platform,
        html=target.html,
        url=target.url,
        note=None if wide else note,
        rule="consent.net",
        confidence=0.9 if target.html else 0.85,
    )


def net_target(fragment: Fragment) -> Target | None:
    """Return the embed in an element's attributes or in its content that is not shown, ``None`` where there is none.

    An embed that is not blocked has no such target: its addresses are in the open.
    """
    if is_loaded_embed(fragment.name, fragment.attributes):
        return None
    for name, value in fragment.attributes.items():
        if _may_hide(name, value):
            target = hidden_target(value)
            if target is not None:
                return target
    return hidden_target(fragment.content) if _hides_content(fragment) else None


def _may_hide(name: str, value: str) -> bool:
    if name in OPEN or not 12 <= len(value) <= LONGEST or _SHARING.search(name):
        return False
    return WORD.search(value) is not None


def _hides_content(fragment: Fragment) -> bool:
    """Return whether what stands between the tags is not shown, or is nothing but a coded text."""
    if fragment.name in HIDING:
        return True
    if fragment.name in {"script", "textarea"}:
        kind = fragment.attributes.get("type", "")
        return kind.startswith("text/") and not _CODE.search(kind)
    content = fragment.content.lstrip()
    return content.startswith(BASE64_STARTS) and "<" not in content
