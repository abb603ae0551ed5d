"""How much there is: the figures of a run's summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.observations import NEWEST_KEY
from cache.rows import OUTCOMES
from resolver.models import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from resolver.models import Outcome

_DOCUMENTS = "SELECT count(*) FROM documents WHERE :run IS NULL OR last_run_id = :run"
_EMBEDS = """
SELECT kind, platform, count(*), count(blocked_quote),
  count(CASE WHEN identifications.embed_id IS NULL THEN embeds.post_id ELSE identifications.post_id END)
FROM documents JOIN embeds ON embeds.document_id = documents.id
LEFT JOIN identifications ON identifications.embed_id = embeds.id
WHERE :run IS NULL OR documents.last_run_id = :run
GROUP BY kind, platform ORDER BY kind, platform
"""
_CUT_OFF = """
SELECT count(*) FROM documents JOIN embeds ON embeds.document_id = documents.id
JOIN embed_links ON embed_links.embed_id = embeds.id
WHERE embed_links.link_id IS NULL AND (:run IS NULL OR documents.last_run_id = :run)
"""
_OUTCOMES = """
WITH followable (link_id) AS ({source})
SELECT observations.outcome, count(*) FROM followable
LEFT JOIN observations ON observations.id = {newest}
GROUP BY observations.outcome ORDER BY observations.outcome
"""
_NEWEST = NEWEST_KEY.format(link="followable.link_id")
_OUTCOMES_OF_RUN = _OUTCOMES.format(newest=_NEWEST, source="SELECT link_id FROM temp.touched_links")
_OUTCOMES_EVERYWHERE = _OUTCOMES.format(
    newest=_NEWEST,
    source="SELECT DISTINCT link_id FROM embed_links WHERE role IN ('link', 'media') AND link_id IS NOT NULL",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many there are of what. Links are distinct addresses that can be followed."""

    documents: int
    embeds: int
    by_kind: Mapping[Kind, int]
    #: ``None`` counts those whose platform is not known.
    by_platform: Mapping[str | None, int]
    #: Embeds that were held back, with a note in their place.
    blocked: int
    #: Embeds whose post is known.
    identified: int
    links: int
    #: Links by their newest outcome; those that were never followed are not among them.
    outcomes: Mapping[Outcome, int]
    #: Links, as often as they stand somewhere, that the article cut off.
    cut_off: int

    @property
    def resolved(self) -> int:
        """Links that gave an answer, be it that there is nothing at them."""
        return sum(count for outcome, count in self.outcomes.items() if outcome.settled)

    @property
    def unsettled(self) -> Mapping[Outcome, int]:
        """Links of which we could not find out where they lead, by why."""
        return {outcome: count for outcome, count in self.outcomes.items() if not outcome.settled}

    @property
    def unasked(self) -> int:
        """Links that were never followed."""
        return self.links - sum(self.outcomes.values())


def count(db: Database, *, run_id: int | None) -> Counts:
    """Return the figures of the documents that a run has read, or of all where *run_id* is ``None``."""
    run = {"run": run_id}
    by_kind: Counter[Kind] = Counter()
    by_platform: Counter[str | None] = Counter()
    blocked = identified = 0
    for kind, platform, embeds, held_back, named in db.execute(_EMBEDS, run).fetchall():
        by_kind[Kind(kind)] += embeds
        by_platform[platform] += embeds
        blocked += held_back
        identified += named
    outcomes = dict(db.execute(_OUTCOMES_EVERYWHERE if run_id is None else _OUTCOMES_OF_RUN).fetchall())
    return Counts(
        documents=db.execute(_DOCUMENTS, run).fetchone()[0],
        embeds=by_kind.total(),
        by_kind=dict(by_kind),
        by_platform=dict(by_platform),
        blocked=blocked,
        identified=identified,
        links=sum(outcomes.values()),
        outcomes={OUTCOMES[name]: number for name, number in outcomes.items() if name is not None},
        cut_off=db.execute(_CUT_OFF, run).fetchone()[0],
    )
