"""One link, within one deadline, with all that was seen on the way. Time only passes where a test lets it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from resolver.expand.chain import Rules
from resolver.expand.exchange import Answer, Failure, Reply
from resolver.expand.follow import Follower
from resolver.expand.hosts import Hosts
from resolver.expand.policy import Policy
from resolver.models import Observation, Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Replies = dict[str, list[Reply | Callable[[], Awaitable[Reply]]]]

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LINK, STORY = "https://t.co/AbCdEf1234", "https://news.example/story"
MOVED = Answer(status=301, at=NOW, seconds=0.1, locations=(STORY.encode(),))
FINE = Answer(status=200, at=NOW, seconds=0.1)
BUSY = Answer(status=503, at=NOW, seconds=0.1)
LOST = Failure(outcome=Outcome.CONNECTION_LOST, error="reset")
REFUSED = Failure(outcome=Outcome.CONNECTION_REFUSED, error="refused")


@dataclass
class Web:
    """A fetcher whose replies are known by address. A reply may be a function that waits."""

    replies: Replies
    asked: list[str] = field(default_factory=list)

    async def ask(self, address: str) -> Reply:
        self.asked.append(address)
        waiting = self.replies[address]
        reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return await reply() if callable(reply) else reply


def follower(
    policy: Policy, *, per_host: int = 4, is_post: Callable[[str], bool] = lambda _: False
) -> Follower:
    seconds = iter(range(1000))

    async def sleep(_: float) -> None:
        await asyncio.sleep(0)

    return Follower(
        rules=Rules(is_post=is_post, redirects=policy.redirects),
        policy=policy,
        hosts=Hosts(
            per_host=per_host, concurrency=16, policy=replace(policy, host_rate=None), clock=lambda: 0.0
        ),
        now=lambda: NOW,
        clock=lambda: float(next(seconds)),
        sleep=sleep,
        random=lambda: 0.0,
    )


def follow(web: Web, *links: str, policy: Policy | None = None, per_host: int = 4) -> list[Observation]:
    """Follow the links at once, one worker each."""

    async def run() -> list[Observation]:
        following = follower(policy or Policy(), per_host=per_host)
        return await asyncio.gather(*(following.follow(link, web) for link in links or (LINK,)))

    return asyncio.run(run())


async def hang() -> Reply:
    await asyncio.sleep(60)
    return FINE


def test_an_observation_has_all_that_was_seen() -> None:
    """When it began, how long it took, how it ended, and each answer."""
    (observation,) = follow(Web({LINK: [MOVED], STORY: [FINE]}))
    assert (observation.url, observation.observed_at, observation.seconds) == (LINK, NOW, 1.0)
    assert (observation.outcome, observation.expanded_url) == (Outcome.OK, STORY)
    assert [(hop.url, hop.status, hop.location) for hop in observation.hops] == [
        (LINK, 301, STORY),
        (STORY, 200, None),
    ]
    assert (observation.attempts, observation.error) == (1, None)


ATTEMPTS: list[tuple[Replies, str, int, int]] = [
    ({LINK: [MOVED], STORY: [FINE]}, "ok", 1, 2),
    ({LINK: [LOST, LOST, MOVED], STORY: [FINE]}, "ok", 3, 2),
    ({LINK: [LOST, MOVED], STORY: [BUSY, BUSY, FINE]}, "ok", 3, 2),
    ({LINK: [BUSY]}, "server_error", 3, 1),
    ({LINK: [MOVED], STORY: [REFUSED]}, "connection_refused", 2, 1),
]


@pytest.mark.parametrize(("replies", "outcome", "attempts", "hops"), ATTEMPTS)
def test_repetitions_are_counted_and_are_no_hops(
    replies: Replies, outcome: str, attempts: int, hops: int
) -> None:
    """Of all requests the one that needed most tries counts; only its last answer is a hop."""
    (observation,) = follow(Web(replies))
    assert (observation.outcome.value, observation.attempts, len(observation.hops)) == (
        outcome,
        attempts,
        hops,
    )


def test_what_is_known_when_the_time_is_up_is_kept() -> None:
    """The hops so far, where the link is known to lead, and how often the last one was tried."""
    web = Web({LINK: [MOVED], STORY: [LOST, hang]})
    (observation,) = follow(web, policy=Policy(link_seconds=0.2))
    assert (observation.outcome, observation.expanded_url) == (Outcome.TIMEOUT_TOTAL, STORY)
    assert (len(observation.hops), observation.attempts) == (1, 2)
    assert observation.error == "it took more than 0.2 s"


def test_a_wish_that_cannot_be_granted_is_said() -> None:
    """The observation says why it was not tried again."""
    later = Answer(status=429, at=NOW, seconds=0.1, retry_after="3600")
    (observation,) = follow(Web({LINK: [later]}))
    assert (observation.outcome, observation.attempts) == (Outcome.RATE_LIMITED, 1)
    assert observation.error is not None
    assert observation.error.startswith("the server asks to come back in 3600 s, but ")


def test_waiting_for_a_turn_takes_none_of_the_time() -> None:
    """Links of one host that together take longer than one may take are all followed."""

    async def slowly() -> Reply:
        await asyncio.sleep(0.1)
        return FINE

    links = [f"https://news.example/{number}" for number in range(5)]
    web = Web({link: [slowly] for link in links})
    observations = follow(web, *links, policy=Policy(link_seconds=0.3), per_host=1)
    assert {observation.outcome for observation in observations} == {Outcome.OK}


def test_the_time_goes_on_after_a_turn_was_waited_for() -> None:
    """A link that hangs after it had to wait is broken off in its own time."""

    async def slowly() -> Reply:
        await asyncio.sleep(0.1)
        return FINE

    web = Web({"https://news.example/1": [slowly], "https://news.example/2": [hang]})
    first, second = follow(web, *web.replies, policy=Policy(link_seconds=0.2), per_host=1)
    assert (first.outcome, second.outcome) == (Outcome.OK, Outcome.TIMEOUT_TOTAL)


def test_a_host_that_cannot_be_reached_is_not_asked_by_every_link() -> None:
    """After five failures, of whichever links, the others get the same outcome at once."""
    links = [f"https://t.co/{number}" for number in range(50)]
    web = Web({link: [REFUSED] for link in links})
    observations = follow(web, *links, per_host=1)
    assert len(web.asked) == 5
    assert {observation.outcome for observation in observations} == {Outcome.CONNECTION_REFUSED}
    unasked = [
        observation
        for observation in observations
        if (observation.error or "").startswith("not asked: t.co ")
    ]
    assert len(unasked) >= 46
    assert {observation.attempts for observation in unasked} <= {1, 2}


def test_a_host_s_wish_is_every_link_s() -> None:
    """After one of them was told to come back much later, the others are not asked."""
    links = [f"https://t.co/{number}" for number in range(50)]
    later = Answer(status=429, at=NOW, seconds=0.1, retry_after="3600")
    web = Web({link: [later] for link in links})
    observations = follow(web, *links, per_host=1)
    assert len(web.asked) == 1
    assert {observation.outcome for observation in observations} == {Outcome.RATE_LIMITED}
    assert {observation.error for observation in observations[1:]} == {
        "not asked: t.co asks to come back in 3600 s"
    }


def test_a_host_in_trouble_is_not_asked_three_times_by_every_link() -> None:
    """Of a hundred links that all fail, only some are repeated."""
    links = [f"https://t.co/{number}" for number in range(100)]
    web = Web({link: [BUSY] for link in links})
    follow(web, *links)
    assert len(web.asked) == 100 + 10 + 12


def test_a_mistake_of_ours_ends_one_link_only() -> None:
    """It is reported as ours, with what was known by then."""

    async def broken() -> Reply:
        raise ZeroDivisionError("oh")

    web = Web(
        {LINK: [MOVED], STORY: [broken], "https://t.co/other": [Answer(status=404, at=NOW, seconds=0.1)]}
    )
    one, other = follow(web, LINK, "https://t.co/other")
    assert (one.outcome, one.expanded_url, one.error) == (
        Outcome.INTERNAL_ERROR,
        STORY,
        "ZeroDivisionError: oh",
    )
    assert len(one.hops) == 1
    assert other.outcome is Outcome.NOT_FOUND


def test_a_rule_that_fails_is_a_mistake_of_ours() -> None:
    """Even the first decision cannot break the run."""

    def is_post(_: str) -> bool:
        raise ZeroDivisionError("oh")

    observation = asyncio.run(follower(Policy(), is_post=is_post).follow(LINK, Web({})))
    assert (observation.outcome, observation.hops) == (Outcome.INTERNAL_ERROR, ())


def test_what_is_broken_off_is_not_an_observation() -> None:
    """Cancelling is the caller's will, not an outcome."""

    async def run() -> None:
        task = asyncio.create_task(follower(Policy()).follow(LINK, Web({LINK: [hang]})))
        await asyncio.sleep(0.01)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run())
