"""Where a link leads, from made-up answers: nothing is asked here."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.expand.chain import Chain, Rules, advance, start
from resolver.expand.exchange import Answer, Failure, Reply
from resolver.expand.page import Page, Refresh, read
from resolver.models import Outcome, Via

AT = datetime(2026, 1, 1, tzinfo=UTC)
LINK = "https://t.co/AbCdEf1234"
STORY = "https://news.example/story"
RULES = Rules(is_post=lambda address: "/status/" in address)


def answer(status: int, *locations: str | bytes, body: bytes = b"", cut: bool = False) -> Answer:
    values = tuple(each.encode() if isinstance(each, str) else each for each in locations)
    return Answer(status=status, at=AT, seconds=0.1, locations=values, body=body, cut=cut)


def followed(link: str, *replies: Reply, rules: Rules = RULES) -> Chain:
    chain = start(link, rules, AT)
    for reply in replies:
        assert chain.ask is not None
        page = read(reply.body) if isinstance(reply, Answer) and reply.body else None
        chain = advance(chain, reply, page, rules)
    return chain


def refresh(target: str, *, seconds: int = 0) -> bytes:
    return f'<meta http-equiv="refresh" content="{seconds};URL={target}">'.encode()


def noscript(target: str) -> bytes:
    return b"<noscript>" + refresh(target) + b"</noscript>"


LOST = Failure(outcome=Outcome.CONNECTION_LOST, error="reset")

#: The replies to a link, how the chain ends, where it is then known to lead, and over how many hops.
ENDINGS: dict[str, tuple[list[Reply], str, str | None, int]] = {
    "story": ([answer(301, STORY), answer(200)], "ok", STORY, 2),
    "post": ([answer(301, "https://x.com/jo/status/20")], "post", "https://x.com/jo/status/20", 1),
    "each redirect": (
        [*(answer(code, f"/{code}") for code in (301, 302, 303, 307, 308)), answer(404)],
        "not_found",
        "https://t.co/308",
        6,
    ),
    "the link itself fails": ([answer(404)], "not_found", None, 1),
    "gone": ([answer(301, STORY), answer(410)], "gone", STORY, 2),
    "login": ([answer(301, STORY), answer(401)], "forbidden", STORY, 2),
    "forbidden": ([answer(301, STORY), answer(403)], "forbidden", STORY, 2),
    "for legal reasons": ([answer(301, STORY), answer(451)], "forbidden", STORY, 2),
    "linkedin": ([answer(301, STORY), answer(999)], "forbidden", STORY, 2),
    "teapot": ([answer(301, STORY), answer(418)], "client_error", STORY, 2),
    "too slow a client": ([answer(301, STORY), answer(408)], "timeout_read", STORY, 2),
    "busy": ([answer(429)], "rate_limited", None, 1),
    "broken": ([answer(301, STORY), answer(503)], "server_error", STORY, 2),
    "no content": ([answer(301, STORY), answer(204)], "ok", STORY, 2),
    "switching protocols": ([answer(301, STORY), answer(101)], "protocol_error", STORY, 2),
    "outside of HTTP": ([answer(301, STORY), answer(700)], "protocol_error", STORY, 2),
    "no location": ([answer(302)], "bad_redirect", None, 1),
    "several choices": ([answer(300, STORY)], "bad_redirect", None, 1),
    "not modified": ([answer(304)], "bad_redirect", None, 1),
    "two locations": ([answer(302, STORY, "https://other.example/")], "bad_redirect", None, 1),
    "one location twice": ([answer(302, STORY, STORY), answer(200)], "ok", STORY, 2),
    "empty location": ([answer(302, "")], "redirect_loop", None, 1),
    "only a fragment": ([answer(302, "#x")], "redirect_loop", None, 1),
    "back and forth": ([answer(302, STORY), answer(302, LINK)], "redirect_loop", STORY, 2),
    "back with a fragment": ([answer(302, STORY), answer(302, f"{STORY}#x")], "redirect_loop", STORY, 2),
    "same host again": (
        [answer(302, STORY), answer(302, "https://t.co/Other"), answer(302, f"{STORY}?1"), answer(200)],
        "ok",
        f"{STORY}?1",
        4,
    ),
    "script": ([answer(302, "javascript:alert(1)")], "blocked_scheme", None, 1),
    "script after a story": ([answer(302, STORY), answer(302, "data:,x")], "blocked_scheme", STORY, 2),
    "port": ([answer(302, "http://news.example:99999/")], "invalid_url", None, 1),
    "long": ([answer(302, "/" + "a" * 9000)], "invalid_url", None, 1),
    "utf-8": ([answer(302, "/\xe9".encode()), answer(404)], "not_found", "https://t.co/%C3%A9", 2),
    "latin-1": ([answer(302, "/\xe9".encode("latin-1")), answer(404)], "not_found", "https://t.co/%E9", 2),
    "secrets": (
        [answer(302, "https://jo:secret@news.example/"), answer(200)],
        "ok",
        "https://news.example/",
        2,
    ),
    "lost at once": ([LOST], "connection_lost", None, 0),
    "lost later": ([answer(302, STORY), LOST], "connection_lost", STORY, 1),
    # pages of short links
    "page": ([answer(200, body=noscript(STORY)), answer(200)], "ok", STORY, 2),
    "page, two say the same": (
        [answer(200, body=noscript(STORY) + f"<title>{STORY}</title>".encode()), answer(200)],
        "ok",
        STORY,
        2,
    ),
    "page, title differs": (
        [answer(200, body=noscript(STORY) + b"<title>We are down</title>")],
        "unavailable_page",
        None,
        1,
    ),
    "page, script differs": (
        [answer(200, body=noscript(STORY) + b'<script>location.replace("https://b.c")</script>')],
        "unavailable_page",
        None,
        1,
    ),
    "page, two refreshes": ([answer(200, body=noscript(STORY) + refresh("/"))], "unavailable_page", None, 1),
    "page, only a title": (
        [answer(200, body=f"<title>{STORY}</title>".encode())],
        "unavailable_page",
        None,
        1,
    ),
    "page, down": ([answer(200, body=b"<title>We are down</title>")], "unavailable_page", None, 1),
    "page, empty": ([answer(200)], "unavailable_page", None, 1),
    "page, other success": ([answer(202)], "unavailable_page", None, 1),
    "page, script only": (
        [answer(200, body=b'<script>location.replace("https:\\/\\/b.c\\/")</script>'), answer(200)],
        "ok",
        "https://b.c/",
        2,
    ),
    "page, javascript": ([answer(200, body=noscript("javascript:alert(1)"))], "blocked_scheme", None, 1),
    "page, itself": ([answer(200, body=noscript(LINK))], "redirect_loop", None, 1),
    "page, endless": ([answer(200, body=noscript(STORY), cut=True)], "too_large", None, 1),
    "page, post": (
        [answer(200, body=noscript("https://x.com/jo/status/20"))],
        "post",
        "https://x.com/jo/status/20",
        1,
    ),
    # pages of others
    "refresh": (
        [answer(301, STORY), answer(200, body=refresh("/next")), answer(200)],
        "ok",
        "https://news.example/next",
        3,
    ),
    "refresh, cut": (
        [answer(301, STORY), answer(200, body=refresh("/next"), cut=True), answer(200)],
        "ok",
        "https://news.example/next",
        3,
    ),
    "refresh to itself": ([answer(301, STORY), answer(200, body=refresh("story"))], "ok", STORY, 2),
    "late refresh": ([answer(301, STORY), answer(200, body=refresh("/next", seconds=11))], "ok", STORY, 2),
    "impossible refresh": ([answer(301, STORY), answer(200, body=refresh("javascript:x()"))], "ok", STORY, 2),
    "site without javascript": (
        [answer(301, STORY), answer(200, body=noscript("?_fb_noscript=1"))],
        "ok",
        STORY,
        2,
    ),
    "shortener without javascript": (
        [answer(301, STORY), answer(200, body=noscript("https://b.c/")), answer(200)],
        "ok",
        "https://b.c/",
        3,
    ),
    "second refresh counts": (
        [answer(301, STORY), answer(200, body=refresh("story") + refresh("/next")), answer(200)],
        "ok",
        "https://news.example/next",
        3,
    ),
}


@pytest.mark.parametrize(("replies", "outcome", "expanded_url", "hops"), ENDINGS.values(), ids=ENDINGS)
def test_how_a_chain_ends(replies: list[Reply], outcome: str, expanded_url: str | None, hops: int) -> None:
    """Every answer leads on or ends the chain, and what is known by then is kept."""
    chain = followed(LINK, *replies)
    assert chain.ask is None
    assert chain.outcome is not None
    assert (chain.outcome.value, chain.expanded_url, len(chain.hops)) == (outcome, expanded_url, hops)
    assert (chain.error is None) == (chain.outcome in {Outcome.OK, Outcome.POST})


STARTS = [
    ("https://x.com/jo/status/20#me", "post", "https://x.com/jo/status/20#me"),
    ("https://t.co/AbC\N{HORIZONTAL ELLIPSIS}", "truncated", None),
    ("https://t.co/AbC... ", "truncated", None),
    ("https://t.co/AbC%E2%80%A6", "truncated", None),
    ("AbC", "blocked_scheme", None),
    ("http://", "invalid_url", None),
]


@pytest.mark.parametrize(("link", "outcome", "expanded_url"), STARTS)
def test_what_is_not_asked_at_all(link: str, outcome: str, expanded_url: str | None) -> None:
    """A post's address, a cut-off one and one that is none end before anything is asked."""
    chain = start(link, RULES, AT)
    assert chain.ask is None
    assert chain.outcome is not None
    assert (chain.outcome.value, chain.expanded_url, chain.hops) == (outcome, expanded_url, ())


