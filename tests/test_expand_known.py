"""What a table of known expansions says is taken: nobody is asked for it, and the observation says who said so."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from cache_samples import NOON, POST_URL, embed, leading_to, link, observation, opened
from hypothesis import given
from hypothesis import strategies as st
from tco_lookalike import TcoLookalike

from cache.dumps import Known
from resolver import enrich
from resolver.errors import StoreError
from resolver.expand import Client, Policy
from resolver.expand.chain import Rules, advance, start
from resolver.expand.exchange import Answer
from resolver.identify import identify
from resolver.models import AttestedBy, Document, Outcome, Role, Via
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT = datetime(2026, 1, 1, tzinfo=UTC)
STORY, POST = "https://news.example/story", "https://twitter.com/jo/status/20"


@dataclass(frozen=True)
class Said:
    """One line of a table."""

    expanded_url: str
    evidence: str = "links.csv sha256:5f2a"


def rules(table: dict[str, str], **others: Any) -> Rules:
    known = {short: Said(target) for short, target in table.items()}
    return Rules(is_post=lambda address: post_of(address) is not None, known=known.get, **others)


#: What the table says; what is to be asked then, how the chain has ended, where it leads, and how it got there.
CASES: dict[str, tuple[dict[str, str], str | None, str | None, str | None, str]] = {
    "a story": ({"https://t.co/a": STORY}, None, "known", STORY, "dump"),
    "a post": ({"https://t.co/a": POST}, None, "post", POST, "dump"),
    "a short link that is known": (
        {"https://t.co/a": "https://bit.ly/Ab12", "https://bit.ly/Ab12": STORY},
        None,
        "known",
        STORY,
        "dump dump",
    ),
    "a short link that is not": (
        {"https://t.co/a": "https://bit.ly/Ab12"},
        "https://bit.ly/Ab12",
        None,
        "https://bit.ly/Ab12",
        "dump",
    ),
    "a wrapper": (
        {"https://t.co/a": "https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fstory"},
        None,
        "known",
        STORY,
        "dump unwrap",
    ),
    "a wall that hides what is behind it": (
        {"https://t.co/a": "https://guce.yahoo.com/collectConsent?sessionId=3_cc"},
        None,
        "known",
        "https://guce.yahoo.com/collectConsent?sessionId=3_cc",
        "dump",
    ),
    "another link": ({"https://t.co/b": STORY}, "https://t.co/a", None, None, ""),
    "itself": ({"https://t.co/a": "https://t.co/a"}, "https://t.co/a", None, None, ""),
    "itself, with a fragment": ({"https://t.co/a": "https://t.co/a#x"}, "https://t.co/a", None, None, ""),
    "back": (
        {"https://t.co/a": "https://bit.ly/Ab12", "https://bit.ly/Ab12": "https://t.co/a"},
        "https://bit.ly/Ab12",
        None,
        "https://bit.ly/Ab12",
        "dump",
    ),
    "no address": ({"https://t.co/a": "https://news.example:99999/"}, "https://t.co/a", None, None, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_table_says_is_not_asked(case: str) -> None:
    """Neither the link nor an ordinary page at its end; a short link of which no table knows is."""
    table, ask, outcome, expanded, via = CASES[case]
    chain = start("https://t.co/a", rules(table), AT)
    assert (chain.ask, chain.outcome and chain.outcome.value) == (ask, outcome)
    assert chain.expanded_url == expanded
    assert [hop.via.value for hop in chain.hops] == via.split()


def test_a_hop_by_a_table_says_which() -> None:
    """Its evidence is the file's name and digest, and no status says that somebody answered."""
    (hop,) = start("https://t.co/a#top", rules({"https://t.co/a": STORY}), AT).hops
    assert (hop.url, hop.via, hop.status, hop.seconds) == ("https://t.co/a", Via.DUMP, None, 0)
    assert (hop.location, hop.evidence) == (f"{STORY}#top", "links.csv sha256:5f2a")


def test_what_the_web_leads_to_is_asked_as_ever() -> None:
    """A table that knows the middle of a chain saves its end as well; one that knows nothing of it saves nothing."""
    moved = Answer(status=301, at=AT, seconds=0.1, locations=(b"https://bit.ly/Ab12",))
    told = rules({"https://bit.ly/Ab12": STORY})
    chain = advance(start("https://t.co/a", told, AT), moved, None, told)
    assert (chain.outcome, chain.expanded_url) == (Outcome.KNOWN, STORY)
    asked = rules({"https://t.co/a": "https://bit.ly/Ab12"})
    moved_on = Answer(status=301, at=AT, seconds=0.1, locations=(STORY.encode(),))
    chain = advance(start("https://t.co/a", asked, AT), moved_on, None, asked)
    assert (chain.outcome, chain.ask, chain.expanded_url) == (None, STORY, STORY)


ADDRESSES = st.sampled_from(
    [f"https://{host}/{path}" for host in ("t.co", "bit.ly", "a.example") for path in "abcd"]
)


@given(st.dictionaries(ADDRESSES, ADDRESSES | st.text()))
def test_no_table_leads_astray(table: dict[str, str]) -> None:
    """Whatever it says, no address is passed twice, and the chain has not failed when nobody was asked."""
    chain = start("https://t.co/a", rules(table), AT)
    passed = [hop.url for hop in chain.hops]
    assert len(passed) == len(set(passed))
    assert chain.outcome in {None, Outcome.KNOWN}


