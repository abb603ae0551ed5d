"""Pages that answer 200 and are not there, and living pages that look like them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.audit.page import read_page
from resolver.audit.places import has_moved, place_of
from resolver.audit.sibling import sibling_of
from resolver.audit.sketch import SIZE, likeness, sketch
from resolver.audit.soft404 import Seen, judge, probe_of
from resolver.audit.suspicion import not_found_phrase, parking_of, suspicion_of
from resolver.findings import Signal
from resolver.models import Hop, Observation, Outcome, Via
from resolver.rules.not_found_phrases import NOT_FOUND_PHRASES
from resolver.rules.parked import PARKINGS

if TYPE_CHECKING:
    from resolver.audit.soft404 import Probe
    from resolver.rules.not_found_phrases import NotFoundPhrases
    from resolver.rules.parked import Parking

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STORY = "https://news.example/2020/the-new-bridge"
HOME = "https://news.example/"
FOLDER = "https://news.example/2020/"
LINK = "https://t.co/AbCdEf1234"

ARTICLE = (
    "<title>The new bridge</title>"
    + "<p>The bridge over the harbour opens on Saturday after two years.</p>" * 5
)
OTHER = (
    "<title>The old mill</title><p>The mill at the river turns again, its friends have mended the wheel.</p>"
)
NOTHING = (
    "<title>Page not found | News</title><p>Sorry, there is nothing at /2020/{}. Try the search instead.</p>"
)
FRONT = (
    "<title>News</title>" + "<p>All that happened in town today, from the council to the harbour.</p>" * 20
)
SHELL = "<title>News</title><div id=root></div><script src=/app.js></script>"
PARKED = "<title>news.example</title><script src='https://img.sedoparking.com/a.js'></script><p>Related searches</p>"


def seen(html: str, *, end: str = STORY, start: str = STORY, outcome: Outcome = Outcome.OK) -> Seen:
    """What came of following a link to *start* that ended at *end*."""
    hops = tuple(
        Hop(url=url, via=Via.HTTP, status=status, location=location, at=NOW, seconds=0.1)
        for url, status, location in ([(start, 301, end)] if start != end else []) + [(end, 200, None)]
    )
    observation = Observation(
        url=start, observed_at=NOW, seconds=0.1, outcome=outcome, hops=hops, expanded_url=end
    )
    return Seen(observation=observation, page=read_page(html.encode()))


def probe(html: str, *, end: str | None = None, outcome: Outcome = Outcome.OK) -> Probe:
    """What the server answered to an address that never was, beside the story."""
    sibling = sibling_of(STORY, lambda length: "x" * length)
    return probe_of(sibling, seen(html, end=end or sibling.address, start=sibling.address, outcome=outcome))


NOT_FOUND = probe("", outcome=Outcome.NOT_FOUND)
REFUSED = probe("", outcome=Outcome.FORBIDDEN)
SAYS_NOTHING_IS_THERE = probe(NOTHING.format("x" * 20))

CASES = {
    "a page beside an honest 404": (seen(ARTICLE), NOT_FOUND, Signal.ALIVE),
    "a page on a host that answers 200 to everything": (seen(ARTICLE), SAYS_NOTHING_IS_THERE, Signal.ALIVE),
    "a page on a host that shows its front page for everything else": (seen(ARTICLE), probe(FRONT), Signal.ALIVE),
    "a page on a host that leads everything else to its front page": (seen(ARTICLE), probe(FRONT, end=HOME), Signal.ALIVE),
    "a page that nothing was compared with": (seen(ARTICLE), None, Signal.ALIVE),
    "a page on a host that refused to be compared": (seen(ARTICLE), REFUSED, Signal.ALIVE),
    "an article about the error": (seen(NOTHING.format("404")), NOT_FOUND, Signal.ALIVE),
    "an article about the error on a host that is soft": (seen(NOTHING.format("404") + OTHER * 9), probe(FRONT), Signal.ALIVE),
    "a page with a link to a seller of domains": (seen(PARKED), probe(FRONT), Signal.ALIVE),
    "one more face of the same page": (seen(ARTICLE, start=f"{STORY}/amp"), NOT_FOUND, Signal.ALIVE),
    "a short name that leads to a first page": (seen(FRONT, start="https://news.example/vote", end=HOME), NOT_FOUND, Signal.ALIVE),
    "an unknown shortener that leads to a first page": (seen(FRONT, start="https://short.example/AbCd1234efgh", end=HOME), NOT_FOUND, Signal.ALIVE),
    "a page that was sorted in above": (seen(ARTICLE, end=FOLDER), NOT_FOUND, Signal.ALIVE),
    "a page that says it is none, like one that never was": (seen(NOTHING.format("the-new-bridge")), SAYS_NOTHING_IS_THERE, Signal.GONE),
    "the front page in its place, like for one that never was": (seen(FRONT), probe(FRONT), Signal.GONE),
    "led to the first page, like one that never was": (seen(FRONT, end=HOME), probe(FRONT, end=HOME), Signal.GONE),
    "led to the first page, alone": (seen(FRONT, end=HOME), NOT_FOUND, Signal.GONE),
    "led to the first page in a language": (seen(FRONT, end=f"{HOME}en/"), NOT_FOUND, Signal.GONE),
    "led to the folder, like one that never was": (seen(FRONT, end=FOLDER), probe(FRONT, end=FOLDER), Signal.GONE),
    "a whole site led to the first page of another": (seen(FRONT, end="https://new.example/"), probe(FRONT, end="https://new.example/"), Signal.GONE),
    "a parked domain": (seen(PARKED), probe(PARKED), Signal.GONE),
    "a domain for sale": (seen("", end="https://www.hugedomains.com/a"), probe("", end="https://www.hugedomains.com/a"), Signal.GONE),
    "a sign of parking that could not be compared": (seen(PARKED), REFUSED, Signal.UNKNOWN),
    "a sign of parking beside an honest 404": (seen(PARKED), NOT_FOUND, Signal.UNKNOWN),
    "a page that says it is none and could not be compared": (seen(NOTHING.format("a")), REFUSED, Signal.UNKNOWN),
    "led to the first page, and nothing could be compared": (seen(FRONT, end=HOME), REFUSED, Signal.UNKNOWN),
    "made by a script, like all on its host": (seen(SHELL), probe(SHELL), Signal.UNKNOWN),
    "all of a site is led to one page": (seen(FRONT, end=f"{HOME}closed"), probe(FRONT, end=f"{HOME}closed"), Signal.UNKNOWN),
    "led to a login": (seen("<title>Log in</title>", end=f"{HOME}login?next=a"), NOT_FOUND, Signal.BLOCKED),
    "led to a wall like all on its host": (seen(FRONT, end=f"{HOME}subscribe"), probe(FRONT, end=f"{HOME}subscribe"), Signal.BLOCKED),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_an_answer_with_success_is_evidence_of(name: str) -> None:
    """A page is only called gone if an address that never was gets the same, or is told from it."""
    answer, beside, signal = CASES[name]
    suspicion = suspicion_of(answer.observation, answer.page)
    found, evidence = judge(answer, suspicion, beside)
    assert found is signal
    assert bool(evidence) is (signal is not Signal.ALIVE)


@pytest.mark.parametrize("row", NOT_FOUND_PHRASES, ids=lambda row: str(row.language))
def test_each_language_says_that_nothing_was_found(row: NotFoundPhrases) -> None:
    """The sample of each row is found, its near miss is not."""
    assert not_found_phrase(row.sample) in row.phrases
    assert not_found_phrase(row.near_miss) is None
    assert row.source.startswith("https://")


@pytest.mark.parametrize("row", PARKINGS, ids=lambda row: str(row.sample)[:50])
def test_each_sign_of_a_parked_domain_is_found_in_its_sample(row: Parking) -> None:
    """A host where a chain ends, or a mark in a page's source."""
    assert (row.host is None) != (row.mark is None)
    answer = seen(row.sample) if row.mark else seen("", end=row.sample)
    assert str(parking_of(answer.observation, answer.page)).startswith(row.name)


