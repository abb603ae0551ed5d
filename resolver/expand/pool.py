"""The workers that follow links at once, within one event loop."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from resolver.expand.chain import Rules
from resolver.expand.fetch import Fetcher, guarded_transport, ssl_context
from resolver.expand.follow import Follower
from resolver.expand.hosts import Hosts
from resolver.expand.names import Names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    import httpx

    from resolver.expand.policy import Policy
    from resolver.models import Observation


class Pool:
    """Follows links, and asks as much at once as there are *fetchers*, each of which asks one thing at a time.

    One fetcher, with few connections, per worker: what httpcore does for one request grows with the number of
    those under way in the same pool of connections. With 64 in one, a request costs five times the CPU
    (measured).
    """

    def __init__(self, follower: Follower, fetchers: Sequence[Fetcher]) -> None:
        self._follower = follower
        self._fetchers = fetchers
        self._some = asyncio.Semaphore(len(fetchers))
        self._free = [(fetcher, "") for fetcher in fetchers]

    @property
    def concurrency(self) -> int:
        """How much is asked at once."""
        return len(self._fetchers)

    async def follow(self, link: str) -> Observation:
        """Return what came of following *link*."""
        return await self._follower.follow(link, self)

    @asynccontextmanager
    async def free(self, host: str) -> AsyncIterator[Fetcher]:
        """Wait for a free worker, one that asked the host last if there is one: its connection is still open."""
        async with self._some:
            # Else the one that was used last: where few are needed, their connections stay open.
            newest = range(len(self._free) - 1, -1, -1)
            place = next((place for place in newest if self._free[place][1] == host), -1)
            fetcher, _ = self._free.pop(place)
            try:
                yield fetcher
            finally:
                self._free.append((fetcher, host))

    async def aclose(self) -> None:
        """Close all connections. Nothing may be under way."""
        for fetcher in self._fetchers:
            await fetcher.aclose()


def open_pool(
    *,
    connect_to: Mapping[str, str],
    user_agent: str,
    concurrency: int,
    per_host: int,
    policy: Policy,
    is_post: Callable[[str], bool],
    transport: httpx.AsyncBaseTransport | None,
) -> Pool:
    """Return a pool that asks over the guarded network, or over *transport* if one is given."""
    if transport is None:
        context, names = ssl_context(), Names()
        transports: list[httpx.AsyncBaseTransport] = [
            guarded_transport(context, policy=policy, names=names, connect_to=connect_to)
            for _ in range(concurrency)
        ]
    else:
        transports = [transport] * concurrency
    fetchers = [
        Fetcher(
            each,
            user_agent=user_agent,
            policy=policy,
            connect_to=connect_to,
            now=_utc_now,
            clock=time.monotonic,
        )
        for each in transports
    ]
    follower = Follower(
        rules=Rules(is_post=is_post, redirects=policy.redirects),
        policy=policy,
        hosts=Hosts(per_host=per_host, policy=policy, clock=time.monotonic, own=connect_to),
        now=_utc_now,
        clock=time.monotonic,
        sleep=asyncio.sleep,
        random=random.random,
    )
    return Pool(follower, fetchers)


def _utc_now() -> datetime:
    return datetime.now(UTC)
