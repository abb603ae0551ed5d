"""What one run knows of the hosts it asks: whose turn it is, and which of them cannot be reached."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from resolver.expand.exchange import Answer
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from resolver.expand.exchange import Failure, Reply
    from resolver.expand.policy import Policy

#: Failures that are the host's, or the network's, and not the one request's.
_OF_THE_HOST = frozenset({Outcome.DNS_ERROR, Outcome.CONNECTION_REFUSED, Outcome.TIMEOUT_CONNECT})

#: So many unreachable hosts are remembered at most: the memory of a run must not grow with it.
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Unreachable:
    failure: Failure
    times: int
    since: float


@dataclass(slots=True)
class _Turns:
    free: asyncio.Semaphore
    users: int = field(default=0)


class Hosts:
    """Shared by all that ask in one run. To be used within one event loop.

    *clock* gives seconds and never goes back.
    """

    def __init__(self, *, per_host: int, policy: Policy, clock: Callable[[], float]) -> None:
        self._per_host = per_host
        self._policy = policy
        self._clock = clock
        self._unreachable: dict[str, _Unreachable] = {}
        self._turns: dict[str, _Turns] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until fewer than ``per_host`` requests are with the host, and count as one of them."""
        turns = self._turns.setdefault(host, _Turns(asyncio.Semaphore(self._per_host)))
        turns.users += 1
        try:
            async with turns.free:
                yield
        finally:
            turns.users -= 1
            if not turns.users:
                del self._turns[host]

    def unreachable(self, host: str) -> Failure | None:
        """Return why the host is not to be asked now; ``None`` if it may be.

        After ``policy.host_failures`` failures in a row it is left alone for ``policy.host_pause_seconds``;
        then one caller is let through to try.
        """
        known = self._unreachable.get(host)
        if known is None or known.times < self._policy.host_failures:
            return None
        if self._clock() - known.since >= self._policy.host_pause_seconds:
            known.since = self._clock()
            return None
        error = f"not asked: {host} could not be reached {known.times} times in a row ({known.failure.error})"
        return replace(known.failure, error=error, can_pass=False)

    def learn(self, host: str, reply: Reply) -> None:
        """Remember what came of asking the host."""
        known = self._unreachable.pop(host, None)
        if isinstance(reply, Answer) or reply.outcome not in _OF_THE_HOST:
            return
        times = known.times + 1 if known else 1
        self._unreachable[host] = _Unreachable(failure=reply, times=times, since=self._clock())
        if len(self._unreachable) > _REMEMBERED:
            del self._unreachable[next(iter(self._unreachable))]
