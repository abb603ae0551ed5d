"""Printed dates of embeds, in any language, as the day that they mean.

What X prints below an embed is the UTC day of the post (329 of 329 real samples whose id tells the time). The
language is never asked for: markup often names another one than that of its date.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.date_clocks import OPENINGS, clock_after, clock_before
from resolver.date_names import fold, month_number, names, stems
from resolver.date_patterns import compiled_orders, word
from resolver.date_weekdays import after_weekday, end_of_weekday
from resolver.date_window import SPACES, window
from resolver.patterns import pattern

if TYPE_CHECKING:
    import re

#: The year of the first tweet; no platform that is known here is older than that in what it embeds.
EARLIEST_YEAR: Final = 2006
# Thai embeds count from the Buddha's death; such a year is no other calendar's year that could be meant.
_BUDDHIST_OFFSET: Final = 543
# What may follow a date that has a string of its own.
_TOLERATED: Final = f"{SPACES} \n.,،。"


# The patterns of times of day are large, and most dates have none beside them: without a digit there is none.
_DIGIT = pattern(r"\d")


class DateMatch(NamedTuple):
    """A printed date and its span, in code points of the text it was found in."""

    date: date
    #: Where it begins and ends, with a weekday before or after it.
    start: int
    end: int
    #: As printed, line breaks included: ``text[start:end]``.
    text: str
    #: The same span with a time of day and its zone before or after it; equal to it where there is none.
    start_with_time: int
    end_with_time: int


def parse_date(text: str, *, today: date) -> date | None:
    """Return the day that the whole string names.

    ``None`` where it is no date, or no day from 2006 to tomorrow by *today* (UTC). White space around it, a
    comma or full stop after it and a time of day beside it do no harm. Raises nothing.

    >>> parse_date("17 de noviembre de 2015", today=date(2026, 1, 1))
    datetime.date(2015, 11, 17)
    >>> parse_date("31 June 2015", today=date(2026, 1, 1)) is None
    True
    """
    found = find_date(text, 0, today=today)
    if found is None or found.end_with_time < len(text.rstrip(_TOLERATED)):
        return None
    return found.date


def find_date(text: str, start: int, *, today: date, end: int | None = None) -> DateMatch | None:
    """Return the date that is printed at *start*, or after the white space there, and before *end*.

    The longest date is taken; what is glued to its end is left. Numbers alone are a date only with the year
    first. ``None`` where there is no date, or no day from 2006 to tomorrow by *today* (UTC). Raises nothing.

    >>> find_date("(@h) December 31, 2017Trump", 4, today=date(2026, 1, 1)).text
    'December 31, 2017'
    """
    limit = len(text) if end is None else min(end, len(text))
    position = max(start, 0)
    ahead = window(text, position, limit)
    blank = len(ahead) - len(ahead.lstrip())
    if blank:
        position += blank
        ahead = window(text, position, limit)
    return _match(text, ahead, position, today) if may_begin(ahead) else None


def _match(text: str, ahead: str, position: int, today: date) -> DateMatch | None:
    """Return the date at the beginning of a window of the text, which begins at *position*."""
    clock = (
        clock_before().match(ahead) if ahead[:1].isdecimal() or not month_number(_first_word(ahead)) else None
    )
    for first in (clock.end(), 0) if clock else (0,):
        found = _day_with_weekday(ahead, first, today)
        if found:
            day, last = found
            after = clock_after().match(ahead, last) if _DIGIT.search(ahead, last) else None
            start, end = position + first, position + last
            end_with_time = position + after.end() if after else end
            return DateMatch(day, start, end, text[start:end], position, end_with_time)
    return None


def _first_word(ahead: str) -> str:
    first = word().match(ahead)
    return first[0] if first else ""


def may_begin(ahead: str) -> bool:
    """Return whether what stands *ahead* can begin with a date, by a look at its first word: almost all text fails it.

    >>> may_begin("May 2, 2019"), may_begin("The harbour")
    (True, False)
    """
    if ahead[:1].isdecimal():
        return True
    first = word().match(ahead)
    return first is not None and not _openings().isdisjoint(stems(first[0]))


@cache
def _openings() -> frozenset[str]:
    """Return the folded words that a date or its time of day can begin with."""
    known = names()
    return frozenset(
        name.split()[0] for name in (*known.months, *known.weekdays, *map(fold, OPENINGS), fold("ngày"))
    )


def _day_with_weekday(ahead: str, position: int, today: date) -> tuple[date, int] | None:
    """Return the day printed at a place of a window and where it ends, a weekday before or after it included."""
    for first in after_weekday(ahead, position):
        found = _longest_day(ahead, first, today)
        if found:
            day, end = found
            return day, end_of_weekday(ahead, end)
    return None


def _longest_day(ahead: str, position: int, today: date) -> tuple[date, int] | None:
    best = None
    for order in compiled_orders(digit_first=ahead[position : position + 1].isdecimal()):
        match = order.match(ahead, position)
        if match and (best is None or match.end() > best[1]):
            day = _day(match, today)
            best = (day, match.end()) if day else best
    return best


def _day(match: re.Match[str], today: date) -> date | None:
    """Return the day of an order's match, if there is such a day and a post can be of it."""
    groups = match.groupdict()
    name = groups.get("month")
    month = month_number(name) if name else int(groups["number"])
    year = int(groups["year"])
    if name and "\u0e00" <= name[0] <= "\u0e7f" and year > EARLIEST_YEAR + _BUDDHIST_OFFSET:
        year -= _BUDDHIST_OFFSET
    try:
        day = date(year, month or 0, int(groups["day"]))
    except ValueError:
        return None
    return day if day.year >= EARLIEST_YEAR and day - today <= timedelta(days=1) else None
