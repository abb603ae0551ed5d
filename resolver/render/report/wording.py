"""The sentences of the report and its numbers, as a reader wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from resolver.findings import Verdict
from resolver.render.table import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from resolver.render.statistics import HalfLife, Statistics, Survival

#: The verdicts in the order in which a reader asks for them, with their names.
NAMES = {
    Verdict.DEAD: "dead",
    Verdict.SUSPECT: "suspect",
    Verdict.BLOCKED: "blocked",
    Verdict.UNKNOWN: "unknown",
    Verdict.NOT_CHECKABLE: "not checkable",
    Verdict.MOVED: "moved",
    Verdict.ALIVE: "alive",
}


def percent(share: float) -> str:
    """Return a share from 0 to 1 as a percentage, rounded, but never to nothing or to all.

    >>> percent(0.132), percent(0.0004), percent(0.9996), percent(0)
    ('13%', 'under 1%', 'over 99%', '0%')
    """
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{share:.0%}"


def day(moment: date | datetime) -> str:
    """Return a day as it is written in a text.

    >>> from datetime import date
    >>> day(date(2026, 11, 2))
    '2 November 2026'
    """
    return f"{moment.day} {moment:%B %Y}"


def age(months: int) -> str:
    """Return an age in months as years, in months where it is less than two years.

    >>> age(1), age(17), age(115)
    ('1 month', '17 months', '9.6 years')
    """
    return number(months, "month") if months < 24 else f"{months / 12:.1f} years"


def headline(statistics: Statistics) -> str:
    """Return what the audit found, in a sentence.

    >>> from resolver.render.statistics import Tally
    >>> headline(Tally().statistics())
    'No links were found to check'
    """
    links = statistics.links
    dead, suspect, total = links.dead, links.of(Verdict.SUSPECT), number(links.total, "link")
    if dead:
        return f"{dead:,} of {total} no longer {_which(dead, 'leads', 'lead')} anywhere"
    if suspect:
        return f"{suspect:,} of {total} did not answer as {_which(suspect, 'it', 'they')} should"
    return f"None of {total} was found dead" if links.total else "No links were found to check"


def standfirst(statistics: Statistics) -> list[str]:
    """Return the sentences that stand under the headline: what can be repaired, and what is not known."""
    found = (_repairable(statistics), _suspected(statistics), *_not_judged(statistics))
    return [sentence for sentence in found if sentence]


def _which(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _repairable(statistics: Statistics) -> str:
    dead, coverage = statistics.links.dead, statistics.coverage[Verdict.DEAD]
    if not dead:
        return ""
    if coverage.not_asked == dead:
        return "No web archive has been asked yet for a copy that could take its place."
    has = _which(coverage.not_asked, "has", "have")
    asked = f"; {coverage.not_asked:,} {has} not been looked up yet" if coverage.not_asked else ""
    return (
        f"For {coverage.archived:,} of {dead:,} ({percent(coverage.archived / dead)}) a web archive holds a copy that "
        f"can take the link's place{asked}."
    )


def _suspected(statistics: Statistics) -> str:
    suspect = statistics.links.of(Verdict.SUSPECT)
    if not suspect:
        return ""
    if not statistics.links.dead:
        return "None has been checked often enough yet to be called dead: the next checks will tell."
    return (
        f"{suspect:,} more did not answer as {_which(suspect, 'it', 'they')} should, but not often or not long enough "
        "to be called dead."
    )


def _not_judged(statistics: Statistics) -> Iterator[str]:
    links = statistics.links
    blocked, unknown = links.of(Verdict.BLOCKED), links.of(Verdict.UNKNOWN, Verdict.NOT_CHECKABLE)
    if blocked:
        stands = _which(blocked, "stands", "stand")
        yield f"{blocked:,} {stands} behind a refusal, a login or a consent page, which does not count as dead."
    if unknown:
        yield f"Of {unknown:,} nothing could be found out."


def half_life(found: HalfLife, verdict: Verdict = Verdict.DEAD) -> str:
    """Return how long it takes until half of the links have a verdict, with its interval.

    >>> from resolver.render.statistics import HalfLife
    >>> half_life(HalfLife(months=115, low=106, high=None, at_most=False))
    'Half of the links are dead after 9.6 years (95% interval: from 8.8 years, upper end not reached).'
    """
    if found.months is None:
        low = f"; the 95% interval begins at {age(found.low)}" if found.low is not None else ""
        return f"The age at which half of the links are {NAMES[verdict]} is not reached in this archive{low}."
    when = "before the age of" if found.at_most else "after"
    return f"Half of the links are {NAMES[verdict]} {when} {age(found.months)} (95% interval: {_interval(found)})."


def _interval(found: HalfLife) -> str:
    low = age(found.low or 0)
    return f"{low} to {age(found.high)}" if found.high is not None else f"from {low}, upper end not reached"


def years(statistics: Statistics) -> str:
    """Return which year's articles lost most, and which least."""
    verdict, dated = statistics.measure, [each for each in statistics.years if each.label.isdigit()]
    if not dated:
        return "No article has a date."
    worst = max(dated, key=lambda each: each.links.share(verdict))
    if not worst.links.of(verdict):
        return f"In no year is a link {NAMES[verdict]}."
    best = min(dated, key=lambda each: each.links.share(verdict))
    least = f"; of those of {best.label}, {percent(best.links.share(verdict))}" if best != worst else ""
    most = percent(worst.links.share(verdict))
    return f"Of the links in articles of {worst.label}, {most} are {NAMES[verdict]}{least}."


def destinations(statistics: Statistics) -> str:
    """Return which site's links are dead most often."""
    if not statistics.destinations:
        return "No site has 20 links or more, too few to judge one by."
    verdict, (host, links) = statistics.measure, statistics.destinations[0]
    if not links.of(verdict):
        return f"No site that 20 links or more lead to has one that is {NAMES[verdict]}."
    return (
        f"Of {links.total:,} links to {host}, {percent(links.share(verdict))} are {NAMES[verdict]}: more than of any "
        "other site with 20 links or more."
    )


def chains(statistics: Statistics) -> str:
    """Return how many addresses links pass on their way."""
    followed = sum(each.links.total for each in statistics.chains)
    if not followed:
        return "No link was followed."
    long = sum(each.links.total for each in statistics.chains if each.label not in {"0", "1", "2"})
    return (
        f"Of {followed:,} links that were followed, {percent(long / followed)} passed three addresses or more: each "
        "of them is one more that can fail."
    )


def archived(statistics: Statistics) -> str:
    """Return for how many of the links that need it a copy is known."""
    found = [statistics.coverage[verdict] for verdict in (Verdict.DEAD, Verdict.SUSPECT)]
    copies, missing = sum(each.archived for each in found), sum(each.missing for each in found)
    if not copies + missing:
        return "No web archive was asked for copies of dead or suspect links."
    asked = copies + missing
    return (
        f"Of {asked:,} dead or suspect links that were looked up, {copies:,} have an archived copy "
        f"({percent(copies / asked)})."
    )


class YearOfAge(NamedTuple):
    """The curve at the end of one year of age, and how many links were checked within it."""

    label: str
    links: int
    dead: int
    alive: float
    low: float
    high: float


def by_year_of_age(curve: Survival) -> Iterator[YearOfAge]:
    """Yield a survival curve year by year."""
    from itertools import groupby

    for year, months in groupby(curve.points, key=lambda point: point.months // 12):
        points = list(months)
        links, dead = sum(each.links for each in points), sum(each.dead for each in points)
        last = points[-1]
        yield YearOfAge(f"{year} to {year + 1}", links, dead, last.alive, last.low, last.high)
