"""Turns at hosts, how fast they are asked, and which are left alone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from resolver.expand import hosts as module
from resolver.expand.exchange import Answer, Failure
from resolver.expand.hosts import Hosts
from resolver.expand.policy import Policy
from resolver.models import Outcome

REFUSED = Failure(outcome=Outcome.CONNECTION_REFUSED, error="refused")


def answer(status: int) -> Answer:
    return Answer(status=status, at=datetime(2026, 1, 1, tzinfo=UTC), seconds=0.1)


ANSWER = answer(200)


class Clock:
    """A time that only passes in sleep."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def made(
    clock: Clock | None = None, *, per_host: int = 2, own: tuple[str, ...] = (), **options: Any
) -> Hosts:
    """Hosts at which nothing but what is in *options* limits the rate."""
    policy = Policy(**{"host_rate": None, "host_failures": 3, "host_pause_seconds": 60, **options})
    clock = clock or Clock()
    return Hosts(per_host=per_host, concurrency=16, policy=policy, clock=clock, sleep=clock.sleep, own=own)


def asked(hosts: Hosts, host: str = "t.co") -> Failure | None:
    """Take a turn, and return why the host is not to be asked."""

    async def run() -> Failure | None:
        async with hosts.turn(host) as refusal:
            return refusal

    return asyncio.run(run())


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


def test_a_turn_that_is_broken_off_is_given_back() -> None:
    """Waiting or having it: nobody counts who has left."""

    async def run() -> tuple[int, Failure | None]:
        hosts = made(per_host=1)

        async def request() -> None:
            async with hosts.turn("t.co"):
                await asyncio.sleep(10)

        tasks = [asyncio.create_task(request()) for _ in range(3)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with hosts.turn("t.co") as refusal:
            return hosts._hosts["t.co"].users, refusal

    assert asyncio.run(run()) == (1, None)


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome.CONNECTION_REFUSED,
        Outcome.DNS_ERROR,
        Outcome.TIMEOUT_CONNECT,
        Outcome.TIMEOUT_READ,
        Outcome.TLS_EXPIRED,
    ],
)
def test_a_host_that_fails_is_left_alone(outcome: Outcome) -> None:
    """After three failures in a row the fourth request is not made, and says why."""
    hosts = made()
    for _ in range(2):
        hosts.learn("t.co", Failure(outcome=outcome, error="as told"))
    assert asked(hosts) is None
    hosts.learn("t.co", Failure(outcome=outcome, error="as told"))
    refusal = asked(hosts)
    assert refusal is not None
    assert (refusal.outcome, refusal.can_pass) == (outcome, False)
    assert refusal.error == "not asked: t.co failed 3 times in a row (as told)"
    assert asked(hosts, "other.example") is None


@pytest.mark.parametrize("reply", [ANSWER, Failure(outcome=Outcome.INVALID_URL, error=""), answer(500)])
def test_a_host_that_answers_is_asked_on(reply: Answer | Failure) -> None:
    """Failures only count in a row, and only the host's own."""
    hosts = made()
    for each in (REFUSED, REFUSED, reply, REFUSED, REFUSED):
        hosts.learn("t.co", each)
    assert asked(hosts) is None


def test_after_a_pause_one_request_tries_again() -> None:
    """One is let through per pause; if it succeeds, all are."""
    clock = Clock()
    hosts = made(clock)
    for _ in range(3):
        hosts.learn("t.co", REFUSED)
    clock.seconds = 59
    assert asked(hosts) is not None
    clock.seconds = 60
    assert asked(hosts) is None
    assert asked(hosts) is not None
    hosts.learn("t.co", REFUSED)
    clock.seconds = 119
    assert asked(hosts) is not None
    clock.seconds = 120
    assert asked(hosts) is None
    hosts.learn("t.co", ANSWER)
    assert asked(hosts) is None


def test_requests_to_a_host_keep_their_distance() -> None:
    """At four a second, the fifth is sent after a second; hosts of the user's own are asked as fast as may be."""
    clock = Clock()
    hosts = made(clock, host_rate=4.0, own=("own.example",))
    at = []
    for _ in range(5):
        assert asked(hosts) is None
        at.append(clock.seconds)
    assert at == [0, 0.25, 0.5, 0.75, 1.0]
    for _ in range(5):
        assert asked(hosts, "own.example") is None
    assert clock.seconds == 1.0


def test_time_that_has_passed_is_not_made_up_for() -> None:
    """After a rest there is no burst."""
    clock = Clock()
    hosts = made(clock, host_rate=4.0)
    assert asked(hosts) is None
    clock.seconds = 100
    assert asked(hosts) is None
    assert asked(hosts) is None
    assert clock.seconds == 100.25


@pytest.mark.parametrize("status", [429, 503])
def test_what_a_host_asks_for_is_for_all_its_links(status: int) -> None:
    """The next request waits for as long as was asked for, whichever link it is of; another host's does not."""
    clock = Clock()
    hosts = made(clock)
    hosts.learn("t.co", answer(status), 7.0)
    assert asked(hosts, "other.example") is None
    assert clock.seconds == 0
    assert asked(hosts) is None
    assert clock.seconds == 7


@pytest.mark.parametrize(("status", "outcome"), [(429, Outcome.RATE_LIMITED), (503, Outcome.SERVER_ERROR)])
def test_what_a_host_asks_for_can_be_too_long(status: int, outcome: Outcome) -> None:
    """Its links are left for the next run, until there is little enough left to wait for."""
    clock = Clock()
    hosts = made(clock, host_wait_seconds=60)
    hosts.learn("t.co", answer(status), 3600.0)
    refusal = asked(hosts)
    assert refusal == Failure(
        outcome=outcome, error="not asked: t.co asks to come back in 3600 s", can_pass=False
    )
    clock.seconds = 3550
    assert asked(hosts) is None
    assert clock.seconds == 3600


def test_a_busy_host_that_does_not_say_for_how_long_is_given_ever_more_time() -> None:
    """Each 429 in a row doubles the pause, up to a bound; any other answer ends it."""
    clock = Clock()
    hosts = made(clock, backoff_seconds=1.0, backoff_limit_seconds=5.0)
    waits = []
    for _ in range(5):
        hosts.learn("t.co", answer(429))
        before = clock.seconds
        asked(hosts)
        waits.append(clock.seconds - before)
    assert waits == [1, 2, 4, 5, 5]
    hosts.learn("t.co", ANSWER)
    hosts.learn("t.co", answer(429))
    before = clock.seconds
    asked(hosts)
    assert clock.seconds - before == 1


def test_repetitions_are_a_share_of_the_requests() -> None:
    """Some are always allowed; beyond them, one for every ten requests."""
    hosts = made(repetitions_reserve=2, repetitions_share=0.1)
    assert [hosts.may_repeat("t.co") for _ in range(3)] == [True, True, False]
    for _ in range(10):
        asked(hosts)
    assert [hosts.may_repeat("t.co") for _ in range(2)] == [True, False]
    assert hosts.may_repeat("other.example")


def test_the_memory_of_hosts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host that was asked longest ago is forgotten first, but none that somebody waits for."""
    monkeypatch.setattr(module, "_REMEMBERED", 10)
    hosts = made()

    async def run() -> list[str]:
        async with hosts.turn("waiting.example"):
            for number in range(20):
                async with hosts.turn(f"h{number}.example"):
                    pass
        return list(hosts._hosts)

    assert asyncio.run(run()) == ["waiting.example", *(f"h{number}.example" for number in range(11, 20))]
