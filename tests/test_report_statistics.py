"""The figures of a report: what is counted, by what, and how long links live."""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import NOON, archive, embed, finding, memento, occurrence

from resolver.findings import Verdict
from resolver.models import Blocked, Outcome
from resolver.render.statistics import Statistics, Tally, verdicts_of
from resolver.render.statistics.isotonic import isotonic
from resolver.render.statistics.published import months_between, published
from resolver.render.statistics.survival import Age, survival


def counted(*occurrences, **options) -> Statistics:
    tally = Tally(**options)
    for each in occurrences:
        tally.add(each)
    return tally.statistics()


def test_links_count_as_often_as_they_stand_in_articles() -> None:
    """The same address in two articles is two links, in two embeds of two documents."""
    statistics = counted(occurrence(), occurrence(document="news/other.html"))
    assert (statistics.links.total, statistics.embeds, statistics.documents) == (2, 2, 2)


def test_an_embed_with_two_links_is_one_embed() -> None:
    """Embeds are told apart by where they stand."""
    both = embed(start=10)
    statistics = counted(
        occurrence(embed=both),
        occurrence(embed=both, url="https://t.co/b"),
        occurrence(embed=embed(start=900)),
    )
    assert (statistics.embeds, statistics.links.total) == (2, 3)


def test_embeds_behind_a_note_are_counted() -> None:
    """A consent note is counted once for its embed, however many links that has."""
    held_back = embed(blocked=Blocked(quote="Accept?", start=0, end=7, vendor=None, language="en"))
    assert counted(occurrence(embed=held_back), occurrence(embed=held_back)).held_back == 1


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_its_count(verdict: Verdict) -> None:
    """No verdict is lost or taken for another."""
    statistics = counted(occurrence(verdict))
    assert {each: statistics.links.of(each) for each in Verdict} == {
        each: int(each is verdict) for each in Verdict
    }


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"memento": memento(), "archive_asked": True}, (1, 0, 0)),
        ({"archive_asked": True}, (0, 1, 0)),
        ({}, (0, 0, 1)),
    ],
    ids=["a copy", "none found", "not asked"],
)
def test_coverage_tells_none_found_from_not_asked(known, expected) -> None:
    """That nobody asked an archive is not that it has nothing."""
    assert counted(occurrence(**known)).coverage[Verdict.DEAD] == expected


def test_years_are_in_order_with_the_undated_last() -> None:
    """What is older than the web stands in one row before all others."""
    dates = ("2021-03-01", None, "1889-01-01", "2019", "yesterday", "2021")
    statistics = counted(
        *(occurrence(document=f"{place}.html", document_date=each) for place, each in enumerate(dates))
    )
    assert [(year.label, year.links.total) for year in statistics.years] == [
        ("before 1991", 1),
        ("2019", 1),
        ("2021", 2),
        ("no date", 2),
    ]


def test_a_destination_needs_twenty_links() -> None:
    """The end of the chain counts, and www. is not another site."""
    ends = (
        ["https://www.quay.example/a"] * 10 + ["https://quay.example/b"] * 10 + ["https://ship.example/"] * 19
    )
    statistics = counted(*(occurrence(expanded_url=end) for end in ends))
    assert [(host, links.total) for host, links in statistics.destinations] == [("quay.example", 20)]


@pytest.mark.parametrize(
    "url", ["https://[::1/", "https://\x01\u202e/", "mailto:a@b.example", "https://", "\ud800"]
)
def test_an_address_without_a_host_has_no_destination(url: str) -> None:
    """What cannot be read as a host, or not be shown, is left out and is no error."""
    assert counted(*[occurrence(expanded_url=url)] * 20).destinations == ()


def test_long_chains_are_counted_together() -> None:
    """Ten addresses or more are one row; links that nobody followed are none."""
    lengths = (1, 2, 10, 19)
    statistics = counted(*(occurrence(hops=each) for each in lengths), occurrence(hops=0, outcome=None))
    assert [(each.label, each.links.total) for each in statistics.chains] == [
        ("1", 1),
        ("2", 1),
        ("10 or more", 2),
    ]


