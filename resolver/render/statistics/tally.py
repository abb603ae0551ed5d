"""Counting occurrences one by one, in memory that does not grow with their number.

What is kept grows with the distinct destinations and with how differently articles can look; the lists of the worst
articles and of repairs are cut to a length.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from resolver.findings import Verdict
from resolver.render.statistics.articles import ArticleTally
from resolver.render.statistics.destination import destination
from resolver.render.statistics.figures import (
    NEEDS_REPAIR,
    Article,
    Breakdown,
    Change,
    Coverage,
    Labelled,
    Repair,
    Statistics,
)
from resolver.render.statistics.published import published
from resolver.render.statistics.shortlist import Shortlist
from resolver.render.statistics.survival import survival

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from resolver.findings import Finding, Occurrence
    from resolver.render.statistics.baseline import Baseline
    from resolver.render.statistics.survival import Cluster

#: The fewest links by which a destination is judged.
LEAST_LINKS = 20
WORST_ARTICLES = 20
REPAIRS = 1_000
#: The first web page was put up in August 1991 (https://home.cern/science/computing/birth-web): an article that
#: is older was put online later, and its links with it.
_FIRST_YEAR = 1991
_LONGEST_CHAIN = 10
_NO_DATE = "no date"


class Tally:
    """Counts occurrences as they come; those of one document must come one after the other.

    *baseline* says what verdict an earlier audit gave an address; *repairs* is how many links that need repair are
    listed, the dead before the suspect and the newest articles first.

    >>> statistics = Tally().statistics()
    >>> statistics.links.total, statistics.changes
    (0, None)
    """

    def __init__(self, *, baseline: Baseline | None = None, repairs: int = REPAIRS) -> None:
        self._baseline = baseline
        self._article: ArticleTally | None = None
        self._documents = self._embeds = self._held_back = self._revived = self._drifted = 0
        self._links: Counter[Verdict] = Counter()
        self._years: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
        self._destinations: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
        self._chains: defaultdict[int, Counter[Verdict]] = defaultdict(Counter)
        self._coverage: Counter[tuple[Verdict, str]] = Counter()
        self._changes: Counter[tuple[Verdict | None, Verdict]] = Counter()
        self._checks: Counter[int] = Counter()
        self._checked_at: tuple[datetime, datetime] | None = None
        # With suspects left out, and with suspects as dead: which of them counts is known at the end.
        self._clusters: Counter[Cluster] = Counter()
        self._provisional: Counter[Cluster] = Counter()
        self._worst: Shortlist[Article] = Shortlist(WORST_ARTICLES, rank=_badness)
        self._repairs: Shortlist[Repair] = Shortlist(repairs, rank=_urgency)

    def add(self, occurrence: Occurrence) -> None:
        """Count one link of one article."""
        finding, verdict = occurrence.finding, occurrence.finding.verdict
        if self._article is None or self._article.document != occurrence.document:
            self._end_article()
            self._article = ArticleTally(occurrence)
        self._article.add(occurrence)
        self._links[verdict] += 1
        self._years[_year(occurrence.document_date)][verdict] += 1
        if host := destination(finding):
            self._destinations[host][verdict] += 1
        if finding.outcome is not None:
            self._chains[min(finding.hops, _LONGEST_CHAIN)][verdict] += 1
        self._revived += finding.revived
        self._drifted += finding.drift is not None
        self._coverage[verdict, _covered(finding)] += 1
        self._add_checks(finding)
        before = self._baseline(finding.url) if self._baseline else None
        self._changes[before, verdict] += 1
        if verdict in NEEDS_REPAIR:
            self._repairs.add(Repair(occurrence, before))

    def _add_checks(self, finding: Finding) -> None:
        self._checks[finding.checks] += 1
        if finding.checked_at is not None:
            first, last = self._checked_at or (finding.checked_at, finding.checked_at)
            self._checked_at = min(first, finding.checked_at), max(last, finding.checked_at)

    def _end_article(self) -> None:
        article = self._article
        if article is None:
            return
        self._documents += 1
        self._embeds += article.embeds
        self._held_back += article.held_back
        self._clusters[article.cluster(Verdict.DEAD)] += 1
        self._provisional[article.cluster(*NEEDS_REPAIR)] += 1
        if article.verdicts.keys() & {*NEEDS_REPAIR}:
            self._worst.add(article.article())
        self._article = None

    def statistics(self) -> Statistics:
        """Return all figures of what was counted. Nothing can be added to the last article afterwards."""
        self._end_article()
        links = Breakdown(counts=dict(self._links))
        provisional = not links.dead and bool(links.of(Verdict.SUSPECT))
        clusters = self._provisional if provisional else self._clusters
        del clusters[()]  # the articles of which no link has an age and an answer
        answered = links.of(Verdict.ALIVE, Verdict.MOVED, Verdict.DEAD, *[Verdict.SUSPECT] * provisional)
        first, last = self._checked_at or (None, None)
        return Statistics(
            documents=self._documents,
            embeds=self._embeds,
            held_back=self._held_back,
            links=links,
            revived=self._revived,
            drifted=self._drifted,
            coverage={verdict: self._coverage_of(verdict) for verdict in Verdict},
            years=_by_year(self._years),
            destinations=_by_destination(self._destinations),
            chains=_by_chain(self._chains),
            survival=survival(clusters),
            provisional=provisional,
            without_answer=links.total - answered,
            without_age=answered - sum(many * age.links for ages, many in clusters.items() for age in ages),
            changes=self._counted_changes(),
            worst=tuple(self._worst.items()),
            repairs=tuple(self._repairs.items()),
            repairs_left_out=self._repairs.left_out,
            checks=dict(sorted(self._checks.items())),
            checked_from=first,
            checked_until=last,
        )

    def _coverage_of(self, verdict: Verdict) -> Coverage:
        return Coverage(*(self._coverage[verdict, name] for name in Coverage._fields))

    def _counted_changes(self) -> tuple[Change, ...] | None:
        """Return the changes since the baseline, the most frequent first; ``None`` where there is no baseline."""
        if self._baseline is None:
            return None
        return tuple(Change(*pair, links) for pair, links in self._changes.most_common())


def _badness(article: Article) -> tuple[int, int, float]:
    return article.links.dead, article.links.of(Verdict.SUSPECT), article.links.share(*NEEDS_REPAIR)


def _urgency(repair: Repair) -> tuple[bool, str]:
    return repair.occurrence.finding.verdict is Verdict.DEAD, repair.occurrence.document_date or ""


def _year(date: str | None) -> str:
    day = published(date)
    if day is None:
        return _NO_DATE
    return str(day.year) if day.year >= _FIRST_YEAR else f"before {_FIRST_YEAR}"


def _covered(finding: Finding) -> str:
    """Return the field of Coverage that a finding counts in."""
    if finding.memento is not None:
        return "archived"
    return "missing" if finding.archive_asked else "not_asked"


def _chain_name(hops: int) -> str:
    return f"{hops} or more" if hops == _LONGEST_CHAIN else str(hops)


def _by_year(counted: Mapping[str, Counter[Verdict]]) -> tuple[Labelled, ...]:
    """Return the years in their order; what is before all of them first, what has none last."""
    order = {f"before {_FIRST_YEAR}": 0, _NO_DATE: 2}
    years = sorted(counted, key=lambda label: (order.get(label, 1), label))
    return tuple(Labelled(year, Breakdown(counts=counted[year])) for year in years)


def _by_chain(counted: Mapping[int, Counter[Verdict]]) -> tuple[Labelled, ...]:
    return tuple(Labelled(_chain_name(hops), Breakdown(counts=counted[hops])) for hops in sorted(counted))


def _by_destination(counted: Mapping[str, Counter[Verdict]]) -> tuple[Labelled, ...]:
    """Return the hosts with enough links to judge, the largest share of dead and suspect links first."""
    hosts = [Labelled(host, Breakdown(counts=counts)) for host, counts in counted.items()]
    judged = (host for host in hosts if host.links.total >= LEAST_LINKS)
    return tuple(
        sorted(
            judged,
            key=lambda host: (
                -host.links.share(Verdict.DEAD),
                -host.links.share(Verdict.SUSPECT),
                host.label,
            ),
        )
    )
