"""Posts that are kept whole, as JSON, in an attribute of their element."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from resolver.detect.markup.exact_time import exact_time
from resolver.detect.markup.reading import Reading
from resolver.detect.spans import tidy
from resolver.models import Link, Role
from resolver.platforms import post_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.detect.markup.tags import StartTag
    from resolver.platforms.rows import Element, Platform

#: As the platform's interface wrote times: https://docs.x.com/x-api/v1 (``created_at``).
_TIME = "%a %b %d %H:%M:%S %z %Y"


def read(tag: StartTag, platform: Platform, element: Element) -> Reading | None:
    """Return the post in the first of the element's attributes that holds one; ``None`` where there is none."""
    for attribute in element.attributes:
        try:
            said = json.loads(tag.attributes.get(attribute, ""))
        except (ValueError, RecursionError):
            continue
        post = post_on(platform.name, _string(said, "url") or "")
        if post is None:
            continue
        address = _string(said, "url") or post.url
        return Reading(
            platform=platform.name,
            rule=f"{platform.name}.{element.rule}",
            confidence=element.confidence,
            post=post,
            text=tidy(_string(said, "full_text") or ""),
            author=_string(said, "name"),
            handle=_string(said, "username"),
            posted_at=_time(_string(said, "date")),
            links=(*_pictures(said), Link(url=post.url, written=address, role=Role.POST)),
        )
    return None


def _string(said: Any, name: str) -> str | None:
    value = said.get(name) if isinstance(said, dict) else None
    return value.strip() or None if isinstance(value, str) else None


def _pictures(said: Any) -> Iterator[Link]:
    photos = said.get("photos") if isinstance(said, dict) else None
    for photo in photos if isinstance(photos, list) else ():
        address = _string(photo, "link_url")
        if address is not None:
            yield Link(url=address, written=address, role=Role.MEDIA)


def _time(written: str | None) -> datetime | None:
    try:
        return datetime.strptime(written or "", _TIME).astimezone(UTC)
    except (ValueError, OverflowError):
        return exact_time(written or "")