def test_the_worst_articles_come_first() -> None:
    """More dead links first, then more suspects; an article without either is not among them."""
    found = {
        "a": [Verdict.DEAD],
        "b": [Verdict.DEAD, Verdict.DEAD],
        "c": [Verdict.ALIVE],
        "d": [Verdict.DEAD, Verdict.SUSPECT],
    }
    links = [occurrence(verdict, document=name) for name, verdicts in found.items() for verdict in verdicts]
    assert [article.document for article in counted(*links).worst] == ["b", "d", "a"]


def test_repairs_are_the_dead_then_the_suspect_the_newest_articles_first() -> None:
    """What is over the length is counted, not listed."""
    given_links = [
        (Verdict.SUSPECT, "2024"),
        (Verdict.DEAD, "2016"),
        (Verdict.ALIVE, "2025"),
        (Verdict.DEAD, "2020"),
        (Verdict.SUSPECT, "2010"),
    ]
    statistics = counted(
        *(occurrence(verdict, document=day, document_date=day) for verdict, day in given_links), repairs=3
    )
    assert [(each.occurrence.document, each.occurrence.finding.verdict) for each in statistics.repairs] == [
        ("2020", Verdict.DEAD),
        ("2016", Verdict.DEAD),
        ("2024", Verdict.SUSPECT),
    ]
    assert statistics.repairs_left_out == 1


def test_changes_are_counted_by_what_was_and_what_is() -> None:
    """A link that was not there then is told from one that stayed as it was."""
    before = verdicts_of([finding(Verdict.ALIVE, "https://t.co/a"), finding(Verdict.DEAD, "https://t.co/b")])
    statistics = counted(*(occurrence(url=f"https://t.co/{code}") for code in "aabc"), baseline=before)
    assert set(statistics.changes or ()) == {
        (Verdict.ALIVE, Verdict.DEAD, 2),
        (Verdict.DEAD, Verdict.DEAD, 1),
        (None, Verdict.DEAD, 1),
    }
    assert {each.before for each in statistics.repairs} == {Verdict.ALIVE, Verdict.DEAD, None}


def test_checks_say_from_when_until_when_and_how_often() -> None:
    """The box on method takes them from the findings themselves."""
    earlier = NOON - timedelta(days=9)
    statistics = counted(
        occurrence(checks=3), occurrence(checks=1, checked_at=earlier), occurrence(checks=0, checked_at=None)
    )
    assert (statistics.checked_from, statistics.checked_until) == (earlier, NOON)
    assert statistics.checks == {0: 1, 1: 1, 3: 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-02-29", date(2020, 2, 29)),
        ("2020-02", date(2020, 2, 15)),
        ("2021-02-29", None),
        ("2020-13", None),
        ("0000", None),
        ("", None),
        ("٢٠٢٠", None),
    ],
)
def test_a_date_is_read_with_its_precision_or_not_at_all(text: str, expected: date | None) -> None:
    """A day that no calendar has, and digits that are not ASCII, are no date."""
    assert published(text) == expected


def test_a_check_before_the_article_has_no_age() -> None:
    """A date in the future of its check is wrong."""
    assert months_between(date(2027, 1, 1), NOON) is None


POINTS = st.lists(
    st.integers(1, 50).flatmap(lambda weight: st.tuples(st.just(weight), st.integers(0, weight))), max_size=12
)


@given(POINTS)
def test_isotonic_regression_equals_its_definition(points: list[tuple[int, int]]) -> None:
    """Each value is the largest over all beginnings of the smallest over all ends of the mean between them."""

    def mean(first: int, last: int) -> float:
        return sum(total for _, total in points[first : last + 1]) / sum(
            weight for weight, _ in points[first : last + 1]
        )

    places = range(len(points))
    expected = [
        max(min(mean(first, last) for last in range(place, len(points))) for first in range(place + 1))
        for place in places
    ]
    assert isotonic(points) == pytest.approx(expected)


