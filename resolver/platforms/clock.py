"""Times that ids carry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def since_1970(*, milliseconds: int = 0, microseconds: int = 0) -> datetime:
    """Return the time (UTC) so many milli- and microseconds after the beginning of 1970.

    >>> since_1970(milliseconds=1500).isoformat()
    '1970-01-01T00:00:01.500000+00:00'
    """
    return _EPOCH + timedelta(milliseconds=milliseconds, microseconds=microseconds)
