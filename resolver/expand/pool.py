"""The workers that follow links at once, within one event loop."""

from __future__ import annotations

import asyncio
import random
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from resolver.expand.fetch import Fetcher
from resolver.expand.follow import Follower
from resolver.expand.hosts import Hosts
from resolver.expand.names import Names
from resolver.expand.transport import guarded_transport, ssl_context

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from resolver.expand.chain import Rules
    from resolver.expand.exchange import Archive
    from resolver.expand.policy import Policy
    from resolver.models import Observation

#: So many connections are kept open for each request that can be under way: to ask t.co and its like again without a
#: new handshake, after other hosts have been asked.
_IDLE_CONNECTIONS = 4


class Pool:
    """Follows links, all with one *fetcher*, which it closes; *concurrency* is how much is asked at once."""

    def __init__(self, follower: Follower, fetcher: Fetcher, *, concurrency: int) -> None:
        self._follower = follower
        self._fetcher = fetcher
        self.concurrency = concurrency

    async def follow(self, link: str) -> Observation:
        """Return what came of following *link*."""
        return await self._follower.follow(link, self._fetcher)

    async def aclose(self) -> None:
        """Close all connections. Nothing may be under way."""
        await self._fetcher.aclose()


def open_pool(
    *,
    connect_to: Mapping[str, str],
    user_agent: str,
    concurrency: int,
    per_host: int,
    policy: Policy,
    rules: Rules,
    archive: Archive | None,
    transport: httpx.AsyncBaseTransport | None,
) -> Pool:
    """Return a pool that asks over the guarded network, or over *transport* if one is given."""
    if transport is None:
        transport = guarded_transport(
            ssl_context(),
            policy=policy,
            names=Names(),
            connect_to=connect_to,
            idle_connections=_IDLE_CONNECTIONS * concurrency,
        )
    fetcher = Fetcher(
        transport,
        user_agent=user_agent,
        policy=policy,
        connect_to=connect_to,
        now=_utc_now,
        clock=time.monotonic,
        archive=archive,
    )
    hosts = Hosts(
        per_host=per_host, concurrency=concurrency, policy=policy, clock=time.monotonic, own=connect_to
    )
    follower = Follower(
        rules=rules,
        policy=policy,
        hosts=hosts,
        now=_utc_now,
        clock=time.monotonic,
        sleep=asyncio.sleep,
        random=random.random,
    )
    return Pool(follower, fetcher, concurrency=concurrency)


def _utc_now() -> datetime:
    return datetime.now(UTC)
