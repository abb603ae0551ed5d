"""Addresses that carry others, the walls before pages, and short hosts' pages: nothing is asked for the first two."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.expand.address import absolute
from resolver.expand.chain import Chain, Rules, advance, start
from resolver.expand.exchange import Answer
from resolver.expand.page import read, short_link
from resolver.expand.unwrap import unwrap
from resolver.models import Outcome, Via
from resolver.platforms import post_of
from resolver.rules.short_hosts import SHORT_HOSTS, ShortHost
from resolver.rules.wrappers import WRAPPERS, Wrapper

AT = datetime(2026, 1, 1, tzinfo=UTC)
LINK, STORY = "https://t.co/AbCdEf1234", "https://news.example/story"
RULES = Rules(is_post=lambda address: post_of(address) is not None)


def moved(target: str) -> Answer:
    return Answer(status=302, at=AT, seconds=0.1, locations=(target.encode(),))


def page(body: str) -> Answer:
    return Answer(status=200, at=AT, seconds=0.1, body=body.encode())


FINE = Answer(status=200, at=AT, seconds=0.1)


def followed(link: str, *answers: Answer) -> Chain:
    chain = start(link, RULES, AT)
    for answer in answers:
        assert chain.ask is not None, (chain.outcome, chain.error)
        chain = advance(chain, answer, read(answer.body) if answer.body else None, RULES)
    return chain


@pytest.mark.parametrize("wrapper", WRAPPERS, ids=lambda wrapper: wrapper.sample[0][:60])
def test_each_row_reads_its_own_sample(wrapper: Wrapper) -> None:
    """A row says what it is and what it carries, as its sample shows."""
    address, target = wrapper.sample
    carrying = unwrap(address)
    assert carrying is not None
    assert carrying.kind is wrapper.kind
    assert (carrying.target and absolute(carrying.target, address)) == target


def test_no_row_takes_the_address_of_a_post() -> None:
    """A post is named by its address as it is."""
    assert [wrapper.sample[0] for wrapper in WRAPPERS if post_of(wrapper.sample[0])] == []


CARRIED = [
    # the value is coded once, twice, or not at all
    (f"https://l.facebook.com/l.php?u={STORY}", STORY),
    (f"https://lm.facebook.com/l.php?u={quote(STORY, safe='')}&h=1", STORY),
    (f"https://www.google.com/url?q={quote(quote(STORY, safe=''), safe='')}", STORY),
    ("https://www.google.nl/url?sa=t&q=&url=http%3A%2F%2Fnews.example%2F%3Fa%3D1%26b%3D2", "http://news.example/?a=1&b=2"),
    # bytes that are not UTF-8 name another resource than any text
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fcaf%E9", "https://news.example/caf%E9"),
    # hosts know no case
    (f"https://L.Facebook.COM/l.php?u={STORY}", STORY),
    # Proofpoint's runs of replaced characters, and slashes that were folded
    ("https://urldefense.com/v3/__https://news.example/a**Bb__;w6TDtsO8!!x$", "https://news.example/a\xe4\xf6\xfcb"),
    ("https://urldefense.com/v3/__https:/news.example/story__;!!x$", STORY),
    ("https://urldefense.us/v3/__https://news.example/a*b__;Iw!!x$", "https://news.example/a#b"),
    # what may carry an address, and does not
    ("https://www.google.com/url?q=harbour", None),
    ("https://www.google.com/url?q=javascript:alert(1)", None),
    ("https://www.google.com/url?q=//news.example/", None),
    ("https://l.facebook.com/l.php?u=%2Fstory", None),
    ("https://www.google.com/search?q=https://news.example/", None),
    ("https://urldefense.com/v3/__https://news.example/a*b__;!!x$", None),
    ("https://urldefense.com/v3/__https://news.example/a*b__;w!!x$", None),
    ("https://urldefense.com/v3/__https://news.example/a**!b__;Iw!!x$", None),
    ("https://urldefense.com/v3/nothing", None),
    # other hosts that look like it
    (f"https://l.facebook.com.evil.example/l.php?u={STORY}", None),
    (f"https://www.google.evil.example/url?q={STORY}", None),
    (f"https://evil.example/url?q={STORY}", None),
    (f"https://evilhref.li/?{STORY}", None),
]  # fmt: skip


@pytest.mark.parametrize(("address", "target"), CARRIED)
def test_what_an_address_carries(address: str, target: str | None) -> None:
    """Absolute addresses are taken as the server would take them, and nothing else is."""
    carrying = unwrap(address)
    assert (absolute(carrying.target or "") if carrying else None) == (target and absolute(target))


@given(st.text(max_size=60), st.sampled_from([wrapper.sample[0] for wrapper in WRAPPERS]))
def test_any_text_in_a_wrapper_is_harmless(text: str, address: str) -> None:
    """Whatever stands in such an address, reading it does not fail."""
    for made in (address + text, address.replace("news.example", text), address.replace("https%3A", text)):
        url = absolute(made)
        if isinstance(url, str):
            chain = start(url, RULES, AT)
            assert chain.ask is not None or chain.outcome is not None


def test_a_wrapper_is_a_hop_that_nobody_was_asked_for() -> None:
    """It says when it was read, that it was unwrapped, and where it leads."""
    chain = followed(f"https://l.facebook.com/l.php?u={STORY}", FINE)
    assert [(hop.via, hop.status, hop.location, hop.seconds) for hop in chain.hops] == [
        (Via.UNWRAP, None, STORY, 0.0),
        (Via.HTTP, 200, None, 0.1),
    ]
    assert chain.hops[0].at == AT
    assert (chain.outcome, chain.expanded_url) == (Outcome.OK, STORY)


PIC = "https://pic.twitter.com/AbCdEf1234"
WALL = "https://consent.youtube.com/m?continue="
UNSAFE = "https://twitter.com/safety/unsafe_link_warning?unsafe_link="

#: A link, what is answered, how it ends, where it leads, and how each hop led on (and whether it was asked).
CHAINS: dict[str, tuple[str, list[Answer], str, str | None, str]] = {
    "picture": (PIC, [moved("https://x.com/jo/status/1294213474682930386/photo/1")], "post",
                "https://x.com/jo/status/1294213474682930386/photo/1", "unwrap http!"),
    "wrapper of a post": ("https://href.li/?https://x.com/jo/status/20", [], "post", "https://x.com/jo/status/20", "unwrap"),
    "wrapper in a wrapper": (
        "https://l.facebook.com/l.php?u=" + quote(f"https://href.li/?{STORY}", safe=""), [FINE], "ok", STORY, "unwrap unwrap http!"),
    "wrapper behind short links": (
        LINK, [moved("https://bit.ly/AbCd"), moved("https://ow.ly/AbCd"), moved(f"https://www.google.com/url?q={STORY}"), FINE],
        "ok", STORY, "http! http! http! unwrap http!"),
    "wrapper of a script": ("https://l.facebook.com/l.php?u=javascript:x", [FINE], "ok", "https://l.facebook.com/l.php?u=javascript:x", "http!"),
    "wrapper of no host": ("https://l.facebook.com/l.php?u=http://", [], "invalid_url", None, "unwrap"),
    "wrapper of itself": ("https://t.umblr.com/redirect?z=" + quote("https://t.umblr.com/redirect?z=x", safe=""), [FINE], "ok",
                          "https://t.umblr.com/redirect?z=x", "unwrap http!"),
    # walls: the page behind is asked once, unless it has been
    "wall": (STORY, [moved(WALL + STORY)], "consent_wall", STORY, "http! consent_wall"),
    "wall before another page": (LINK, [moved(WALL + STORY), FINE], "ok", STORY, "http! consent_wall http!"),
    "wall behind a wall": (
        LINK, [moved(WALL + STORY), moved(f"{WALL}{STORY}%3Fcbrd=1")], "consent_wall", f"{STORY}?cbrd=1",
        "http! consent_wall http! consent_wall"),
    "wall before a post": (STORY, [moved(WALL + quote("https://x.com/jo/status/20", safe=""))], "post", "https://x.com/jo/status/20",
                           "http! consent_wall"),
    "wall that hides": (LINK, [moved(STORY), moved("https://consent.yahoo.com/v2/collectConsent?sessionId=1")], "consent_wall", STORY,
                        "http! http!"),
    "wall as the link": ("https://x.com/x/migrate?tok=1", [FINE], "ok", "https://x.com/x/migrate?tok=1", "http!"),
    "wall that hides in a wrapper": ("https://href.li/?https://x.com/x/migrate", [FINE], "ok", "https://x.com/x/migrate", "unwrap http!"),
    "newspaper's wall": (
        STORY, [moved("https://myprivacy.dpgmedia.nl/consent?siteKey=x&callbackUrl="
                      + quote("https://news.example/privacygate-confirm?redirectUri=%2fstory", safe=""))],
        "consent_wall", STORY, "http! consent_wall consent_wall"),
    "login": (LINK, [moved("https://x.com/i/flow/login?redirect_after_login=%2Fjo%2Fstatus%2F20")], "post", "https://x.com/jo/status/20",
              "http! consent_wall"),
    # warnings: what they warn of is known and not asked
    "warning": (LINK, [moved(UNSAFE + STORY)], "interstitial_warning", STORY, "http! unwrap"),
    "warning of a wrapper": (LINK, [moved(f"{UNSAFE}https://href.li/?{STORY}")], "interstitial_warning", STORY, "http! unwrap unwrap"),
    "warning without a target": (LINK, [page("<p>identified as being potentially spammy or unsafe</p>")], "interstitial_warning", None, "http!"),
    # pages of short hosts
    "linkedin's page": (
        "https://lnkd.in/AbCd12", [page(f'<a href="/help">?</a><a data-tracking-control-name="external_url_click" href="{STORY}">go</a>'), FINE],
        "ok", STORY, "unwrap! http!"),
    "linkedin's page at another host": (
        "https://bit.ly/AbCd12", [page(f'<a data-tracking-control-name="external_url_click" href="{STORY}">go</a>')],
        "unavailable_page", None, "http!"),
    "page between": ("https://bit.ly/AbCd12", [page("<title>Your link is waiting</title>")], "unavailable_page", None, "http!"),
    "page with a refresh": (
        "https://tinyurl.com/AbCd12", [page(f'<title>Moving on</title><meta http-equiv="refresh" content="0;URL={STORY}">'), FINE],
        "ok", STORY, "meta_refresh! http!"),
    "home page of a short host": ("https://bit.ly/", [FINE], "ok", "https://bit.ly/", "http!"),
}  # fmt: skip


@pytest.mark.parametrize(("link", "answers", "outcome", "expanded_url", "hops"), CHAINS.values(), ids=CHAINS)
def test_where_wrappers_walls_and_short_hosts_lead(
    link: str, answers: list[Answer], outcome: str, expanded_url: str | None, hops: str
) -> None:
    """What can be read is not asked, what stands in the way is said, and where it leads is known."""
    chain = followed(link, *answers)
    assert chain.ask is None
    assert chain.outcome is not None
    assert (chain.outcome.value, chain.expanded_url) == (outcome, expanded_url), chain.error
    assert " ".join(hop.via.value + ("!" if hop.status is not None else "") for hop in chain.hops) == hops
    assert (chain.error is None) == (chain.outcome in {Outcome.OK, Outcome.POST})


def test_wrappers_count_as_redirects() -> None:
    """Twenty of them in one another are enough."""
    link = STORY
    for _ in range(25):
        link = f"https://href.li/?{link}"
    chain = start(link, RULES, AT)
    assert (chain.outcome, len(chain.hops)) == (Outcome.TOO_MANY_REDIRECTS, 21)


@pytest.mark.parametrize("host", SHORT_HOSTS, ids=lambda host: host.host)
def test_each_short_host_knows_its_short_links(host: ShortHost) -> None:
    """A code is one, and the home page is not."""
    code, other = host.sample
    assert short_link(f"https://{host.host}{code}") is host
    assert short_link(f"https://www.{host.host}{code}") is host
    assert other is None or short_link(f"https://{host.host}{other}") is None
    assert re.fullmatch(r"[a-z0-9.-]+", host.host)


ATTACKS = ["a-", "/amp/s/", "consent", "google.", "%25", "&q=", "__;", "*", "https%3A%2F%2F"]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "front", ["https://", "https://www.google.com/amp/s/", "https://urldefense.com/v3/__https://"]
)
def test_hostile_addresses_take_time_in_proportion(front: str, attack: str) -> None:
    """The longest address that is read at all takes some milliseconds."""
    address = (front + attack * 8000)[:8000]
    began = time.process_time()
    unwrap(address)
    assert time.process_time() - began < 0.1