def test_an_ordinary_link_leads_to_itself() -> None:
    """A link that answers is its own expansion, as it was asked."""
    assert followed("HTTPS://jo:secret@News.example/story#top", answer(200)).expanded_url == f"{STORY}#top"


def test_a_fragment_is_carried_along_but_not_asked() -> None:
    """A redirect keeps the fragment unless it has its own, and servers never see it."""
    chain = followed(f"{LINK}#top", answer(301, STORY), answer(301, "/b"), answer(301, "/c#own"), answer(200))
    assert chain.expanded_url == "https://news.example/c#own"
    assert [hop.url for hop in chain.hops] == [
        LINK,
        STORY,
        "https://news.example/b",
        "https://news.example/c",
    ]
    assert [hop.location for hop in chain.hops] == [
        f"{STORY}#top", "https://news.example/b#top", "https://news.example/c#own", None,
    ]  # fmt: skip


def test_each_hop_says_how_it_led_on() -> None:
    """A page that leads on is told from a redirect, and the last answer has no location."""
    hops = followed(LINK, answer(200, body=noscript(STORY)), answer(301, "/b"), answer(200)).hops
    assert [(hop.via, hop.status) for hop in hops] == [
        (Via.META_REFRESH, 200),
        (Via.HTTP, 301),
        (Via.HTTP, 200),
    ]
    assert [hop.at for hop in hops] == [AT] * 3


