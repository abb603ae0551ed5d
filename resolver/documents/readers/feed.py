"""Feeds, RSS and Atom in all their versions, by feedparser."""

from __future__ import annotations

import io
from calendar import timegm
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from resolver.documents.row import Row
from resolver.errors import InputError
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resolver.documents.row import Source

#: Feeds are held in memory, several times over.
_LARGEST = 32 * 1024 * 1024


def read(source: Source) -> Iterator[Row]:
    """Yield the entries that have content or a summary, as it is written in the feed: nothing is sanitised.

    An entry is called by its id in the feed, else ``<file>#<its number>``.
    """
    import feedparser

    data = source.unpacked().read(_LARGEST + 1)
    if len(data) > _LARGEST:
        source.damaged("", "is a feed of more than 32 MiB", "split it")
        return
    # A stream: a string would be taken for an address, and asked for.
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:
        raise InputError(source.name, f"is a feed that cannot be read ({error})", "mend it") from error
    problem = feed.get("bozo_exception") if feed.bozo else None
    if problem is not None and not isinstance(problem, feedparser.exceptions.CharacterEncodingOverride):
        source.damaged("", f"is not well-formed ({problem})")
    for number, entry in enumerate(feed.entries, start=1):
        if content := _content(entry):
            yield _row(source, entry, content, number)


def _row(source: Source, entry: dict[str, Any], content: Mapping[str, Any], number: int) -> Row:
    # feedparser takes the id for the address where there is none.
    link = entry.get("link") or ""
    kind = "text" if content.get("type") == "text/plain" else "html"
    fields: dict[str, Any] = {
        "id": entry.get("id") or f"{source.name}#{number}",
        "url": link if link.startswith(("https://", "http://")) else None,
        "date": _date(entry),
        kind: content["value"],
    }
    return Row(Document(**fields), {**fields, "title": entry.get("title"), "author": entry.get("author")})


def _content(entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the longest of what an entry holds: the article rather than what it is about."""
    held = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    longest: Mapping[str, Any] = max(held, key=lambda content: len(content.get("value") or ""))
    return longest if longest.get("value") else None


def _date(entry: dict[str, Any]) -> str | None:
    # Asked as any dictionary: feedparser gives the one for the other, and warns that it will not for ever.
    parsed = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).replace(tzinfo=None).isoformat() + "Z"
    except (ValueError, OverflowError, OSError):  # before the first year, or after the last
        return None