@contextmanager
def unconnected() -> Iterator[list[Any]]:
    """Note every connection and every look-up of a name that is tried."""
    tried: list[Any] = []
    noting = True

    def note(event: str, arguments: Any) -> None:
        if noting and event in {"socket.connect", "socket.getaddrinfo"}:
            tried.append((event, arguments))

    sys.addaudithook(note)
    try:
        yield tried
    finally:
        noting = False


def test_known_links_need_no_network(tmp_path: Path) -> None:
    """Not a name is looked up: the links are followed, and the post is named on the word of the table."""
    (tmp_path / "links.csv").write_text(
        f"https://t.co/Wb4Tn8Zc1D,{POST}/photo/1\nt.co/Kf7Qm2Lx9R,{STORY}?utm_source=x\n"
    )
    article = Document(
        id="a", text="Open! https://t.co/Kf7Qm2Lx9R pic.twitter.com/Wb4Tn8Zc1D — Jo (@jo) March 21, 2006"
    )
    with unconnected() as tried, Known.open(tmp_path / "links.db") as known:
        loaded = known.load(tmp_path / "links.csv")
        with Client(known=known) as client, opened(tmp_path / "a.db") as store:
            enriched = enrich(article, client=client, store=store)
    assert tried == []
    (found,) = enriched.embeds
    assert (found.post_url, found.attested_by) == (POST, AttestedBy.DUMP)
    story, media = found.links
    assert (story.outcome, story.expanded_url) == (Outcome.KNOWN, f"{STORY}?utm_source=x")
    assert story.canonical_url == STORY
    assert media.outcome is Outcome.POST
    says = {hop.evidence for observation in enriched.observations for hop in observation.hops}
    assert says == {f"links.csv sha256:{loaded.source.sha256}"}


def test_what_is_not_known_is_asked(tmp_path: Path) -> None:
    """Over the network, beside links that are known."""
    (tmp_path / "links.csv").write_text(f"t.co/known,{STORY}\n")
    with (
        TcoLookalike({"https://t.co/asked": STORY, STORY: 200}) as server,
        Known.open(tmp_path / "links.db") as known,
    ):
        known.load(tmp_path / "links.csv")
        replaced = {"t.co": server.url, "news.example": server.url}
        with Client(connect_to=replaced, known=known, policy=Policy(host_rate=None)) as client:
            observed = {
                each.url: each for each in client.expand(["https://t.co/known", "https://t.co/asked"])
            }
    assert observed["https://t.co/known"].outcome is Outcome.KNOWN
    assert observed["https://t.co/asked"].outcome is Outcome.OK
    assert [request.target for request in server.requests] == ["/asked", "/story"]


def test_a_table_that_cannot_be_read_ends_the_run() -> None:
    """It is no link's fault, and must not be taken for one: the caller gets the error, with what to do."""

    class Damaged:
        def get(self, _url: str) -> None:
            raise StoreError("links.db", "it is damaged", "load the tables anew")

    web = httpx.MockTransport(lambda _: httpx.Response(200))
    with (
        Client(known=Damaged(), transport=web) as client,
        pytest.raises(StoreError, match="load the tables anew"),
    ):
        list(client.expand(["https://t.co/a"]))


@pytest.mark.parametrize(
    ("ways", "word"),
    [
        ([Via.HTTP], AttestedBy.REDIRECT),
        ([Via.HTTP, Via.UNWRAP], AttestedBy.REDIRECT),
        ([Via.DUMP], AttestedBy.DUMP),
        ([Via.HTTP, Via.DUMP, Via.HTTP], AttestedBy.DUMP),
        ([Via.ARCHIVE], AttestedBy.ARCHIVE),
    ],
)
def test_on_whose_word_a_post_is_named(ways: list[Via], word: AttestedBy) -> None:
    """Where a table or an archive was taken for one step of the way, the post stands on its word."""
    scanned = embed(link("a", Role.MEDIA))
    seen = leading_to("a", f"{POST_URL}/photo/1")
    hops = tuple(replace(seen.hops[0], via=via) for via in ways)
    known = identify(scanned, {seen.url: replace(seen, hops=hops)}, post_of)
    assert (known.post_url, known.attested_by) == (POST_URL, word)


def test_a_table_says_more_than_a_dead_link(tmp_path: Path) -> None:
    """A link that led nowhere is looked up at once where a table came to know it; one that led somewhere is not."""
    (tmp_path / "links.csv").write_text(f"t.co/dead,{STORY}\nt.co/fine,{STORY}\n")
    article = Document(id="a.txt", text="x")
    with opened(tmp_path / "a.db") as store:
        store.add(article, [embed(link("dead"), link("fine"), link("gone"))])
        for seen in (
            observation("dead", Outcome.NOT_FOUND),
            observation("fine", Outcome.OK, expanded_url="https://news.example/other"),
            observation("gone", Outcome.GONE),
        ):
            store.record(seen, {})
        assert list(store.due(NOON)) == []
    with Known.open(tmp_path / "links.db") as known:
        known.load(tmp_path / "links.csv")
        with opened(tmp_path / "a.db", known=known.get) as store, Client(known=known) as client:
            store.add(article, [embed(link("dead"), link("fine"), link("gone"))])
            assert list(store.due(NOON)) == ["https://t.co/dead"]
            for seen in client.expand(store.due(NOON)):
                store.record(replace(seen, observed_at=NOON + timedelta(hours=1)), {})
            assert list(store.due(NOON + timedelta(hours=1))) == []