def exponential(half_life: float, articles: int) -> dict[tuple[Age, ...], int]:
    """Articles of twenty years, whose links die at a rate that is known."""
    random, clusters = Random(1), {}
    for number in range(articles):
        months = 240 * number // articles
        dead = sum(random.random() < 1 - 2 ** (-months / half_life) for _ in range(3))
        cluster = (Age(months, 3, dead),)
        clusters[cluster] = clusters.get(cluster, 0) + 1
    return clusters


def test_the_half_life_of_a_known_decay_is_found() -> None:
    """The interval encloses the truth, and the estimate is near it."""
    found = survival(exponential(60, 1500)).half_life
    assert found.low <= 60 <= found.high
    assert math.isclose(found.months, 60, rel_tol=0.15)


def test_a_half_life_that_is_not_reached_is_none() -> None:
    """Links that nearly all live have no half-life, which is not the same as an error."""
    found = survival(exponential(5000, 300)).half_life
    assert (found.months, found.high) == (None, None)


def test_a_half_life_before_the_youngest_age_is_at_most_that() -> None:
    """Where half are dead at the first age that was seen, nothing younger can be said."""
    found = survival({(Age(24, 2, 2),): 20, (Age(60, 2, 2),): 20}).half_life
    assert (found.months, found.at_most) == (24, True)


def test_the_curve_does_not_depend_on_the_order_of_the_articles() -> None:
    """The same articles give the same intervals, however they come."""
    clusters = exponential(60, 200)
    assert survival(clusters) == survival(dict(reversed(clusters.items())))


@pytest.mark.parametrize(
    "clusters", [{}, {(Age(12, 7, 1),): 4}, {(Age(12, 1, 1),): 29}], ids=["none", "few articles", "few links"]
)
def test_too_little_gives_no_curve(clusters) -> None:
    """A curve through a handful of links would say nothing."""
    assert survival(clusters) is None


def test_intervals_grow_where_links_of_an_article_share_their_fate() -> None:
    """Whole articles are drawn anew: twenty links that died together are no twenty witnesses."""
    apart = {(Age(12, 1, 1),): 200, (Age(12, 1, 0),): 200}
    together = {(Age(12, 20, 20),): 10, (Age(12, 20, 0),): 10}
    (narrow,), (wide,) = (survival(each).points for each in (apart, together))
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_suspects_stand_for_the_dead_only_while_none_is_dead() -> None:
    """After a first run there is a curve, which says that it is provisional."""
    dates = [f"20{year}-05-01" for year in range(12, 26)] * 4
    first = [
        occurrence(Verdict.SUSPECT if place % 2 else Verdict.ALIVE, document=str(place), document_date=each)
        for place, each in enumerate(dates)
    ]
    provisional = counted(*first)
    settled = counted(*first, occurrence(Verdict.DEAD, document="dead"))
    assert (provisional.provisional, provisional.survival.links) == (True, 56)
    assert (settled.provisional, settled.survival) == (False, None)
    assert settled.without_answer == 28


def test_what_the_curve_leaves_out_is_counted() -> None:
    """Links in the curve, without an answer and without an age are all the links there are."""
    statistics = counted(*archive(300))
    assert (
        statistics.survival.links + statistics.without_answer + statistics.without_age
        == statistics.links.total
    )
    assert statistics.without_age > 0


def test_an_outcome_is_not_needed_to_be_counted() -> None:
    """A post known without a link, of which nobody was asked, is a link like any other."""
    assert counted(occurrence(Verdict.UNKNOWN, written=None, outcome=None, checked_at=None)).links.total == 1
    assert counted(occurrence(outcome=Outcome.OK)).chains[0].label == "2"
