"""Follows one link to its end: asks, repeats, decides, within one deadline."""

from __future__ import annotations

import asyncio
import math
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from resolver.expand import retry
from resolver.expand.address import host_of
from resolver.expand.chain import Chain, advance, start
from resolver.expand.exchange import Answer, printable
from resolver.expand.page import read
from resolver.models import Observation, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import datetime

    from resolver.expand.chain import Rules
    from resolver.expand.exchange import Reply, Workers
    from resolver.expand.hosts import Hosts
    from resolver.expand.policy import Policy


@dataclass(slots=True)
class _Walk:
    """How far one link has been followed: what remains known of it when its time is up."""

    chain: Chain
    #: Of the request that is being made, and of the one that needed most.
    tries: int = 0
    attempts: int = 1


class Deadline:
    """The time that is left for one link; it stands still while the link waits for its turn."""

    def __init__(self, limit: asyncio.Timeout) -> None:
        self._limit = limit

    def remaining(self) -> float:
        """Return how many seconds are left."""
        when = self._limit.when()
        return math.inf if when is None else when - asyncio.get_running_loop().time()

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Let no time pass within."""
        left = self.remaining()
        self._limit.reschedule(None)
        try:
            yield
        finally:
            self._limit.reschedule(asyncio.get_running_loop().time() + left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Follows links, all by the same rules.

    *now* gives the time in UTC, *clock* seconds that never go back, *random* numbers in [0, 1).
    """

    rules: Rules
    policy: Policy
    hosts: Hosts
    now: Callable[[], datetime]
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    random: Callable[[], float]

    async def follow(self, link: str, workers: Workers) -> Observation:
        """Return what came of following *link*. Never raises for what links do."""
        observed_at, began = self.now(), self.clock()
        walk = _Walk(Chain())
        try:
            async with asyncio.timeout(self.policy.link_seconds) as limit:
                await self._walk(link, walk, workers, Deadline(limit))
        except TimeoutError:
            error = f"it took more than {self.policy.link_seconds:g} s"
            walk.chain = replace(walk.chain, outcome=Outcome.TIMEOUT_TOTAL, error=error)
        except Exception as caught:  # noqa: BLE001 - one link must not end the run of all the others
            error = f"{type(caught).__name__}: {printable(str(caught))}"
            walk.chain = replace(walk.chain, outcome=Outcome.INTERNAL_ERROR, error=error)
        chain = walk.chain
        return Observation(
            url=link,
            observed_at=observed_at,
            seconds=self.clock() - began,
            outcome=chain.outcome or Outcome.INTERNAL_ERROR,
            hops=chain.hops,
            expanded_url=chain.expanded_url,
            attempts=walk.attempts,
            error=chain.error,
        )

    async def _walk(self, link: str, walk: _Walk, workers: Workers, deadline: Deadline) -> None:
        walk.chain = start(link, self.rules, self.now())
        while (address := walk.chain.ask) is not None:
            walk.tries = 0
            tried = await retry.ask(
                partial(self._attempt, address, walk, workers, deadline),
                policy=self.policy,
                remaining=deadline.remaining,
                now=self.now,
                may_repeat=partial(self.hosts.may_repeat, host_of(address)),
                sleep=self.sleep,
                random=self.random,
            )
            page = read(tried.reply.body) if isinstance(tried.reply, Answer) and tried.reply.body else None
            chain = advance(walk.chain, tried.reply, page, self.rules)
            walk.chain = replace(chain, error=tried.error) if tried.error else chain

    async def _attempt(self, address: str, walk: _Walk, workers: Workers, deadline: Deadline) -> Reply:
        host = host_of(address)
        async with AsyncExitStack() as stack:
            with deadline.suspended():
                refusal = await stack.enter_async_context(self.hosts.turn(host))
                if refusal:
                    return refusal
                # Only now: who waits for the turn at one host must not keep a worker from another one.
                asker = await stack.enter_async_context(workers.free(host))
            walk.tries += 1
            walk.attempts = max(walk.attempts, walk.tries)
            reply = await asker.ask(address)
            self.hosts.learn(host, reply, retry.asked_pause(reply, self.now))
            return reply
