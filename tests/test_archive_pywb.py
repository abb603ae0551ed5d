"""Looking up copies in a real archive: pywb, over WARC files that are written here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from archive_samples import CoolDownsInMemory, archive_at
from cache_samples import opened
from pywb_server import MISSING, Captured, is_installed, served

from cache.audits import AuditStore
from resolver.archive import Kind, find_post, layout_of
from resolver.models import AttestedBy, Document, Outcome, Via
from resolver.pipeline import add, name_posts
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from resolver.archive import Archive

pytestmark = pytest.mark.skipif(not is_installed(), reason=MISSING)

STORY = "https://news.example/2015/bridge"
LINK, OTHER_LINK = "https://t.co/AbCdEfGhIj", "https://t.co/abcdefghij"
#: Ids of 2015-03-01 and of the day after.
POST = "https://twitter.com/HarbourDesk/status/572000000000000000"
SAME_DAY = "https://twitter.com/HarbourDesk/status/572010000000000000"
NEXT_DAY = "https://twitter.com/HarbourDesk/status/572300000000000000"
TEXT = "The new bridge over the harbour opens on Saturday, two weeks early, thank you for your patience!"

HTML = (("Content-Type", "text/html; charset=utf-8"),)


def day(number: int, year: int = 2015) -> datetime:
    return datetime(year, 3, number, 10, 0, 5, tzinfo=UTC)


def post_page(text: str) -> bytes:
    return f'<html><head><title>Harbour Desk on Twitter: "{text}"</title></head><body><p class="tweet-text">{text}</p>'.encode()


CAPTURES = [
    Captured(STORY, day(1, 2013), "200 OK", HTML, b"<title>The bridge</title>an early version"),
    Captured(STORY, day(9), "200 OK", HTML, b"<title>The bridge</title>the version of that week"),
    Captured(STORY, day(2), "404 Not Found", HTML, b"nothing"),
    Captured(STORY, day(1, 2023), "200 OK", HTML, b"<title>Shoes</title>"),
    Captured("https://news.example/only-404", day(2), "404 Not Found", HTML, b"nothing"),
    Captured(LINK, day(1), "301 Moved Permanently", (("Location", STORY),)),
    Captured(OTHER_LINK, day(2), "301 Moved Permanently", (("Location", "https://other.example/"),)),
    Captured("https://t.co/OnlyThisOne", day(2), "301 Moved Permanently", (("Location", POST + "/photo/1"),)),
    Captured(
        "https://t.co/AsBrowser1",
        day(2),
        "200 OK",
        HTML,
        b'<head><noscript><META http-equiv="refresh" content="0;URL=https://news.example/2015/bridge"></noscript></head>',
    ),
    Captured(POST, day(1), "200 OK", HTML, post_page(TEXT + " https://t.co/AbCdEfGhIj")),
    Captured(
        SAME_DAY,
        day(1),
        "200 OK",
        HTML,
        post_page("Traffic on the coast road is slow this evening, take the ferry"),
    ),
    Captured(NEXT_DAY, day(2), "200 OK", HTML, post_page(TEXT)),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(CAPTURES, tmp_path_factory.mktemp("pywb")) as base:
        yield base


@pytest.fixture
def archive(base: str) -> Iterator[Archive]:
    with archive_at(layout_of(base), CoolDownsInMemory()) as archive:
        yield archive


@pytest.fixture
def timemap(base: str) -> Iterator[Archive]:
    with archive_at(layout_of(base, Kind.TIMEMAP), CoolDownsInMemory()) as archive:
        yield archive


def test_the_copy_nearest_to_the_article_is_found_whose_own_status_was_good(archive: Archive) -> None:
    """The capture of a 404 is nearer, and is none."""
    looked = archive.nearest(STORY, day(3))
    assert looked.memento is not None
    assert (looked.memento.captured_at, looked.memento.status, looked.memento.original) == (
        day(9),
        200,
        STORY,
    )


def test_a_timemap_finds_the_same_copy(timemap: Archive) -> None:
    """RFC 7089 lists no statuses, so that each candidate is asked for its own."""
    looked = timemap.nearest(STORY, day(3))
    assert looked.memento is not None
    assert (looked.memento.captured_at, looked.memento.status, looked.memento.original) == (
        day(9),
        200,
        STORY,
    )


@pytest.mark.parametrize("address", ["https://news.example/only-404", "https://nobody.example/"])
def test_what_has_no_good_copy_has_none(archive: Archive, timemap: Archive, address: str) -> None:
    """An address that was captured dead, and one that was never captured."""
    assert archive.nearest(address, day(3)) == (None, True)
    assert timemap.nearest(address, day(3)) == (None, True)


@pytest.mark.parametrize(("link", "target"), [(LINK, STORY), (OTHER_LINK, "https://other.example/")])
def test_codes_that_differ_only_in_case_are_two_links(archive: Archive, link: str, target: str) -> None:
    """The archive's keys are in lower case; the captured address tells them apart."""
    observation = archive.redirect(link, day(2), lambda _: False)
    assert observation is not None
    assert observation.expanded_url == target


