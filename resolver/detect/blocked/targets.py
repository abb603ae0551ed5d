"""Whether a text that a page hides is a platform's embed: its HTML, or the address of a post or player."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.blocked.addresses import absolute, platform_of
from resolver.detect.blocked.decoders import DECODERS, LONGEST, json_strings
from resolver.detect.blocked.tags import attributes, tags
from resolver.platforms import names, post_of, post_on
from resolver.platforms.registry import platform

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resolver.platforms.rows import Element

#: How many codings inside one another are undone.
DEEPEST = 5

_AMP: Final = "amp-"
_FRAMES = frozenset({"iframe", "embed", "object", "frame", "amp-iframe"})
_LOADED = ("src", "data")
_LAZY = ("data-src", "data-lazy-src")
#: The codings, each with the signs of which a text in it has one.
_CODED = (("percent", "%"), ("entities", "&"), ("base64", ""), ("javascript", "\\\"'"))


class _Embeds(NamedTuple):
    """What gives an embed away that is no frame, as the platforms' rows say: each with its platform."""

    classes: dict[str, str]
    #: Custom elements of AMP pages.
    names: dict[str, str]
    #: Attributes, with the element whose ``sources`` must then name a post.
    attributes: dict[str, tuple[str, Element]]


@cache
def _embeds() -> _Embeds:
    found = _Embeds({}, {}, {})
    for one in names():
        for element in platform(one).elements:
            if element.attributes and not element.classes:
                found.attributes.update((name, (one, element)) for name in element.attributes if "-" in name)
            elif not element.attributes:
                found.classes.update(dict.fromkeys(element.classes, one))
                found.names.update((name, one) for name in element.tags if name.startswith(_AMP))
    return found


def literals() -> tuple[str, ...]:
    """Return names of elements, classes and attributes of which every embed has one that is neither frame nor link."""
    embeds = _embeds()
    return (*embeds.classes, *embeds.attributes, *embeds.names)


@dataclass(frozen=True)
class Target:
    """What a placeholder hides: either HTML or an address, and whose it is."""

    platform: str
    html: str | None = None
    url: str | None = None


def target_of(value: str) -> Target | None:
    """Return the embed that a value is as it stands, ``None`` where it is none.

    An address whose post cannot be told from it is given as the frame that shows it.

    >>> target_of("https://twitter.com/nasa/status/1382350606417817604").url
    'https://twitter.com/nasa/status/1382350606417817604'
    >>> target_of("<p>The council met on Monday.</p>") is None
    True
    """
    url = absolute(value)
    if url is not None:
        platform = platform_of(url)
        if platform is None:
            return None
        if post_of(url) is not None:
            return Target(platform, url=url)
        return Target(platform, html=f'<iframe src="{html.escape(url)}"></iframe>')
    embedded = embed_in(value) if "<" in value else None
    return Target(embedded, html=value) if embedded else None


def embed_in(source: str) -> str | None:
    """Return the platform of the first embed in an HTML source, ``None`` where there is none.

    >>> embed_in('<figure><iframe src="https://player.vimeo.com/video/76979871"></iframe></figure>')
    'vimeo'
    >>> embed_in('<p><a href="https://twitter.com/nasa">Follow us</a></p>') is None
    True
    """
    quoting = 0
    for tag in tags(source):
        if tag.name == "blockquote":
            quoting = max(0, quoting + (-1 if tag.closing else 1))
        if tag.closing:
            continue
        found = attributes(source, tag)
        platform = embed_platform(tag.name, found)
        if platform is None and quoting and tag.name == "a":
            platform = platform_of(found.get("href", ""))
        if platform:
            return platform
    return None


def embed_platform(name: str, found: Mapping[str, str]) -> str | None:
    """Return the platform whose embed an element is by its name and attributes, else ``None``.

    >>> embed_platform("blockquote", {"class": "twitter-tweet tw-align-center"})
    'twitter'
    >>> embed_platform("iframe", {"src": "https://example.com/map"}) is None
    True
    """
    if name in _FRAMES:
        return _frame_platform(found, (*_LOADED, *_LAZY))
    embeds = _embeds()
    if name in embeds.names:
        return embeds.names[name]
    for word in found.get("class", "").split():
        if word in embeds.classes:
            return embeds.classes[word]
    marked = (embeds.attributes[attribute] for attribute in found if attribute in embeds.attributes)
    return next((one for one, element in marked if _names_post(one, element, found)), None)


def _names_post(name: str, element: Element, found: Mapping[str, str]) -> bool:
    addresses = (source.address(found.get(source.attribute, "")) for source in element.sources)
    return any(address and post_on(name, address) for address in addresses)


def is_loaded_embed(name: str, found: Mapping[str, str]) -> bool:
    """Return whether an element is an embed that browsers load as it stands: nothing holds it back.

    >>> is_loaded_embed("iframe", {"src": "https://player.vimeo.com/video/76979871"})
    True
    >>> is_loaded_embed("iframe", {"data-src": "https://player.vimeo.com/video/76979871"})
    False
    """
    if name in _FRAMES:
        return _frame_platform(found, _LOADED) is not None
    return embed_platform(name, found) is not None


def _frame_platform(found: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    urls = (absolute(found.get(name, "")) for name in names)
    return next((platform for url in urls if url and (platform := platform_of(url))), None)


def hidden_target(value: str, depth: int = DEEPEST) -> Target | None:
    """Return the embed that a value is, as it stands or after at most *depth* decodings; ``None`` where it is none.

    >>> hidden_target("%3Ciframe src=%22//player.vimeo.com/video/76979871%22%3E").platform
    'vimeo'
    >>> hidden_target("aHR0cHM6Ly90d2l0dGVyLmNvbS9uYXNhL3N0YXR1cy8xMzgyMzUwNjA2NDE3ODE3NjA0").url
    'https://twitter.com/nasa/status/1382350606417817604'
    """
    if len(value) > LONGEST:
        return None
    target = target_of(value)
    if target is not None or depth == 0:
        return target
    return next((found for text in _decoded(value) if (found := hidden_target(text, depth - 1))), None)


def _decoded(value: str) -> Iterator[str]:
    """Yield what the value says in the first coding that it is written in: no text is in two at once."""
    strings = json_strings(value)
    if strings:
        yield from strings
        return
    for name, signs in _CODED:
        if not signs or any(sign in value for sign in signs):
            texts = DECODERS[name](value)
            if texts:
                yield from texts
                return
