"""Which requests are repeated, when, and when it is given up. No test sleeps."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.expand.exchange import Answer, Failure, Reply
from resolver.expand.policy import Policy
from resolver.expand.retry import Tried, ask, retry_after, tries
from resolver.models import Outcome

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def answer(status: int, wait: str | None = None) -> Answer:
    return Answer(status=status, at=NOW, seconds=0.1, retry_after=wait)


def failure(outcome: Outcome) -> Failure:
    return Failure(outcome=outcome, error="as told")


@dataclass
class Run:
    """A request whose replies are known, in a time that only passes in pauses."""

    replies: list[Reply]
    seconds: float = 60.0
    random: float = 0.5
    policy: Policy = field(default_factory=Policy)
    pauses: list[float] = field(default_factory=list)
    attempts: int = 0
    allowance: int = 1000

    def result(self) -> Tried:
        return asyncio.run(
            ask(
                self._attempt,
                policy=self.policy,
                remaining=lambda: self.seconds - sum(self.pauses),
                now=lambda: NOW,
                may_repeat=lambda: self.allowance > self.attempts - 1,
                sleep=self._sleep,
                random=lambda: self.random,
            )
        )

    async def _attempt(self) -> Reply:
        self.attempts += 1
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


PASSING_STATUSES = {408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524}
THRICE = {Outcome.TIMEOUT_CONNECT, Outcome.TIMEOUT_READ, Outcome.CONNECTION_LOST, Outcome.DNS_ERROR}
TWICE = {Outcome.CONNECTION_REFUSED, Outcome.PROTOCOL_ERROR}


@pytest.mark.parametrize("status", range(100, 600))
def test_only_statuses_that_can_pass_are_asked_again(status: int) -> None:
    """A 404 today is a 404 in a second; a 503 may not be."""
    run = Run([answer(status)])
    run.result()
    assert run.attempts == (3 if status in PASSING_STATUSES else 1)


@pytest.mark.parametrize("outcome", Outcome)
def test_only_failures_that_can_pass_are_asked_again(outcome: Outcome) -> None:
    """What breaks by chance is tried three times, what hardly passes twice, and what does not pass once."""
    run = Run([failure(outcome)])
    run.result()
    assert run.attempts == (3 if outcome in THRICE else 2 if outcome in TWICE else 1)


def test_a_failure_that_is_known_to_stay_is_not_asked_again() -> None:
    """A name that does not exist is a DNS error like one whose server did not answer, but stays."""
    assert tries(Failure(outcome=Outcome.DNS_ERROR, error="", can_pass=False), Policy()) == 1


@pytest.mark.parametrize("allowance", [0, 1, 2])
def test_repetitions_end_where_no_more_are_allowed(allowance: int) -> None:
    """What the host's links may repeat in all is used up by one of them like by any other."""
    run = Run([answer(503)], policy=Policy(attempts=9), allowance=allowance)
    run.result()
    assert run.attempts == allowance + 1


def test_what_passes_is_not_asked_once_more() -> None:
    """The first good reply is the result."""
    run = Run([failure(Outcome.CONNECTION_LOST), answer(503), answer(301), answer(500)])
    assert run.result() == Tried(reply=answer(301))
    assert run.attempts == 3


def test_another_failure_has_its_own_bound() -> None:
    """After a lost connection, a refused one is not tried a third time."""
    run = Run([failure(Outcome.CONNECTION_LOST), failure(Outcome.CONNECTION_REFUSED)])
    run.result()
    assert run.attempts == 2


def test_the_attempts_are_bounded_by_the_policy() -> None:
    """One attempt means no repetition of anything."""
    for attempts in (1, 2, 5):
        run = Run([answer(503)], policy=Policy(attempts=attempts))
        run.result()
        assert run.attempts == attempts


@pytest.mark.parametrize(
    ("random", "expected"), [(0.0, [0, 0, 0, 0]), (0.5, [0.5, 1, 2, 2.5]), (0.999, [1, 2, 4, 5])]
)
def test_pauses_are_random_below_a_bound_that_doubles(random: float, expected: list[float]) -> None:
    """Full jitter: anything from nothing to the bound, which itself has a bound."""
    run = Run([answer(503)], random=random, policy=Policy(attempts=5, backoff_limit_seconds=5))
    run.result()
    assert run.pauses == pytest.approx(expected, rel=0.01)


