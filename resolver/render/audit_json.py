"""An audit as one JSON document: every link, then the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resolver.findings import Verdict
from resolver.render.audit_row import audit_row
from resolver.render.json_lines import json_line
from resolver.render.record import utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.findings import Occurrence
    from resolver.render.report.method import Method
    from resolver.render.statistics import Breakdown, Labelled, Statistics, Survival


class AuditJson:
    """Writes the method, then the links as they come, then the figures; each link on a line of its own."""

    def __init__(self, method: Method) -> None:
        self._method = method
        self._between = ""

    def begin(self) -> str:
        """Return what stands before the links."""
        of_method = {
            "database": self._method.database,
            "made_at": utc(self._method.made_at),
            "tool_version": self._method.tool_version,
            "dead_after": self._method.dead_after,
            "days_apart": self._method.apart.days,
            "vantage": self._method.vantage,
            "answered_by": dict(self._method.answered_by),
            "baseline": self._method.baseline,
        }
        return f'{{"method": {json_line(of_method)},\n"links": ['

    def row(self, occurrence: Occurrence) -> str:
        """Return one link."""
        line = f"{self._between}\n{json_line(audit_row(occurrence))}"
        self._between = ","
        return line

    def end(self, statistics: Statistics) -> Iterator[str]:
        """Yield the figures."""
        yield f'\n],\n"figures": {json_line(figures(statistics))}}}\n'


def figures(statistics: Statistics) -> dict[str, Any]:
    """Return the figures of a report as JSON values.

    >>> from resolver.render.statistics import Tally
    >>> figures(Tally().statistics())["links"]["dead"]
    0
    """
    changes = statistics.changes
    return {
        "documents": statistics.documents,
        "embeds": statistics.embeds,
        "held_back": statistics.held_back,
        "links": _counts(statistics.links),
        "dead_archived": statistics.archived,
        "revived": statistics.revived,
        "drifted": statistics.drifted,
        "archived": {verdict.value: covered._asdict() for verdict, covered in statistics.coverage.items()},
        "years": _labelled("year", statistics.years),
        "destinations": _labelled("host", statistics.destinations),
        "chains": _labelled("addresses", statistics.chains),
        "survival": _survival(statistics.survival, provisional=statistics.provisional),
        "changes": None if changes is None else [change._asdict() for change in changes],
        "checked_from": statistics.checked_from and utc(statistics.checked_from),
        "checked_until": statistics.checked_until and utc(statistics.checked_until),
    }


def _counts(links: Breakdown) -> dict[str, int]:
    return {"total": links.total} | {verdict.value: links.of(verdict) for verdict in Verdict}


def _labelled(name: str, rows: tuple[Labelled, ...]) -> list[dict[str, Any]]:
    return [{name: label, **_counts(links)} for label, links in rows]


def _survival(curve: Survival | None, *, provisional: bool) -> dict[str, Any] | None:
    if curve is None:
        return None
    return {
        "links": curve.links,
        "articles": curve.articles,
        "provisional": provisional,
        "half_life_months": curve.half_life.months,
        "interval_months": [curve.half_life.low, curve.half_life.high],
        "points": [point._asdict() for point in curve.points],
    }
