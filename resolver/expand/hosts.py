"""What one run knows of the hosts it asks: whose turn it is, how fast, and which are to be left alone."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resolver.expand.exchange import Answer, Failure
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Container
    from types import TracebackType

    from resolver.expand.exchange import Reply
    from resolver.expand.policy import Policy

#: Failures that are the host's, or the network's, and not the one request's.
_OF_THE_HOST = frozenset(
    {
        Outcome.DNS_ERROR, Outcome.CONNECTION_REFUSED, Outcome.CONNECTION_LOST, Outcome.PROTOCOL_ERROR,
        Outcome.TIMEOUT_CONNECT, Outcome.TIMEOUT_READ, Outcome.TLS_ERROR, Outcome.TLS_EXPIRED, Outcome.TLS_NAME,
        Outcome.TLS_NOT_YET_VALID, Outcome.TLS_PROTOCOL, Outcome.TLS_UNTRUSTED,
    }
)  # fmt: skip

#: RFC 6585 4 and RFC 9110 15.6.4: the statuses that speak for the host, not for the page.
_BUSY = {429: Outcome.RATE_LIMITED, 503: Outcome.SERVER_ERROR}

#: So many hosts are remembered at most: the memory of a run must not grow with it.
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Host:
    free: asyncio.Semaphore
    #: How many wait for a turn, or have one.
    users: int = 0
    #: When the next request may be sent, for the sake of the rate and by the host's own wish.
    next_at: float = 0.0
    resumes_at: float = 0.0
    #: What the host was busy with when it wished so, and how often in a row it was.
    busy: Outcome = Outcome.RATE_LIMITED
    busy_times: int = 0
    #: Requests and, among them, repetitions.
    requests: int = 0
    repetitions: int = 0
    #: The last failure, how many there were in a row, and since when it is left alone.
    failure: Failure | None = None
    failures: int = 0
    since: float = 0.0


class Hosts:
    """Shared by all that ask in one run: at most *concurrency* at once, and *per_host* one host.

    To be used within one event loop. *clock* gives seconds and never goes back. The rate is not kept at the *own*
    hosts, which are the user's.
    """

    def __init__(
        self,
        *,
        per_host: int,
        concurrency: int,
        policy: Policy,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        own: Container[str] = (),
    ) -> None:
        self._per_host = per_host
        self._places = asyncio.Semaphore(concurrency)
        self._policy = policy
        self._clock = clock
        self._sleep = sleep
        self._own = own
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    def turn(self, host: str) -> Turn:
        """Return a context that waits until the host may be asked, and counts as one that asks it."""
        return Turn(host, self._of(host), self._admitted, self._places)

    def may_repeat(self, host: str) -> bool:
        """Return whether one more request to the host may be a repetition, and count it if so.

        When a host is in trouble, all its links are; repeating each of them would be what keeps it there.
        """
        state = self._of(host)
        allowed = self._policy.repetitions_reserve + self._policy.repetitions_share * state.requests
        if state.repetitions >= allowed:
            return False
        state.repetitions += 1
        return True

    def learn(self, host: str, reply: Reply, pause: float | None = None) -> None:
        """Remember what came of asking the host, which may have asked for a *pause* of so many seconds."""
        state = self._of(host)
        if isinstance(reply, Failure) and reply.outcome in _OF_THE_HOST:
            state.failure, state.failures, state.since = reply, state.failures + 1, self._clock()
            return
        state.failure, state.failures = None, 0
        busy = _BUSY.get(reply.status) if isinstance(reply, Answer) else None
        if busy is None:
            state.busy_times = 0
            return
        state.busy, state.busy_times = busy, state.busy_times + 1
        if pause is None and busy is Outcome.RATE_LIMITED:
            doubled = self._policy.backoff_seconds * 2 ** min(state.busy_times - 1, 30)
            pause = min(doubled, self._policy.backoff_limit_seconds)
        state.resumes_at = max(state.resumes_at, self._clock() + (pause or 0.0))

    def _of(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is not None:
            self._hosts.move_to_end(host)
            return state
        state = self._hosts[host] = _Host(asyncio.Semaphore(self._per_host))
        if len(self._hosts) > _REMEMBERED:
            idle = next((name for name, known in self._hosts.items() if not known.users), host)
            if idle != host:
                del self._hosts[idle]
        return state

    async def _admitted(self, host: str, state: _Host) -> Failure | None:
        rate = None if host in self._own else self._policy.host_rate
        while True:
            refusal = self._refusal(host, state)
            if refusal:
                return refusal
            now = self._clock()
            wait = max(state.next_at, state.resumes_at) - now
            if wait <= 0:
                break
            await self._sleep(wait)
        if rate is not None:
            state.next_at = now + 1 / rate
        if state.failures >= self._policy.host_failures:
            state.since = now  # this one tries; the others wait for what comes of it
        state.requests += 1
        return None

    def _refusal(self, host: str, state: _Host) -> Failure | None:
        """Return why the host is not to be asked now; ``None`` if it may be.

        After ``policy.host_failures`` failures in a row it is left alone for ``policy.host_pause_seconds``;
        then one caller is let through to try.
        """
        now = self._clock()
        left = state.resumes_at - now
        if left > self._policy.host_wait_seconds:
            error = f"not asked: {host} asks to come back in {left:.0f} s"
            return Failure(outcome=state.busy, error=error, can_pass=False)
        if state.failure is None or state.failures < self._policy.host_failures:
            return None
        if now - state.since >= self._policy.host_pause_seconds:
            return None
        error = f"not asked: {host} failed {state.failures} times in a row ({state.failure.error})"
        return replace(state.failure, error=error, can_pass=False)


class Turn:
    """One turn at a host. As a context it gives why the host is not to be asked at all, where that is so."""

    __slots__ = ("_admitted", "_has_place", "_host", "_places", "_state")

    def __init__(
        self,
        host: str,
        state: _Host,
        admitted: Callable[[str, _Host], Awaitable[Failure | None]],
        places: asyncio.Semaphore,
    ) -> None:
        self._host = host
        self._state = state
        self._admitted = admitted
        self._places = places
        self._has_place = False

    async def __aenter__(self) -> Failure | None:
        self._state.users += 1
        try:
            await self._state.free.acquire()
        except BaseException:
            self._state.users -= 1
            raise
        try:
            refusal = await self._admitted(self._host, self._state)
            if refusal is None:
                # Only now: who waits for the turn at one host must not keep a place from another one.
                await self._places.acquire()
                self._has_place = True
        except BaseException:
            self._leave()
            raise
        return refusal

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        if self._has_place:
            self._places.release()
        self._state.free.release()
        self._state.users -= 1
