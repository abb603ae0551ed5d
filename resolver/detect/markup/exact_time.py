"""Machine-readable times of a page."""

from __future__ import annotations

from datetime import UTC, datetime


def exact_time(written: str) -> datetime | None:
    """Return the time (UTC) that an ISO 8601 string names; ``None`` if it names none or no zone.

    >>> exact_time("2012-10-02T15:36:07+02:00").isoformat()
    '2012-10-02T13:36:07+00:00'
    >>> exact_time("2012-10-02") is None
    True
    """
    try:
        time = datetime.fromisoformat(written.strip())
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None
