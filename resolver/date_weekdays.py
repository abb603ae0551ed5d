"""The weekday that Facebook and some others print before or after a date."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resolver.date_names import fold, is_weekday, names
from resolver.date_patterns import GAP, LETTER, WORD

if TYPE_CHECKING:
    from collections.abc import Iterator


def after_weekday(ahead: str, position: int) -> Iterator[int]:
    """Yield where a date in a window can begin: after a weekday at *position*, if there is one, and there.

    >>> list(after_weekday("Viernes, 10 de abril de 2020", 0))
    [9, 0]
    """
    for weekday in (pattern.match(ahead, position) for pattern in _before()):
        if weekday and is_weekday(weekday["name"]):
            yield weekday.end()
    yield position


def end_of_weekday(ahead: str, position: int) -> int:
    """Return the end of a weekday that follows a date on its line in a window, or *position*.

    Outside brackets only one of a language that prints it there: in others it begins the next sentence.

    >>> end_of_weekday("9 Ocak 2017 Pazartesi", 11), end_of_weekday("May 2, 2019 Monday", 11)
    (21, 11)
    """
    after = _after().match(ahead, position)
    if after is None:
        return position
    if after["bracketed"]:
        return after.end() if is_weekday(after["bracketed"]) else position
    for end in _ends(after):
        if fold(ahead[after.start("first") : end]) in names().weekdays_after:
            return end
    return position


def _ends(after: re.Match[str]) -> Iterator[int]:
    """Yield where the weekday can end: after two words, one, or three characters that more is glued to."""
    if after["second"]:
        yield after.end("second")
    yield after.end("first")
    # Japanese, Chinese and Korean weekdays have three characters, and no space need follow them.
    if after["first"] >= "\u3000":
        yield after.start("first") + 3


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    # Danish writes "fredag den 10. april"; English and French put "the" and "le" there.
    end = rf"{GAP}(?:,{GAP})?(?:(?i:den|the|le|el)(?!{LETTER}){GAP})?"
    return (re.compile(rf"(?P<name>{WORD} {WORD}){end}"), re.compile(rf"(?P<name>{WORD}){end}"))


@cache
def _after() -> re.Pattern[str]:
    name = rf"(?P<first>{WORD})(?: (?P<second>{WORD}))?"
    return re.compile(rf" {{0,3}},? {{0,3}}(?:\((?P<bracketed>{LETTER}{{1,12}})\.?\)|{name})")
