"""Which requests are repeated, when, and when it is given up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, cast

from tenacity import AsyncRetrying, wait_exponential

from resolver.expand.exchange import Answer, Failure
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from tenacity import Future, RetryCallState

    from resolver.expand.exchange import Reply
    from resolver.expand.policy import Policy

#: What passes often enough to be tried until the policy's bounds. All other outcomes say the same the next
#: time.
_PASSING = frozenset(
    {Outcome.TIMEOUT_CONNECT, Outcome.TIMEOUT_READ, Outcome.CONNECTION_LOST, Outcome.DNS_ERROR}
)
#: What passes now and then: tried once more.
_RARELY_PASSING = frozenset({Outcome.CONNECTION_REFUSED, Outcome.PROTOCOL_ERROR})

#: RFC 9110 15.5.9, 15.6; RFC 6585 4; 520 to 524 are Cloudflare's for a server behind it that does not answer.
_PASSING_STATUSES = frozenset({408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})

_SECONDS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a request in the end."""

    #: The last reply.
    reply: Reply
    #: Why there were no more, where the server asked to come back later than can be waited for.
    error: str | None = None


async def ask(
    attempt: Callable[[], Awaitable[Reply]],
    *,
    policy: Policy,
    remaining: Callable[[], float],
    now: Callable[[], datetime],
    may_repeat: Callable[[], bool],
    sleep: Callable[[float], Awaitable[None]],
    random: Callable[[], float],
) -> Tried:
    """Return what came of *attempt*, repeated while that can help.

    At most ``policy.attempts`` times, never with a pause that would outlast the *remaining* seconds, and only
    while it *may_repeat*, which is asked last and once for each repetition. A pause is random between nothing
    and a bound that doubles ("full jitter"), on top of what the server asks for. *random* gives numbers in
    [0, 1). Raises what *attempt* raises.

    >>> import asyncio
    >>> from resolver.expand.policy import Policy
    >>> outcomes = [Outcome.CONNECTION_LOST, Outcome.TLS_ERROR]
    >>> async def attempt():
    ...     return Failure(outcome=outcomes.pop(0), error="")
    >>> async def sleep(seconds):
    ...     print(f"{seconds} s")
    >>> tried = asyncio.run(ask(attempt, policy=Policy(), remaining=lambda: 60, now=None,
    ...                         may_repeat=lambda: True, sleep=sleep, random=lambda: 0.5))
    0.5 s
    >>> tried.reply.outcome.value
    'tls_error'
    """
    widest = wait_exponential(multiplier=policy.backoff_seconds, max=policy.backoff_limit_seconds)

    def wait(state: RetryCallState) -> float:
        return random() * widest(state) + (asked_pause(_reply(state), now) or 0.0)

    def stop(state: RetryCallState) -> bool:
        done = state.attempt_number >= tries(_reply(state), policy) or state.upcoming_sleep >= remaining()
        return done or not may_repeat()

    # Most requests need no repetition, and so nothing of what it takes: a tenth of the CPU of a request.
    first = await attempt()
    if tries(first, policy) == 1:
        return Tried(reply=first)
    replies: list[Reply] = [first]

    async def again() -> Reply:
        return replies.pop() if replies else await attempt()

    retrying = AsyncRetrying(
        sleep=sleep,
        wait=wait,
        stop=stop,
        retry=lambda state: tries(_reply(state), policy) > 1,
        retry_error_callback=_reply,
    )
    reply: Reply = await retrying(again)
    attempts: int = retrying.statistics["attempt_number"]
    pause, left = asked_pause(reply, now), remaining()
    late = attempts < tries(reply, policy) and pause is not None and pause >= left
    error = f"the server asks to come back in {pause:.0f} s, but {left:.1f} s are left" if late else None
    return Tried(reply=reply, error=error)


def tries(reply: Reply, policy: Policy) -> int:
    """Return how often at most a request is made that is replied to like this.

    >>> from resolver.expand.policy import Policy
    >>> tries(Failure(outcome=Outcome.TIMEOUT_READ, error=""), Policy())
    3
    >>> tries(Failure(outcome=Outcome.TLS_ERROR, error=""), Policy())
    1
    """
    if isinstance(reply, Answer):
        return policy.attempts if reply.status in _PASSING_STATUSES else 1
    if not reply.can_pass:
        return 1
    if reply.outcome in _RARELY_PASSING:
        return min(policy.attempts, 2)
    return policy.attempts if reply.outcome in _PASSING else 1


def retry_after(value: str, now: datetime) -> float | None:
    """Return how many seconds a Retry-After header asks to wait (RFC 9110 10.2.3); ``None`` if it is none.

    A date without a zone is taken as UTC; one that has passed is 0; what cannot be reckoned with is no wish.

    >>> from datetime import UTC, datetime
    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Thu, 01 Jan 2026 00:00:30 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    30.0
    """
    if _SECONDS.fullmatch(value.strip()):
        # Longer numbers are as good as for ever, and Python refuses to read the longest.
        return float(value.strip().lstrip("0")[:9] or 0)
    try:
        moment = parsedate_to_datetime(value)
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    except (IndexError, OverflowError, TypeError, ValueError):
        return None
    return max(0.0, seconds.total_seconds())


def asked_pause(reply: Reply, now: Callable[[], datetime]) -> float | None:
    """Return for how many seconds the server asks to be left alone; ``None`` where it does not."""
    if isinstance(reply, Failure) or reply.retry_after is None:
        return None
    return retry_after(reply.retry_after, now())


def _reply(state: RetryCallState) -> Reply:
    # Only asked for after an attempt, when there is an outcome.
    reply: Reply = cast("Future", state.outcome).result()
    return reply