def test_a_link_to_the_seller_of_domains_itself_is_no_parked_domain() -> None:
    """Who links to a company's own page was not led there."""
    answer = seen(OTHER, start="https://www.hugedomains.com/about", end="https://www.hugedomains.com/about")
    assert parking_of(answer.observation, answer.page) is None


MOVED = [
    (STORY, STORY, False),
    ("http://news.example/a", "https://www.news.example/a/", False),
    ("https://m.news.example/a?utm_source=x", "https://news.example/a", False),
    ("https://news.example/a/amp", "https://news.example/a", False),
    ("https://news.example/a", "https://news.example/b", True),
    ("https://news.example/a", "https://other.example/a", True),
    ("https://news.example/?p=1", "https://news.example/?p=2", True),
]


@pytest.mark.parametrize(("start", "end", "moved"), MOVED)
@pytest.mark.parametrize("by_short_link", [False, True])
def test_a_link_has_moved_where_its_target_answers_elsewhere(
    start: str, end: str, moved: bool, by_short_link: bool
) -> None:
    """That a short link leads elsewhere is what it is made for; where that leads on, the target has moved."""
    observation = seen(ARTICLE, start=start, end=end).observation
    if by_short_link:
        first = Hop(url=LINK, via=Via.HTTP, status=301, location=start, at=NOW, seconds=0.1)
        observation = Observation(
            url=LINK,
            observed_at=NOW,
            seconds=0.1,
            outcome=Outcome.OK,
            hops=(first, *observation.hops),
            expanded_url=end,
        )
    assert has_moved(observation) is moved


