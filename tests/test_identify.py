"""Which post an embed shows: every candidate is tested, and what disagrees is kept on both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from resolver import AttestedBy, Embed, Kind, Link, Observation, Outcome, Role
from resolver.identify import identify, verify
from resolver.platforms import post_of
from resolver.platforms.twitter import SNOWFLAKE_EPOCH

POSTED = date(2020, 8, 15)
AT = datetime(2020, 8, 15, 17, 30, 0, 250_000, tzinfo=UTC)
LINK, MEDIA = "https://t.co/AbCdEf1234", "https://t.co/ZyXwVu9876"


def id_at(time: datetime) -> str:
    milliseconds = round(time.timestamp() * 1000)
    return str((milliseconds - SNOWFLAKE_EPOCH) << 22)


def post_url(handle: str = "JoDoe", time: datetime = AT) -> str:
    return f"https://twitter.com/{handle}/status/{id_at(time)}"


def embed(handle: str | None = "JoDoe", posted: date | None = POSTED, post: str | None = None) -> Embed:
    links = (Link(url=LINK, written=LINK, role=Role.LINK), Link(url=MEDIA, written="pic", role=Role.MEDIA))
    return Embed(
        document="a.txt",
        kind=Kind.LEFTOVER,
        platform="twitter",
        start=0,
        end=5,
        quote="words",
        prefix="",
        suffix="",
        handle=handle,
        posted=posted,
        links=links,
        post_url=post,
        post_id=post.rsplit("/", 1)[-1] if post else None,
        rule="twitter.attribution",
        confidence=0.9,
    )


def leads_to(url: str, target: str | None, outcome: Outcome = Outcome.POST) -> dict[str, Observation]:
    return {url: Observation(url=url, observed_at=AT, seconds=0.1, outcome=outcome, expanded_url=target)}


def test_media_that_lead_to_the_post_name_it_to_the_millisecond() -> None:
    """The picture's own page holds the post's id, and the id holds the time."""
    found = identify(embed(), leads_to(MEDIA, post_url() + "/photo/1"), post_of)
    assert (found.post_id, found.post_url, found.posted_at) == (id_at(AT), post_url(), AT)
    assert [(check.name, check.passed) for check in found.checks] == [
        ("day_of_id", True),
        ("handle_in_url", True),
    ]
    assert (found.confidence, found.attested_by) == (0.9, AttestedBy.REDIRECT)
    assert found.links[1].expanded_url == post_url() + "/photo/1"
    assert (found.links[1].outcome, found.links[0].outcome) == (Outcome.POST, None)


@pytest.mark.parametrize(
    ("target", "failed"),
    [
        (post_url(time=datetime(2020, 8, 10, 12, tzinfo=UTC)), "day_of_id"),
        (post_url(handle="Other"), "handle_in_url"),
    ],
)
def test_what_disagrees_is_kept_on_both_sides_and_lowers_the_confidence(target: str, failed: str) -> None:
    """The printed value stays, the found one stands beside it, and the failed check says so."""
    found = identify(embed(), leads_to(MEDIA, target), post_of)
    assert (found.posted, found.handle) == (POSTED, "JoDoe")
    assert found.post_url == target
    assert [check.name for check in found.checks if not check.passed] == [failed]
    assert found.confidence == pytest.approx(0.45)


def test_media_that_agree_in_nothing_are_another_posts() -> None:
    """A reused picture leads to whoever uploaded it first: it does not name this post, and the checks say why."""
    target = post_url(handle="Other", time=datetime(2019, 1, 1, tzinfo=UTC))
    found = identify(embed(), leads_to(MEDIA, target), post_of)
    assert (found.post_id, found.post_url, found.posted_at) == (None, None, None)
    assert [(check.passed, check.post_url) for check in found.checks] == [(False, target), (False, target)]
    assert found.attested_by is AttestedBy.ARTICLE
    assert found.confidence == pytest.approx(0.45)


@pytest.mark.parametrize(("handle", "named"), [("JoDoe", True), ("Quoted", False)])
def test_an_ordinary_link_names_the_post_only_where_all_agrees(handle: str, named: bool) -> None:
    """A link in a post may lead to a post that it quotes."""
    found = identify(embed(), leads_to(LINK, post_url(handle=handle)), post_of)
    assert (found.post_id is not None) == named
    assert found.confidence == pytest.approx(0.72 if named else 0.9)


def test_the_candidate_that_agrees_is_taken_over_the_one_that_does_not() -> None:
    """Every link of an embed is a candidate, not only the first."""
    observations = leads_to(LINK, post_url()) | leads_to(
        MEDIA, post_url(time=datetime(2019, 1, 1, tzinfo=UTC))
    )
    found = identify(embed(), observations, post_of)
    assert found.post_url == post_url()
    assert len(found.checks) == 4


def test_media_go_before_a_link_to_another_post_of_that_day() -> None:
    """Authors link to their own posts; the picture is this post's."""
    later = datetime(2020, 8, 15, 20, tzinfo=UTC)
    found = identify(embed(), leads_to(LINK, post_url(time=later)) | leads_to(MEDIA, post_url()), post_of)
    assert (found.post_url, found.confidence) == (post_url(), pytest.approx(0.9))


