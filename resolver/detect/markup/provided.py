"""Embeds of providers that have no file in :mod:`resolver.platforms`: only who provides them is known, and where.

An address counts as one where markup says that what it leads to is embedded: a frame, CKEditor's ``oembed`` element,
Embedly's card, a shortcode or a wrapper of a content system. A link to a provider's page is a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.detect.markup.placed import Placed
from resolver.detect.markup.reading import Reading
from resolver.detect.markup.tags import Ends, in_lower_case, start_tags
from resolver.models import Link, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.detect.markup.tags import StartTag

#: The elements that embed what an attribute of theirs names. An ``a`` does so only as Embedly's card.
_ATTRIBUTES = {"iframe": "src", "embed": "src", "oembed": "url", "a": "href"}
_CARD = "embedly-card"

#: How sure it is that such an element embeds something for readers, and that a wrapper of a content system does.
_ELEMENT, WRAPPED = 0.8, 0.95


def provided(source: str) -> Iterator[Placed]:
    """Yield the elements of a source that embed what a known provider has, in their order.

    >>> placed, = provided('<p><iframe src="https://codepen.io/jodoe/embed/abcdef"></iframe></p>')
    >>> placed.reading.platform, placed.start
    ('codepen', 3)
    """
    lowered = in_lower_case(source)
    tags = {
        name for name in _ATTRIBUTES if f"<{name}".encode() in lowered and (name != "a" or _CARD in source)
    }
    if not tags:
        return
    ends = Ends(source)
    for tag in start_tags(source, tags):
        reading = named(_address(tag), "element", _ELEMENT)
        if reading is not None:
            yield Placed(tag.start, ends.end(tag), reading)


def _address(tag: StartTag) -> str:
    if tag.name == "a" and _CARD not in tag.classes:
        return ""
    return tag.attributes.get(_ATTRIBUTES[tag.name], "").strip()


def named(url: str, rule: str, confidence: float) -> Reading | None:
    """Return what is known of an address that is embedded, ``None`` where its provider is not known."""
    if not url.startswith(("https://", "http://", "//")):
        return None
    from resolver.platforms.providers import provider_at

    name = provider_at(url)
    if name is None:
        return None
    address = f"https:{url}" if url.startswith("//") else url
    return Reading(
        platform=name,
        rule=f"{name}.{rule}",
        confidence=confidence,
        post=None,
        links=(Link(url=address, written=url, role=Role.POST),),
    )