@pytest.mark.parametrize(
    ("location", "kept"), [("javascript:alert(1)", "javascript:alert(1)"), ("/" + "a" * 9000, None)]
)
def test_what_cannot_be_asked_is_kept_as_evidence(location: str, kept: str | None) -> None:
    """A hop keeps what it was led to even where that is no address, unless it is too long to be one."""
    assert followed(LINK, answer(302, location)).hops[0].location == kept


def test_no_more_redirects_are_followed_than_allowed() -> None:
    """The twentieth is followed, the one after it is not, but where it leads is known."""
    replies = [answer(302, f"/{number}") for number in range(21)]
    assert followed(LINK, *replies[:20]).ask == "https://t.co/19"
    chain = followed(LINK, *replies)
    assert (chain.outcome, chain.expanded_url) == (Outcome.TOO_MANY_REDIRECTS, "https://t.co/20")


def test_a_chain_that_has_ended_does_not_go_on() -> None:
    """To advance it is a mistake of the caller."""
    with pytest.raises(ValueError, match="ended"):
        advance(start("http://", RULES, AT), answer(200), None, RULES)


PLACES = st.sampled_from(
    [
        "/a",
        "/b",
        "#c",
        "",
        "https://t.co/d",
        "//news.example/e",
        STORY,
        "javascript:x",
        "\xff",
        f"https://l.facebook.com/l.php?u={STORY}",
        "https://href.li/?https://href.li/?javascript:x",
        f"https://consent.youtube.com/m?continue={STORY}",
        "https://x.com/x/migrate?tok=1",
        f"https://x.com/safety/unsafe_link_warning?unsafe_link={STORY}",
        "https://bit.ly/AbCd",
    ]
)
PAGES = st.one_of(
    st.builds(Page, click=PLACES, warning=st.booleans()),
    st.none(),
    st.builds(
        lambda address, seconds: Page(refreshes=(Refresh(address=address, seconds=seconds, noscript=False),)),
        PLACES,
        st.integers(0, 20),
    ),
)
ANSWERS = st.builds(
    lambda status, places: answer(status, *places), st.integers(100, 999), st.lists(PLACES, max_size=2)
)
REPLIES = st.one_of(ANSWERS, st.builds(lambda place: answer(302, place), PLACES))


@given(st.lists(st.tuples(REPLIES, PAGES), min_size=30, max_size=30))
def test_every_chain_ends_and_hangs_together(replies: list[tuple[Answer, Page | None]]) -> None:
    """Whatever servers answer, nothing is asked twice, no hop is missing, and the end comes."""
    chain, asked = start(LINK, RULES, AT), []
    for reply, page in replies:
        if chain.ask is None:
            break
        asked.append(chain.ask)
        chain = advance(chain, reply, page, RULES)
    assert chain.outcome is not None
    assert len(set(asked)) == len(asked) <= RULES.redirects + 1
    assert [hop.url for hop in chain.hops if hop.status is not None] == asked
    for one, after in pairwise(chain.hops):
        assert one.location is not None
        assert one.location.partition("#")[0] == after.url
