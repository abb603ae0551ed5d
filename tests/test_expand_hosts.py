"""Turns at hosts, and the memory of those that cannot be reached."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from resolver.expand import hosts as module
from resolver.expand.exchange import Answer, Failure
from resolver.expand.hosts import Hosts
from resolver.expand.policy import Policy
from resolver.models import Outcome

REFUSED = Failure(outcome=Outcome.CONNECTION_REFUSED, error="refused")
ANSWER = Answer(status=200, at=datetime(2026, 1, 1, tzinfo=UTC), seconds=0.1)


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def made(clock: Clock | None = None, *, per_host: int = 2) -> Hosts:
    return Hosts(
        per_host=per_host, policy=Policy(host_failures=3, host_pause_seconds=60), clock=clock or Clock()
    )


def test_no_more_requests_are_with_a_host_than_allowed() -> None:
    """The third waits until one of two is done; another host's does not wait."""

    async def run() -> tuple[int, int]:
        hosts, now, most, others = made(), 0, 0, 0

        async def request(host: str) -> None:
            nonlocal now, most, others
            async with hosts.turn(host):
                if host == "other.example":
                    others = now
                    return
                now += 1
                most = max(most, now)
                await asyncio.sleep(0)
                now -= 1

        await asyncio.gather(*(request("t.co") for _ in range(20)), request("other.example"))
        return most, others

    assert asyncio.run(run()) == (2, 2)


def test_hosts_that_nobody_asks_are_forgotten() -> None:
    """Memory does not grow with the number of hosts asked, even if a wait is broken off."""

    async def run() -> int:
        hosts = made(per_host=1)

        async def request() -> None:
            async with hosts.turn("t.co"):
                await asyncio.sleep(10)

        tasks = [asyncio.create_task(request()) for _ in range(3)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return len(hosts._turns)

    assert asyncio.run(run()) == 0


@pytest.mark.parametrize("outcome", [Outcome.CONNECTION_REFUSED, Outcome.DNS_ERROR, Outcome.TIMEOUT_CONNECT])
def test_a_host_that_cannot_be_reached_is_left_alone(outcome: Outcome) -> None:
    """After three failures in a row the fourth request is not made, and says why."""
    hosts = made()
    for _ in range(2):
        hosts.learn("t.co", Failure(outcome=outcome, error="as told"))
    assert hosts.unreachable("t.co") is None
    hosts.learn("t.co", Failure(outcome=outcome, error="as told"))
    unreachable = hosts.unreachable("t.co")
    assert unreachable is not None
    assert (unreachable.outcome, unreachable.can_pass) == (outcome, False)
    assert unreachable.error == "not asked: t.co could not be reached 3 times in a row (as told)"
    assert hosts.unreachable("other.example") is None


@pytest.mark.parametrize("reply", [ANSWER, Failure(outcome=Outcome.TIMEOUT_READ, error="")])
def test_a_host_that_answers_or_breaks_off_can_be_reached(reply: Answer | Failure) -> None:
    """Failures only count in a row."""
    hosts = made()
    for each in (REFUSED, REFUSED, reply, REFUSED, REFUSED):
        hosts.learn("t.co", each)
    assert hosts.unreachable("t.co") is None


def test_after_a_pause_one_request_tries_again() -> None:
    """One is let through per pause; if it succeeds, all are."""
    clock = Clock()
    hosts = made(clock)
    for _ in range(3):
        hosts.learn("t.co", REFUSED)
    clock.seconds = 59
    assert hosts.unreachable("t.co") is not None
    clock.seconds = 60
    assert hosts.unreachable("t.co") is None
    assert hosts.unreachable("t.co") is not None
    hosts.learn("t.co", REFUSED)
    clock.seconds = 119
    assert hosts.unreachable("t.co") is not None
    clock.seconds = 120
    assert hosts.unreachable("t.co") is None
    hosts.learn("t.co", ANSWER)
    assert hosts.unreachable("t.co") is None


def test_the_memory_of_hosts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host that failed longest ago is forgotten first."""
    monkeypatch.setattr(module, "_REMEMBERED", 10)
    hosts = made()
    for number in range(20):
        for _ in range(3):
            hosts.learn(f"h{number}.example", REFUSED)
    assert [number for number in range(20) if hosts.unreachable(f"h{number}.example")] == list(range(10, 20))
