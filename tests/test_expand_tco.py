"""Links followed over real sockets, through a server that behaves as t.co does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tco_lookalike import Behaviour, TcoLookalike

from resolver.expand import Client, Policy
from resolver.models import Observation, Via

PLAIN, BROWSER = None, "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"
STORY = "https://news.example/story"
POST = "https://twitter.com/jo/status/1294213474682930386/photo/1"
POLICY = Policy(link_seconds=3, read_seconds=0.5, backoff_seconds=0.01, backoff_limit_seconds=0.01)

#: What the server does with https://t.co/code; for plain clients and browsers: outcome, expanded_url, hops, attempts.
CASES: dict[str, tuple[Any, tuple[str, str | None, int, int], tuple[str, str | None, int, int] | None]] = {
    "story": (STORY, ("ok", STORY, 2, 1), None),
    "post": (POST, ("post", POST, 1, 1), None),
    "unknown": (404, ("not_found", None, 1, 1), None),
    "gone": (410, ("gone", None, 1, 1), None),
    "forbidden": (403, ("forbidden", None, 1, 1), None),
    "fragment": (f"{STORY}#top", ("ok", f"{STORY}#top", 2, 1), None),
    "ampersands": ("https://news.example/q?a=1&b=2", ("ok", "https://news.example/q?a=1&b=2", 2, 1), None),
    "quotes": ('https://news.example/"q"', ("ok", "https://news.example/%22q%22", 2, 1), None),
    "chain": ("https://a.example/1", ("ok", STORY, 4, 1), None),
    "dead end": ("https://news.example/dead", ("not_found", "https://news.example/dead", 2, 1), None),
    "loop": ("https://a.example/loop", ("redirect_loop", "https://a.example/loop", 2, 1), None),
    "itself": ("https://t.co/code", ("redirect_loop", None, 1, 1), None),
    "inwards": ("http://10.0.0.1/", ("blocked_address", "http://10.0.0.1/", 1, 1), None),
    "script": ("javascript:alert(1)", ("blocked_scheme", None, 1, 1), None),
    "outage": ({"page": "outage"}, ("unavailable_page", None, 1, 1), None),
    "warning": ({"page": "warning"}, ("unavailable_page", None, 1, 1), None),
    "no page": ({"status": 204}, ("unavailable_page", None, 1, 1), None),
    "busy once": ({"status": 429, "times": 1, "retry_after": 0, "to": STORY}, ("ok", STORY, 2, 2), None),
    "busy twice": (
        {"status": 429, "times": 2, "retry_after": 0, "as_date": True, "to": STORY},
        ("ok", STORY, 2, 3),
        None,
    ),
    "busy for long": ({"status": 429, "retry_after": 3600}, ("rate_limited", None, 1, 1), None),
    "always busy": ({"status": 429}, ("rate_limited", None, 1, 3), None),
    "broken once": ({"status": 500, "times": 1, "to": POST}, ("post", POST, 1, 2), None),
    "always broken": ({"status": 503}, ("server_error", None, 1, 3), None),
    "not broken, missing": ({"status": 501}, ("server_error", None, 1, 1), None),
    "silent": ({"delay": 60, "to": STORY}, ("timeout_read", None, 0, 3), None),
    "slow": ({"delay": 0.2, "to": STORY}, ("ok", STORY, 2, 1), None),
    "dripping": ({"drip": 0.1, "to": STORY}, ("ok", STORY, 2, 1), ("timeout_read", None, 0, 3)),
    "closed": ({"broken": "close"}, ("connection_lost", None, 0, 3), None),
    "reset": ({"broken": "reset"}, ("connection_lost", None, 0, 3), None),
    "garbage": ({"broken": "garbage"}, ("protocol_error", None, 0, 2), None),
}
ROUND: dict[str, Any] = {STORY: 200, "https://news.example/q?a=1&b=2": 200, "https://news.example/%22q%22": 200,
         "https://a.example/1": "https://a.example/2", "https://a.example/2": STORY,
         "https://a.example/loop": "https://t.co/code"}  # fmt: skip


@pytest.mark.parametrize("agent", [PLAIN, BROWSER], ids=["plain", "browser"])
@pytest.mark.parametrize(("behaviour", "plain", "browser"), CASES.values(), ids=CASES)
def test_what_comes_of_a_t_co_link(
    behaviour: Any,
    plain: tuple[str, str | None, int, int],
    browser: tuple[str, str | None, int, int] | None,
    agent: str | None,
) -> None:
    """Plain clients and browsers are answered differently and come to the same end."""
    with TcoLookalike({"code": behaviour, **ROUND}) as server:
        hosts = dict.fromkeys(("t.co", "news.example", "a.example"), server.url)
        with Client(connect_to=hosts, user_agent=agent, policy=POLICY) as client:
            (observation,) = client.expand(["https://t.co/code"])
    outcome, expanded_url, hops, attempts = (browser or plain) if agent else plain
    assert (observation.outcome.value, observation.expanded_url) == (outcome, expanded_url), observation.error
    assert (len(observation.hops), observation.attempts) == (hops, attempts)
    assert observation.url == "https://t.co/code"
    assert (observation.error is None) == (outcome in {"ok", "post"})


@pytest.mark.parametrize(("agent", "via"), [(PLAIN, Via.HTTP), (BROWSER, Via.META_REFRESH)])
def test_every_hop_is_kept_with_its_time(agent: str | None, via: Via) -> None:
    """How it led on, where to, when, how long it took, and who answered."""
    before = datetime.now(UTC)
    with TcoLookalike({"code": Behaviour(delay=0.05, to=STORY), STORY: 200}) as server:
        hosts = {"t.co": server.url, "news.example": server.url}
        with Client(connect_to=hosts, user_agent=agent) as client:
            (observation,) = client.expand(["https://t.co/code"])
        url = server.url
    first, second = observation.hops
    assert (first.url, first.via, first.location) == ("https://t.co/code", via, STORY)
    assert (second.url, second.via, second.location) == (STORY, Via.HTTP, None)
    assert first.connected_to == second.connected_to == url
    assert before <= observation.observed_at <= first.at <= second.at <= datetime.now(UTC)
    assert 0.05 <= first.seconds <= observation.seconds < 5


def test_posts_are_not_asked() -> None:
    """The platform's server never hears of it."""
    with TcoLookalike({"code": POST, POST: 200}) as server:
        with Client(connect_to={"t.co": server.url, "twitter.com": server.url}) as client:
            outcomes = [
                observation.outcome.value for observation in client.expand(["https://t.co/code", POST])
            ]
        assert outcomes == ["post"] * 2
        assert [request.host for request in server.requests] == ["t.co"]


def test_a_caller_has_his_own_rule_for_posts() -> None:
    """What counts as a post is an argument."""
    with TcoLookalike({"code": POST, POST: 200}) as server:
        hosts = {"t.co": server.url, "twitter.com": server.url}
        with Client(connect_to=hosts, is_post=lambda _: False) as client:
            (observation,) = client.expand(["https://t.co/code"])
    assert (observation.outcome.value, observation.expanded_url, len(observation.hops)) == ("ok", POST, 2)


def test_cookies_are_not_kept() -> None:
    """t.co sets one with each answer; none is sent back."""
    links = [f"https://t.co/{number}" for number in range(5)]
    with TcoLookalike(dict.fromkeys(links, POST)) as server:
        with Client(connect_to={"t.co": server.url}, concurrency=1) as client:
            assert all(isinstance(observation, Observation) for observation in client.expand(links))
        assert len(server.requests) == 5
        assert not any("Cookie" in request.headers for request in server.requests)