def test_the_seconds_are_bounded() -> None:
    """No pause is begun that would outlast the link's time."""
    run = Run([answer(503)], seconds=2.0, random=0.999, policy=Policy(attempts=100))
    run.result()
    assert run.attempts == 2
    assert sum(run.pauses) < 2.0


@pytest.mark.parametrize("wait", ["7", "Thu, 01 Jan 2026 00:00:07 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_the_server_is_obeyed(status: int, wait: str) -> None:
    """A Retry-After in either form is waited for, and the jitter comes on top."""
    run = Run([answer(status, wait), answer(200)])
    assert run.result() == Tried(reply=answer(200))
    assert run.pauses == [7.5]


def test_it_is_given_up_at_once_when_the_server_asks_for_too_much() -> None:
    """Who is asked to come back after the link's time is over does not wait, and says so."""
    run = Run([answer(429, "3600")], seconds=50.0)
    tried = run.result()
    assert (run.attempts, run.pauses) == (1, [])
    assert tried.error == "the server asks to come back in 3600 s, but 50.0 s are left"


def test_a_last_attempt_says_nothing_of_the_server_s_wish() -> None:
    """Where the attempts are used up, that is why it ended."""
    assert Run([answer(429, "3600")], policy=Policy(attempts=1)).result().error is None


WISHES = [
    ("0", 0.0),
    ("120", 120.0),
    (" 120 ", 120.0),
    ("0000000000005", 5.0),
    ("999999999", 999999999.0),
    # for ever, in any length
    ("9" * 5000, 999999999.0),
    ("Thu, 01 Jan 2026 00:02:00 GMT", 120.0),
    ("Thu, 01 Jan 2026 00:02:00", 120.0),
    ("Thu, 01 Jan 2026 02:02:00 +0200", 120.0),
    ("Thursday, 01-Jan-26 00:02:00 GMT", 120.0),
    ("Thu Jan  1 00:02:00 2026", 120.0),
    ("Wed, 31 Dec 2025 23:59:59 GMT", 0.0),
    # later than Python's dates reach in UTC
    ("Fri, 31 Dec 9999 23:59:59 -2359", 251635161539.0),
    # no wishes
    ("", None),
    ("soon", None),
    ("-5", None),
    ("1.5", None),
    ("\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}", None),
    ("\N{SUPERSCRIPT TWO}", None),
    ("Thu, 01 Jan 99999999999999999999 00:00:00 GMT", None),
    ("Thu, 99 Jan 2026 00:00:00 GMT", None),
    ("Thu, 01 Jan 2026 00:00:00 +99999999999999", None),
]


@pytest.mark.parametrize(("value", "seconds"), WISHES)
def test_what_a_server_asks_for(value: str, seconds: float | None) -> None:
    """Seconds and dates are read, the past is now, and what is neither is not obeyed."""
    assert retry_after(value, NOW) == seconds


@given(
    st.text()
    | st.from_regex(r"[A-Z][a-z]{2}, [0-9]{1,3} [A-Z][a-z]{2} [0-9]{1,30} [0-9:]{1,12} [A-Z+-][0-9]*")
)
def test_any_header_can_be_a_wish(value: str) -> None:
    """What servers send is never an error, and never a wish to come back before now."""
    seconds = retry_after(value, NOW)
    assert seconds is None or seconds >= 0


def test_what_an_attempt_raises_is_raised() -> None:
    """A mistake of ours is not repeated, but seen."""

    async def attempt() -> Reply:
        raise ZeroDivisionError

    async def sleep(seconds: float) -> None:
        raise AssertionError(seconds)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(
            ask(
                attempt,
                policy=Policy(),
                remaining=lambda: 1,
                now=lambda: NOW,
                may_repeat=lambda: True,
                sleep=sleep,
                random=lambda: 0.5,
            )
        )
