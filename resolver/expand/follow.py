"""Follows one link to its end: asks, repeats, decides, within one deadline."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from resolver.errors import ResolverError
from resolver.expand import retry
from resolver.expand.address import host_of
from resolver.expand.canonical import canonical_url
from resolver.expand.chain import Chain, advance, start
from resolver.expand.exchange import Answer, printable
from resolver.expand.page import read
from resolver.models import Observation, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from resolver.expand.chain import Rules
    from resolver.expand.exchange import Asker, Reply
    from resolver.expand.hosts import Hosts
    from resolver.expand.policy import Policy
    from resolver.models import Capture


@dataclass(slots=True)
class _Walk:
    """How far one link has been followed: what remains known of it when its time is up."""

    chain: Chain
    #: Of the request that is being made, and of the one that needed most.
    tries: int = 0
    attempts: int = 1
    #: Where what was exchanged is recorded.
    captures: list[Capture] = field(default_factory=list)


class Deadline:
    """The time that is left for one link, at first so many *seconds*; it stands still until it is resumed."""

    def __init__(self, limit: asyncio.Timeout, seconds: float) -> None:
        self._limit = limit
        self._left = seconds

    def remaining(self) -> float:
        """Return how many seconds are left."""
        ends_at = self._limit.when()
        return self._left if ends_at is None else ends_at - asyncio.get_running_loop().time()

    def suspend(self) -> None:
        """Let no time pass from now on."""
        self._left = self.remaining()
        self._limit.reschedule(None)

    def resume(self) -> None:
        """Let time pass again."""
        self._limit.reschedule(asyncio.get_running_loop().time() + self._left)


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

    async def follow(self, link: str, asker: Asker) -> Observation:
        """Return what came of following *link*. Never raises for what links do."""
        observed_at, began = self.now(), self.clock()
        walk = _Walk(Chain())
        try:
            async with asyncio.timeout(None) as limit:
                await self._walk(link, walk, asker, Deadline(limit, self.policy.link_seconds))
        except TimeoutError:
            error = f"it took more than {self.policy.link_seconds:g} s"
            walk.chain = replace(walk.chain, outcome=Outcome.TIMEOUT_TOTAL, error=error)
        except ResolverError:
            raise  # not the link's doing: what the caller brought has failed
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
            canonical_url=None if chain.expanded_url is None else canonical_url(chain.expanded_url),
            attempts=walk.attempts,
            error=chain.error,
            captures=tuple(walk.captures),
        )

    async def _walk(self, link: str, walk: _Walk, asker: Asker, deadline: Deadline) -> None:
        walk.chain = start(link, self.rules, self.now())
        while (address := walk.chain.ask) is not None:
            walk.tries = 0
            host = host_of(address)
            tried = await retry.ask(
                partial(self._attempt, address, host, walk, asker, deadline),
                policy=self.policy,
                remaining=deadline.remaining,
                now=self.now,
                may_repeat=partial(self.hosts.may_repeat, host),
                sleep=self.sleep,
                random=self.random,
            )
            if isinstance(tried.reply, Answer) and tried.reply.capture:
                walk.captures[-1] = replace(tried.reply.capture, hop=len(walk.chain.hops))
            page = read(tried.reply.body) if isinstance(tried.reply, Answer) and tried.reply.body else None
            chain = advance(walk.chain, tried.reply, page, self.rules)
            walk.chain = replace(chain, error=tried.error) if tried.error else chain

    async def _attempt(self, address: str, host: str, walk: _Walk, asker: Asker, deadline: Deadline) -> Reply:
        deadline.suspend()
        async with self.hosts.turn(host) as refusal:
            deadline.resume()
            if refusal:
                return refusal
            walk.tries += 1
            walk.attempts = max(walk.attempts, walk.tries)
            reply = await asker.ask(address)
            walk.captures += [reply.capture] if reply.capture else []
            self.hosts.learn(host, reply, retry.asked_pause(reply, self.now))
            return reply
