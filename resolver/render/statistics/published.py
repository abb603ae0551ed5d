"""When an article was published, as far as its date says, and how old its links were when they were checked."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
#: The mean of the Gregorian calendar's 400 years, in days.
DAYS_PER_MONTH = 365.2425 / 12


def published(text: str | None) -> date | None:
    """Return the day an ISO 8601 date names, or the middle of the month or year it names; ``None`` for anything else.

    >>> published("2020-08-15T09:30:00Z"), published("2020-08"), published("2020")
    (datetime.date(2020, 8, 15), datetime.date(2020, 8, 16), datetime.date(2020, 7, 2))
    >>> published("last week") is None
    True
    """
    found = _DATE.match(text or "")
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None or month is None:
            return date(year or 0, 7, 2)
        return date(year, month, day or monthrange(year, month)[1] // 2 + 1)
    except ValueError:  # a thirteenth month, the year 0
        return None


def months_between(article: date, checked_at: datetime) -> int | None:
    """Return the whole months from an article to a check; ``None`` where the check came first.

    >>> from datetime import UTC, datetime
    >>> months_between(date(2020, 8, 15), datetime(2021, 8, 20, tzinfo=UTC))
    12
    """
    days = (checked_at.date() - article).days
    return int(days / DAYS_PER_MONTH) if days >= 0 else None
