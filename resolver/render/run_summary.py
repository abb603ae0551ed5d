"""What a run found, in words: documents, embeds, posts, and what came of the links."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from resolver.models import Outcome
from resolver.render.table import host_of, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resolver.models import Kind, Observation

#: What says where a link leads, and what says that there is nothing any more. All else that is settled leads nowhere.
_LEADING = frozenset(
    {Outcome.OK, Outcome.POST, Outcome.KNOWN, Outcome.CONSENT_WALL, Outcome.INTERSTITIAL_WARNING}
)
_GONE = frozenset({Outcome.NOT_FOUND, Outcome.GONE})


class Counts(Protocol):
    """The figures of what is in a database, as :class:`cache.Counts` has them."""

    @property
    def documents(self) -> int:
        """How many documents."""

    @property
    def by_kind(self) -> Mapping[Kind, int]:
        """How many embeds of which kind."""

    @property
    def identified(self) -> int:
        """How many embeds whose post is known."""

    @property
    def links(self) -> int:
        """How many distinct addresses that can be followed."""

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How many of them ended how when they were last followed."""

    @property
    def cut_off(self) -> int:
        """How many links stand somewhere of which a part is missing, so that they cannot be followed."""


class Followed:
    """What came of the links that one run has followed."""

    def __init__(self) -> None:
        #: Outcomes, but for links that a table or an address alone said where they lead.
        self.outcomes: Counter[Outcome] = Counter()
        #: The server that answered instead of a host.
        self.answered_by: dict[str, str] = {}

    def add(self, observation: Observation) -> None:
        """Count an observation of this run.

        >>> from datetime import UTC, datetime
        >>> from resolver.models import Hop, Observation, Via
        >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
        >>> hop = Hop(url="https://t.co/a", via=Via.DUMP, status=None, location="https://a.example/", at=noon,
        ...     seconds=0)
        >>> followed = Followed()
        >>> followed.add(Observation(url=hop.url, observed_at=noon, seconds=0, outcome=Outcome.KNOWN, hops=(hop,)))
        >>> followed.outcomes
        Counter()
        """
        was_asked = any(hop.status is not None for hop in observation.hops)
        if was_asked or observation.outcome not in _LEADING:
            self.outcomes[observation.outcome] += 1
        self.answered_by |= {
            host_of(hop.url): hop.connected_to for hop in observation.hops if hop.connected_to
        }


def run_summary_lines(counts: Counts, followed: Followed) -> Iterator[str]:
    """Yield how many documents, embeds and links there are, and what came of those that a run has *followed*.

    Links that lead somewhere by an earlier run, or by what needed no asking, are known without asking.

    >>> from types import SimpleNamespace
    >>> followed = Followed()
    >>> followed.outcomes.update({Outcome.OK: 1, Outcome.GONE: 1, Outcome.FORBIDDEN: 1, Outcome.DNS_ERROR: 1})
    >>> found = SimpleNamespace(documents=2, by_kind={"leftover": 1}, identified=1, links=6, cut_off=1,
    ...     outcomes={Outcome.OK: 3, Outcome.GONE: 1, Outcome.FORBIDDEN: 1, Outcome.DNS_ERROR: 1})
    >>> for line in run_summary_lines(found, followed):
    ...     print(line)  # doctest: +NORMALIZE_WHITESPACE
    2 documents, 1 embed (1 leftover), 1 post named.
    6 links: 1 followed to an answer, 1 gone (404 or 410), 2 known without asking,
      1 refused or leading nowhere (1 forbidden).
    1 link could not be followed (1 dns_error); the next run tries again.
    1 link cut off in the articles: what is left cannot be followed.
    """
    embeds = sum(counts.by_kind.values())
    kinds = f" ({_named(counts.by_kind)})" if counts.by_kind else ""
    yield (
        f"{number(counts.documents, 'document')}, {number(embeds, 'embed')}{kinds}, "
        f"{number(counts.identified, 'post')} named."
    )
    if counts.links:
        yield from _link_lines(counts, followed.outcomes)
    if counts.cut_off:
        yield f"{number(counts.cut_off, 'link')} cut off in the articles: what is left cannot be followed."
    for host, url in followed.answered_by.items():
        yield f"{host} was answered by {url}, not by the web."


def _link_lines(counts: Counts, asked: Mapping[Outcome, int]) -> Iterator[str]:
    settled = {outcome: count for outcome, count in asked.items() if outcome.settled}
    known = sum(count for outcome, count in counts.outcomes.items() if outcome.settled)
    nowhere = {outcome: count for outcome, count in settled.items() if outcome not in _LEADING | _GONE}
    parts = (
        (sum(settled.get(outcome, 0) for outcome in _LEADING), "followed to an answer"),
        (sum(settled.get(outcome, 0) for outcome in _GONE), "gone (404 or 410)"),
        (known - sum(settled.values()), "known without asking"),
        (sum(nowhere.values()), f"refused or leading nowhere ({_named(nowhere)})"),
    )
    said = ", ".join(f"{count:,} {words}" for count, words in parts if count > 0)
    yield f"{number(counts.links, 'link')}: {said or 'none followed to an answer'}."
    unsettled = {outcome: count for outcome, count in counts.outcomes.items() if not outcome.settled}
    if unsettled:
        links = number(sum(unsettled.values()), "link")
        yield f"{links} could not be followed ({_named(unsettled)}); the next run tries again."


def _named(counts: Mapping[Kind, int] | Mapping[Outcome, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))