def test_a_code_that_was_not_captured_is_not_taken_for_another(archive: Archive) -> None:
    """Its key is there, and all captures under it are other links'."""
    assert archive.redirect("https://t.co/ABCDEFGHIJ", day(2), lambda _: False) is None


def test_an_archived_redirect_is_an_observation_of_the_archive(archive: Archive) -> None:
    """It names the copy, what that answered, and where it led; the post at its end is recognised."""
    link = "https://t.co/OnlyThisOne"
    observation = archive.redirect(link, day(2), lambda url: post_of(url) is not None)
    assert observation is not None
    (hop,) = observation.hops
    assert (observation.url, observation.outcome, observation.expanded_url) == (
        link,
        Outcome.POST,
        f"{POST}/photo/1",
    )
    assert (hop.via, hop.status, hop.location) == (Via.ARCHIVE, 301, f"{POST}/photo/1")
    assert hop.url.endswith(f"/web/20150302100005id_/{link}")


def test_the_page_that_t_co_shows_to_browsers_leads_on_too(archive: Archive) -> None:
    """A short link that was captured as a page with a refresh says where it leads."""
    observation = archive.redirect("https://t.co/AsBrowser1", day(2), lambda _: False)
    assert observation is not None
    assert (observation.expanded_url, observation.outcome) == (STORY, Outcome.KNOWN)


def test_a_post_is_named_by_author_day_and_words(archive: Archive) -> None:
    """Of the author's captured posts of that day one clearly has the text; that of another day does not count."""
    found = find_post(archive, handle="harbourdesk", day=date(2015, 3, 1), text=TEXT)
    assert found is not None
    assert found.post_url == POST
    assert found.score > 95
    assert found.next_score < 60


def test_a_post_that_was_not_captured_is_not_named(archive: Archive) -> None:
    """Nothing is like it among the author's posts of the day."""
    words = "Our museum shows paintings of ships until the end of May"
    assert find_post(archive, handle="HarbourDesk", day=date(2015, 3, 1), text=words) is None


def test_an_embed_of_which_only_the_words_are_left_is_named_by_the_archive(
    archive: Archive, tmp_path: Path
) -> None:
    """Author, day and words stand in the article; the archive's copy says which post it is, and how alike they are."""
    article = Document(
        id="a.txt", text=f"So it was said. {TEXT} — Harbour Desk (@HarbourDesk) March 1, 2015\n\nMore."
    )
    with opened(tmp_path / "provenance.db") as store:
        add(article, store=store)
        assert name_posts(archive=archive, store=AuditStore(store)) == 1
        (embed,) = store.embeds(article)
        assert (embed.post_url, embed.attested_by) == (POST, AttestedBy.ARCHIVE)
        assert embed.posted_at == datetime(2015, 3, 1, 11, 46, 41, 903000, tzinfo=UTC)
        (score,) = [check for check in embed.checks if check.name == "text_in_archive"]
        assert float(score.found.split(" of 100 alike in http://127.0.0.1:")[0]) > 85
        (occurrence,) = AuditStore(store).occurrences()
        assert (occurrence.written, occurrence.finding.url) == (None, POST)
        assert occurrence.finding.memento is not None
        assert name_posts(archive=archive, store=AuditStore(store)) == 0