def test_equal_candidates_that_differ_name_nothing() -> None:
    """Two pictures of two posts of one day by one author cannot be told apart."""
    two = replace(embed(), links=tuple(replace(link, role=Role.MEDIA) for link in embed().links))
    later = datetime(2020, 8, 15, 20, tzinfo=UTC)
    found = identify(two, leads_to(LINK, post_url()) | leads_to(MEDIA, post_url(time=later)), post_of)
    assert found.post_id is None
    assert {check.post_url for check in found.checks} == {post_url(), post_url(time=later)}


def test_a_post_that_was_cut_off_links_to_its_whole_text() -> None:
    """The address that the platform puts there has no handle, and is no guess."""
    target = f"https://twitter.com/i/web/status/{id_at(AT)}"
    found = identify(embed(), leads_to(LINK, target), post_of)
    assert (found.post_id, found.confidence) == (id_at(AT), pytest.approx(0.9))


def test_media_that_lead_elsewhere_than_the_post_the_article_names_are_said() -> None:
    """Both stay, the test fails, and the confidence falls."""
    other = post_url(time=datetime(2020, 8, 15, 20, tzinfo=UTC))
    found = identify(embed(post=post_url()), leads_to(MEDIA, other), post_of)
    assert found.post_url == post_url()
    assert [(check.name, check.passed, check.post_url) for check in found.checks] == [
        ("post_of_media", False, other)
    ]
    assert found.confidence == pytest.approx(0.45)


def test_handles_are_compared_without_case() -> None:
    """The platform does not tell them apart by case."""
    found = identify(embed(handle="jodoe"), leads_to(MEDIA, post_url(handle="JODOE")), post_of)
    assert all(check.passed for check in found.checks)


def test_what_is_not_printed_is_not_tested() -> None:
    """An embed without handle and day is named by its media, without checks."""
    found = identify(embed(handle=None, posted=None), leads_to(MEDIA, post_url()), post_of)
    assert (found.post_url, found.checks) == (post_url(), ())


@pytest.mark.parametrize(
    "observations",
    [
        {},
        leads_to(MEDIA, None, Outcome.NOT_FOUND),
        leads_to(MEDIA, "https://news.example/story", Outcome.OK),
        leads_to(MEDIA, "https://twitter.com/JoDoe", Outcome.OK),
    ],
)
def test_links_that_lead_to_no_post_name_none(observations: dict[str, Observation]) -> None:
    """Unknown stays unknown."""
    found = identify(embed(), observations, post_of)
    assert (found.post_id, found.post_url, found.posted_at, found.checks) == (None, None, None, ())
    assert found.confidence == pytest.approx(0.9)


def test_a_post_that_the_article_names_is_tested_too() -> None:
    """Markup that names a post of another day is reported with less confidence."""
    target = post_url(time=datetime(2020, 8, 16, tzinfo=UTC))
    found = verify(embed(post=target), post_of)
    assert [(check.name, check.passed) for check in found.checks] == [
        ("day_of_id", False),
        ("handle_in_url", True),
    ]
    assert found.confidence == pytest.approx(0.45)
    assert verify(embed(), post_of) == embed()


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/JoDoe/status/1294655434000000000",
        "http://www.twitter.com/JoDoe/statuses/1294655434000000000?s=20",
        "https://mobile.twitter.com/JoDoe/status/1294655434000000000/photo/1",
        "https://x.com/JoDoe/status/1294655434000000000/video/1",
        "https://twitter.com/#!/JoDoe/status/1294655434000000000",
    ],
)
def test_all_forms_of_a_posts_address_are_one(url: str) -> None:
    """Host, old paths and what follows the id make no difference."""
    post = post_of(url)
    assert post is not None
    assert post.url == "https://twitter.com/JoDoe/status/1294655434000000000"


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/JoDoe",
        "https://twitter.com/JoDoe/status/",
        "https://twitter.com/JoDoe/status/0",
        "https://twitter.com/JoDoe/status/12345678901234567890123",
        "https://nottwitter.com/JoDoe/status/1294655434000000000",
        "https://twitter.com.example/JoDoe/status/1294655434000000000",
        "https://example.com/?u=https://twitter.com/JoDoe/status/1294655434000000000",
        "https://twitter.com/status/1294655434000000000",
        "javascript:https://twitter.com/JoDoe/status/1294655434000000000",
    ],
)
def test_addresses_that_look_like_a_posts_are_none(url: str) -> None:
    """Only the platform's own hosts, and whole ids."""
    assert post_of(url) is None


def test_old_ids_carry_no_time() -> None:
    """Ids before November 2010 were counted up."""
    post = post_of("https://twitter.com/jack/status/20")
    assert post is not None
    assert (post.id, post.posted_at) == ("20", None)
