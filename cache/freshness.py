"""Whether what was seen of a link may be taken again, or the link must be asked again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from resolver.models import Outcome

#: How long an answer is taken as it is. Short links do not change; what they lead to dies within years.
MAX_AGE = timedelta(days=30)


def is_fresh(
    outcome: Outcome | None, observed_at: datetime | None, *, now: datetime, max_age: timedelta = MAX_AGE
) -> bool:
    """Return whether the newest observation of a link still stands at *now*.

    A settled outcome stands for less than *max_age*; one that is not settled never stands, and ``None`` says
    that there is no observation. The times are aware. A time ahead of *now*, as a clock that was wrong leaves
    it, counts by its distance like one behind, so that it cannot stand for ever.

    >>> from datetime import UTC, datetime
    >>> from resolver.models import Outcome
    >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> is_fresh(Outcome.NOT_FOUND, noon - timedelta(days=29), now=noon)
    True
    >>> is_fresh(Outcome.NOT_FOUND, noon - timedelta(days=30), now=noon)
    False
    >>> is_fresh(Outcome.DNS_ERROR, noon, now=noon)
    False
    """
    if outcome is None or observed_at is None or not outcome.settled:
        return False
    return abs(now - observed_at) < max_age
