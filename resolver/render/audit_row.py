"""One link of one article as a flat row, with the same names in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.render.record import utc
from resolver.render.report.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from resolver.findings import Occurrence

    Value = str | int | bool | list[str] | None

#: The names of a row in their order, and what stands there. Times are ISO 8601 in UTC, unknown is ``None``;
#: ``paste_html`` and ``paste_text`` are what to put in the place of a link of which an archived copy is known.
COLUMNS: Mapping[str, Callable[[Occurrence], Value]] = {
    "document": lambda seen: seen.document,
    "document_url": lambda seen: seen.document_url,
    "document_date": lambda seen: seen.document_date,
    "start": lambda seen: seen.embed.start,
    "end": lambda seen: seen.embed.end,
    "platform": lambda seen: seen.embed.platform,
    "author": lambda seen: seen.embed.author,
    "handle": lambda seen: seen.embed.handle,
    "text": lambda seen: seen.embed.text or seen.embed.quote,
    "written": lambda seen: seen.written,
    "url": lambda seen: seen.finding.url,
    "expanded_url": lambda seen: seen.finding.expanded_url,
    "verdict": lambda seen: seen.finding.verdict.value,
    "evidence": lambda seen: list(seen.finding.evidence),
    "outcome": lambda seen: seen.finding.outcome and seen.finding.outcome.value,
    "hops": lambda seen: seen.finding.hops,
    "checks": lambda seen: seen.finding.checks,
    "checked_at": lambda seen: _time(seen.finding.checked_at),
    "dead_since": lambda seen: _time(seen.finding.dead_since),
    "alive_at": lambda seen: _time(seen.finding.alive_at),
    "revived": lambda seen: seen.finding.revived,
    "title": lambda seen: seen.finding.title,
    "drift": lambda seen: seen.finding.drift,
    "archive_asked": lambda seen: seen.finding.archive_asked,
    "memento_url": lambda seen: seen.finding.memento.url if seen.finding.memento else None,
    "memento_at": lambda seen: _time(seen.finding.memento.captured_at) if seen.finding.memento else None,
    "paste_html": lambda seen: (paste := snippet(seen)) and paste.html,
    "paste_text": lambda seen: (paste := snippet(seen)) and paste.text,
}


def audit_row(occurrence: Occurrence) -> dict[str, Value]:
    """Return all that an audit says of one link in one article, by the names of :data:`COLUMNS`."""
    return {name: value(occurrence) for name, value in COLUMNS.items()}


def _time(moment: datetime | None) -> str | None:
    return utc(moment) if moment else None
