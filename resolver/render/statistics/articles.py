"""Counting the links of one article."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resolver.findings import Verdict
from resolver.render.statistics.figures import NEEDS_REPAIR, Article, Breakdown
from resolver.render.statistics.published import months_between, published
from resolver.render.statistics.survival import Age

if TYPE_CHECKING:
    from resolver.findings import Occurrence
    from resolver.render.statistics.survival import Cluster

#: The verdicts that say whether a link is still there.
_THERE = (Verdict.ALIVE, Verdict.MOVED)


class ArticleTally:
    """What has been counted of one article."""

    def __init__(self, first: Occurrence) -> None:
        self.document = first.document
        self.url = first.document_url
        self.date = first.document_date
        self.verdicts: Counter[Verdict] = Counter()
        self.archived = 0
        self._published = published(first.document_date)
        self._embeds: dict[tuple[int, int, str], bool] = {}
        #: By age in months: how many links had which verdict.
        self._ages: dict[int, Counter[Verdict]] = {}

    def add(self, occurrence: Occurrence) -> None:
        """Count one link of the article."""
        finding, embed = occurrence.finding, occurrence.embed
        self.verdicts[finding.verdict] += 1
        self.archived += finding.verdict in NEEDS_REPAIR and finding.memento is not None
        self._embeds[embed.start, embed.end, embed.rule] = embed.blocked is not None
        if self._published and finding.checked_at:
            months = months_between(self._published, finding.checked_at)
            if months is not None:
                self._ages.setdefault(months, Counter())[finding.verdict] += 1

    @property
    def embeds(self) -> int:
        """How many embeds its links stand in."""
        return len(self._embeds)

    @property
    def held_back(self) -> int:
        """How many of those a note about consent stands for."""
        return sum(self._embeds.values())

    def article(self) -> Article:
        """Return what was counted."""
        return Article(self.document, self.url, self.date, Breakdown(counts=self.verdicts), self.archived)

    def cluster(self, *events: Verdict) -> Cluster:
        """Return its links by age, those with one of the verdicts *events* as dead; other suspects are left out."""
        ages = (
            Age(
                months,
                sum(verdicts[each] for each in (*_THERE, *events)),
                sum(verdicts[each] for each in events),
            )
            for months, verdicts in sorted(self._ages.items())
        )
        return tuple(age for age in ages if age.links)
