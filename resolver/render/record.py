"""The record of an embed as it is written in JSON Lines."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resolver.models import Embed, Link


def record(embed: Embed) -> dict[str, Any]:
    """Return an embed as JSON values, in the order of its fields; dates and times are ISO 8601, times in UTC.

    A link has ``expanded_url``, ``canonical_url`` and ``outcome`` once there is an outcome: until then it was not
    asked; and ``answered_by`` where another server answered than the web.

    >>> from resolver import scan
    >>> found = record(scan("Open! — Jo Doe (@jodoe) May 2, 2019")[0])
    >>> found["kind"], found["posted"], found["post_id"], found["confidence"]
    ('leftover', '2019-05-02', None, 0.99)
    """
    values = {field: _value(getattr(embed, field)) for field in _ORDER}
    values["links"] = [_link(link) for link in embed.links]
    return values


def utc(time: datetime) -> str:
    """Return a time as ISO 8601 in UTC with a ``Z``, milliseconds only where there are any.

    >>> from datetime import UTC
    >>> utc(datetime(2020, 8, 15, 18, 3, 5, 123000, tzinfo=UTC)), utc(datetime(2020, 8, 15, tzinfo=UTC))
    ('2020-08-15T18:03:05.123Z', '2020-08-15T00:00:00Z')
    """
    text = time.isoformat(timespec="milliseconds" if time.microsecond else "seconds")
    return text.removesuffix("+00:00") + "Z"


# As in the record that the documentation shows: where, what, who and when, which post, what is in it, how it is known.
_ORDER = (
    "document kind platform start end quote prefix suffix text author handle posted posted_text posted_at post_id "
    "post_url links hashtags mentions blocked rule confidence attested_by checks"
).split()


def _link(link: Link) -> dict[str, Any]:
    values = {"url": link.url, "written": link.written, "role": link.role.value}
    if link.outcome is not None:
        values |= {
            "expanded_url": link.expanded_url,
            "canonical_url": link.canonical_url,
            "outcome": link.outcome.value,
        }
    if link.answered_by is not None:
        values["answered_by"] = link.answered_by
    return values


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if is_dataclass(value):
        return {field.name: _value(getattr(value, field.name)) for field in fields(value)}
    return value
