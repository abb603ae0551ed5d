"""When an article was published, as tables, feeds and archives write it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from resolver.patterns import pattern

if TYPE_CHECKING:
    import re

# The date of ISO 8601 to the year, month or day, and what may follow it as a time.
_ISO = pattern(
    r"([0-9]{4})(?:-([0-9][0-9])(?:-([0-9][0-9])([T ][0-9][0-9]:[0-9][0-9]\S{0,30}(?: ?(?:UTC|GMT|Z))?)?)?)?"
)
# CDX and Wayback timestamps.
_DIGITS = pattern(r"((?:19|20)[0-9]{6})([0-9]{6})?")
_UNIX = pattern(r"[0-9]{9,10}(?:[0-9]{3})?(?:\.[0-9]{1,9})?")
# As Excel abbreviates a date.
_ABBREVIATED = pattern(r"([0-9]{1,2})-([A-Z][a-z]{2})-([0-9]{2})")
_ZONE = pattern(r" ?(?:UTC|GMT|Z)$")

#: A printed date that is longer is not one.
_LONGEST = 60


def published(value: object) -> str | None:
    """Return a date as ISO 8601 of its own precision, times with a zone in UTC; ``None`` where it is none.

    Takes dates and times, ISO 8601, the e-mail form that feeds use, seconds or milliseconds since 1970, the digits
    of web archives, and days printed in words (:func:`resolver.dates.parse_date`).

    >>> published("2020-08-15 10:00:00"), published("Sat, 15 Aug 2020 10:00:00 +0200")
    ('2020-08-15T10:00:00', '2020-08-15T08:00:00Z')
    >>> published("December 31, 2017 "), published(1597449600), published("yesterday")
    ('2017-12-31', '2020-08-15T00:00:00Z', None)
    """
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None or isinstance(value, bool) else _published(str(value).strip())


@lru_cache(maxsize=4096)
def _published(text: str) -> str | None:
    if not text or len(text) > _LONGEST:
        return None
    try:
        if match := _ISO.fullmatch(text):
            return _of_iso(match)
        if match := _DIGITS.fullmatch(text):
            day, time = match.groups()
            return (
                _iso(datetime.fromisoformat(f"{day}T{time}+00:00"))
                if time
                else date.fromisoformat(day).isoformat()
            )
        if _UNIX.fullmatch(text):
            seconds = float(text)
            return _iso(datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC))
    except (ValueError, OverflowError):
        return None
    return _of_words(_ABBREVIATED.sub(r"\1 \2 20\3", text) if _ABBREVIATED.fullmatch(text) else text)


def _of_iso(match: re.Match[str]) -> str:
    year, month, day, time = match.groups()
    date(int(year), int(month or 1), int(day or 1))
    if time is None:
        return match[0]
    return _iso(datetime.fromisoformat(_ZONE.sub("+00:00", match[0]).replace(" ", "T")))


def _of_words(text: str) -> str | None:
    from email.utils import parsedate_to_datetime

    try:
        return _iso(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        from resolver.dates import parse_date

        day = parse_date(text, today=date(9999, 1, 1))
        return day.isoformat() if day else None


def _in_utc(time: datetime) -> str | None:
    try:
        return _iso(time)
    except OverflowError:  # on the first day that there is, or the last, elsewhere
        return None


def _iso(time: datetime) -> str:
    if time.tzinfo is None:
        return time.isoformat()
    return time.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