SIBLINGS = [
    (STORY, "https://news.example/2020/*", "https://news.example/2020/xx"),
    (f"{STORY}/", "https://news.example/2020/*/", "https://news.example/2020/xx/"),
    (
        "https://news.example/a.php?id=1&x=2",
        "https://news.example/a.php?id&x",
        "https://news.example/a.php?id=xx&x=xx",
    ),
    ("https://news.example/?p=12", "https://news.example/?p", "https://news.example/?p=xx"),
    ("https://news.example", "https://news.example/*", "https://news.example/xx"),
    ("https://news.example/a.pdf#p", "https://news.example/*.pdf", "https://news.example/xx.pdf"),
]


@pytest.mark.parametrize(("address", "folder", "sibling"), SIBLINGS)
def test_an_address_that_never_was_is_made_beside_one_that_is(
    address: str, folder: str, sibling: str
) -> None:
    """It stands for a folder, of the same kind of file, and for a script, of its parameters."""
    assert sibling_of(address, lambda _: "xx") == (folder, sibling, "xx")


@given(st.binary(max_size=2000))
def test_reading_a_page_never_fails(body: bytes) -> None:
    """Whatever the bytes are, there is a page or none."""
    page = read_page(body)
    assert page is None or (len(page.digest) == 64 and len(page.sketch()) <= SIZE)


@given(st.lists(st.text(max_size=5), max_size=300), st.lists(st.text(max_size=5), max_size=300))
def test_likeness_is_a_share_and_looks_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    """It is between 0 and 1, and 1 for a text beside itself."""
    first, second = sketch(one), sketch(other)
    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    assert likeness(first, first) == (1.0 if first else 0.0)


@pytest.mark.parametrize(("share", "least", "most"), [(0.9, 0.65, 0.98), (0.5, 0.2, 0.6), (0.0, 0.0, 0.02)])
def test_likeness_tells_how_much_two_texts_share(share: float, least: float, most: float) -> None:
    """A text of which a part was replaced at its end, and one of other words."""
    words = [f"word{number}" for number in range(1000)]
    kept = int(share * 1000)
    other = words[:kept] + [f"else{number}" for number in range(kept, 1000)]
    assert least <= likeness(sketch(words), sketch(other)) <= most


@given(st.text(max_size=200))
def test_any_path_is_a_place(path: str) -> None:
    """Addresses that were followed are absolute; whatever their path holds is read."""
    from urllib.parse import quote

    place = place_of(f"https://news.example/{quote(path)}")
    assert place.host == "news.example"
    assert place.is_same(place)
