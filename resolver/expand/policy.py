"""How long, how often and how far a link is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What one link takes as a rule: two requests of a quarter of a second, one at the short link's host. A
#: guess.
_LINK_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The bounds of following one link. All times are in seconds.

    >>> Policy(link_seconds=5).attempts
    3
    """

    #: For one link in all: every hop, repetition and pause. Waiting for one's turn at a host is not counted.
    link_seconds: float = 60.0
    #: For finding the addresses of a host name.
    name_seconds: float = 5.0
    #: For making one connection, its encryption included.
    connect_seconds: float = 5.0
    #: For each silence of a server, and for a page that has to be read.
    read_seconds: float = 10.0
    #: How often one request is tried, the first time included.
    attempts: int = 3
    #: The longest pause before the second try; it doubles with each further one.
    backoff_seconds: float = 1.0
    #: The longest pause before any try that the server has not asked for.
    backoff_limit_seconds: float = 20.0
    #: How many redirects are followed. A real t.co link took 9 of them to a newspaper, over two hosts in
    #: turn.
    redirects: int = 20
    #: Requests that are begun with one host in a second, at most; ``None`` for no limit. lychee, which checks
    #: links, makes 20; what t.co allows is published nowhere.
    host_rate: float | None = 10.0
    #: After so many failures of a host in a row it is left alone ...
    host_failures: int = 5
    #: ... for this long; then one request tries again.
    host_pause_seconds: float = 60.0
    #: For so long all links of a host wait when it asks for it (429 or 503 with Retry-After). Where it asks for
    #: more, they are left for the next run.
    host_wait_seconds: float = 60.0
    #: The share of the requests to a host that may be repetitions of others, beside so many that always may.
    repetitions_share: float = 0.1
    repetitions_reserve: int = 10
    #: The ports that are asked.
    ports: frozenset[int] = frozenset({80, 443})

    def estimate(self, links_per_host: Iterable[int], *, concurrency: int = 16, per_host: int = 4) -> float:
        """Return about how many seconds it takes to follow so many links of each host, when all goes well.

        >>> Policy().estimate([4000, 10])
        500.0
        """
        counts = tuple(links_per_host)
        busiest = max(counts, default=0)
        at_once = _LINK_SECONDS * max(busiest / per_host, sum(counts) / concurrency)
        return max(at_once, busiest / self.host_rate if self.host_rate else 0.0)
