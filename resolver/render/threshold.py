"""Thresholds for a build to fail on: ``dead>10%``, ``blocked>=5``, ``newly_dead>0``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, NamedTuple

from resolver.findings import Verdict
from resolver.patterns import pattern
from resolver.render.table import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from resolver.render.statistics import Statistics

_FORM = pattern(
    r"\s{0,20}([A-Za-z_]{1,30})\s{0,20}(>=|<=|>|<)\s{0,20}([0-9]{1,12}(?:\.[0-9]{1,6})?)\s{0,20}(%?)\s{0,20}",
    re.ASCII,
)
_EXAMPLE = "write it as dead>10% or dead>50"
#: What each sign asks, and how it is said.
_SIGNS: Mapping[str, tuple[Callable[[Decimal, Decimal], bool], str]] = {
    ">": (gt, "more than"),
    ">=": (ge, "at least"),
    "<": (lt, "less than"),
    "<=": (le, "at most"),
}


def _with(verdict: Verdict, statistics: Statistics) -> int:
    return statistics.links.of(verdict)


def _newly_dead(statistics: Statistics) -> int:
    changes = statistics.changes or ()
    return sum(each.links for each in changes if each.now is Verdict.DEAD and each.before is not Verdict.DEAD)


#: What can be measured, in links. A verdict stands for the links that have it.
MEASURES: Mapping[str, Callable[[Statistics], int]] = {
    **{verdict.value: partial(_with, verdict) for verdict in Verdict},
    "lost": lambda found: found.links.of(Verdict.DEAD, Verdict.SUSPECT),
    "unarchived": lambda found: found.links.dead - found.archived,
    "newly_dead": _newly_dead,
}


class Threshold(NamedTuple):
    """A measure, a sign and a limit, the latter in links or in percent of all links."""

    measure: str
    sign: str
    limit: Decimal
    percent: bool

    def __str__(self) -> str:
        """Return the threshold as it is written."""
        return f"{self.measure}{self.sign}{self.limit}{'%' if self.percent else ''}"


def parse(text: str) -> tuple[Threshold, ...]:
    """Return the thresholds in a text, which are separated by commas.

    Raises ``ValueError`` with what is wrong and what to write instead.

    >>> parse("dead>10%, blocked >= 5")
    (Threshold(measure='dead', sign='>', limit=Decimal('10'), percent=True), \
Threshold(measure='blocked', sign='>=', limit=Decimal('5'), percent=False))
    >>> parse("rotten>5")
    Traceback (most recent call last):
    ValueError: 'rotten' cannot be measured; choose alive, moved, suspect, dead, blocked, unknown, not_checkable, \
lost, unarchived or newly_dead
    """
    return tuple(map(_threshold, text.split(",")))


def _threshold(text: str) -> Threshold:
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError(f"{text.strip()!r} is no threshold; {_EXAMPLE}")
    measure, sign, limit, percent = found[1].lower(), found[2], Decimal(found[3]), found[4]
    if measure not in MEASURES:
        *most, last = MEASURES
        raise ValueError(f"{found[1]!r} cannot be measured; choose {', '.join(most)} or {last}")
    if percent and limit > 100:
        raise ValueError(f"{text.strip()!r}: no share is more than 100%")
    if not percent and limit % 1:
        raise ValueError(f"{text.strip()!r}: links are whole; {_EXAMPLE}")
    return Threshold(measure, sign, limit, bool(percent))


def crossed(thresholds: Iterable[Threshold], statistics: Statistics) -> tuple[str, ...]:
    """Return a sentence for each threshold that is crossed. No share of no links crosses anything.

    >>> from resolver.render.statistics import Tally
    >>> crossed(parse("dead>=0%, dead>=0"), Tally().statistics())
    ('dead>=0 is crossed: 0 links, at least 0',)
    """
    return tuple(said for threshold in thresholds if (said := _crossing(threshold, statistics)))


def _crossing(threshold: Threshold, statistics: Statistics) -> str | None:
    links, total = MEASURES[threshold.measure](statistics), statistics.links.total
    asks, words = _SIGNS[threshold.sign]
    if not threshold.percent:
        if not asks(Decimal(links), threshold.limit):
            return None
        return f"{threshold} is crossed: {number(links, 'link')}, {words} {threshold.limit:,}"
    # Multiplied out, so that no rounding decides.
    if not total or not asks(Decimal(links) * 100, threshold.limit * total):
        return None
    share = Decimal(links) * 100 / total
    return f"{threshold} is crossed: {links:,} of {number(total, 'link')} are {share:.1f}%, {words} {threshold.limit}%"
