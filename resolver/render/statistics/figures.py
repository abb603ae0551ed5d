"""The nouns of the report: counts of links by verdict, in all and by this and that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from resolver.findings import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from resolver.findings import Occurrence
    from resolver.render.statistics.survival import Survival

#: What an article's editor has to look at.
NEEDS_REPAIR = (Verdict.DEAD, Verdict.SUSPECT)


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """Links by verdict.

    >>> links = Breakdown(counts={Verdict.ALIVE: 3, Verdict.DEAD: 1})
    >>> links.total, links.dead, links.share(Verdict.DEAD)
    (4, 1, 0.25)
    """

    counts: Mapping[Verdict, int]

    @property
    def total(self) -> int:
        """All links, whatever their verdict."""
        return sum(self.counts.values())

    @property
    def dead(self) -> int:
        """The links that were found dead as often as the rule asks for."""
        return self.of(Verdict.DEAD)

    def of(self, *verdicts: Verdict) -> int:
        """Return how many links have one of these verdicts."""
        return sum(self.counts.get(verdict, 0) for verdict in verdicts)

    def share(self, *verdicts: Verdict) -> float:
        """Return that number as a share of all links, from 0 to 1; 0 where there are none."""
        return self.of(*verdicts) / self.total if self.total else 0.0


class Labelled(NamedTuple):
    """The links of one year, destination or length of chain."""

    label: str
    links: Breakdown


class Coverage(NamedTuple):
    """What the archives hold of some links: a copy, none that was found, or nobody has asked."""

    archived: int
    missing: int
    not_asked: int


class Article(NamedTuple):
    """An article with what became of its links."""

    document: str
    url: str | None
    date: str | None
    links: Breakdown
    #: How many of those that are dead or suspect have an archived copy.
    archived: int


class Repair(NamedTuple):
    """A link that an editor has to look at, and its verdict in the baseline, if it was there."""

    occurrence: Occurrence
    before: Verdict | None


class Change(NamedTuple):
    """How many links went from one verdict to another; ``before`` is ``None`` for links that were not there."""

    before: Verdict | None
    now: Verdict
    links: int


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """All figures of one report. A link counts as often as it stands in articles."""

    documents: int
    embeds: int
    #: Embeds that a note about consent stands for.
    held_back: int
    links: Breakdown
    revived: int
    drifted: int
    coverage: Mapping[Verdict, Coverage]
    #: By the article's year, the earliest first; articles without a date last.
    years: tuple[Labelled, ...]
    #: By the host at the end of the chain, where there are enough links; the largest dead share first.
    destinations: tuple[Labelled, ...]
    #: By how many addresses the chain passed; links that nobody followed are left out.
    chains: tuple[Labelled, ...]
    survival: Survival | None
    #: No link is dead yet, but some are suspect: they stand for the dead in the curve and wherever links are compared.
    provisional: bool
    #: Links that the curve leaves out: without a verdict that says dead or not, or without an article's date.
    without_answer: int
    without_age: int
    #: ``None`` where there is no baseline.
    changes: tuple[Change, ...] | None
    worst: tuple[Article, ...]
    repairs: tuple[Repair, ...]
    #: How many more need repair than are listed.
    repairs_left_out: int
    #: How many links were checked how often.
    checks: Mapping[int, int] = field(default_factory=dict)
    checked_from: datetime | None = None
    checked_until: datetime | None = None

    @property
    def measure(self) -> Verdict:
        """The verdict by which years, sites and ages are compared: dead, or suspect as long as that is provisional."""
        return Verdict.SUSPECT if self.provisional else Verdict.DEAD

    @property
    def archived(self) -> int:
        """How many of the dead links have an archived copy."""
        return self.coverage[Verdict.DEAD].archived
