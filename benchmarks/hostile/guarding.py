"""Whether anything leads the client to what is not public."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.hostile.addresses import addresses
from benchmarks.hostile.links import links
from benchmarks.hostile.peer import redirect, serving
from benchmarks.hostile.witness import deceived_names
from resolver.expand import Client, Policy
from resolver.expand.guard import GuardedBackend, NotConnectedError
from resolver.expand.names import Names
from resolver.models import Outcome

if TYPE_CHECKING:
    from benchmarks.hostile.witness import Witness

#: How a link that leads to nothing public may end.
REFUSALS = frozenset(
    {Outcome.BLOCKED_ADDRESS, Outcome.BLOCKED_SCHEME, Outcome.INVALID_URL, Outcome.DNS_ERROR}
)

#: Answers of name servers that are public in part, or first.
MIXED = (("8.8.8.8", "127.0.0.1"), ("10.0.0.1", "8.8.8.8"), ("2606:4700::1111", "::1"), ("8.8.8.8", "::ffff:10.0.0.1"),
         ("1.1.1.1", "8.8.8.8", "9.9.9.9", "8.8.4.4", "9.9.9.10", "64:ff9b::a9fe:a9fe"))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Guarding:
    """What came of it."""

    asked: int
    outcomes: Counter[Outcome]
    #: The addresses that were connected to; none of them was to be.
    leaks: list[Any]

    @property
    def unexpected(self) -> set[Outcome]:
        """Outcomes that say something else than that it was refused."""
        return set(self.outcomes) - REFUSALS


def of_links(witness: Witness, *, every: int = 1) -> Guarding:
    """Follow the hostile links, or one in *every* so many."""
    given = list(links())[::every]
    with deceived_names(), Client(policy=_QUICK) as client, witness.watching() as connects:
        outcomes = Counter(observation.outcome for observation in client.expand(given))
    return Guarding(asked=len(given), outcomes=outcomes, leaks=connects)


def of_redirects(witness: Witness, *, every: int = 1) -> Guarding:
    """Follow redirects to the hostile links, or to one in *every* so many, as far as a header can hold them."""
    given = [link for link in links() if link.isprintable()][::every]
    waiting = iter(given)
    # Some are relative to a server whose address has the same scheme, which then is asked once more.
    with serving(redirect(next(waiting, given[0]).encode())) as server:
        port = int(server.rpartition(":")[2])
        asked = (f"http://hop.example/{number}" for number in range(len(given)))
        with (
            deceived_names(),
            Client(connect_to={"hop.example": server}, policy=_QUICK) as client,
            witness.watching() as connects,
        ):
            outcomes = Counter(observation.outcome for observation in client.expand(asked))
    return Guarding(
        asked=len(given),
        outcomes=outcomes,
        leaks=[connect for connect in connects if connect[:2] != ("127.0.0.1", port)],
    )


def of_addresses(witness: Witness) -> Guarding:
    """Have a name resolve to each address of the published ranges, and connect to the name."""
    given = list(addresses())
    with witness.watching() as connects:
        outcomes = asyncio.run(_connected([(address,) for address in given]))
    return Guarding(asked=len(given), outcomes=outcomes, leaks=connects)


def of_mixed_answers(witness: Witness) -> Guarding:
    """Have a name resolve to public and other addresses at once, in different orders."""
    with witness.watching() as connects:
        outcomes = asyncio.run(_connected([*MIXED, *(answer[::-1] for answer in MIXED)]))
    return Guarding(asked=2 * len(MIXED), outcomes=outcomes, leaks=connects)


_QUICK = Policy(attempts=1, host_rate=None)


async def _connected(answers: list[tuple[str, ...]]) -> Counter[Outcome]:
    waiting = iter(answers)

    def getaddrinfo(_: str, port: int, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(waiting)]

    backend = GuardedBackend(policy=Policy(), names=Names(getaddrinfo), connect_to={})
    outcomes: Counter[Outcome] = Counter()
    for _ in answers:
        try:
            stream = await backend.connect_tcp("news.example", 80, timeout=0.5)
        except NotConnectedError as refused:
            outcomes[refused.failure.outcome] += 1
        else:
            await stream.aclose()
            outcomes[Outcome.OK] += 1
    return outcomes
