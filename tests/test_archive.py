"""Asking an archive politely, and reading what archives of all dialects list."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from archive_samples import NOON, CoolDownsInMemory, Time, archive_at
from hypothesis import given
from hypothesis import strategies as st

from resolver.archive import Kind, Pace, layout_of, shared_pace
from resolver.archive.captures import (
    CdxRecord,
    is_same_address,
    nearest_first,
    read_cdx,
    read_timemap,
    time_of,
)
from resolver.archive.posts import best_score, ids_of_day, plain, prefixes_of_day
from resolver.archive.shown import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

STORY = "https://news.example/story"
ROW = b'[["timestamp","original","statuscode"],["20200815120000","https://news.example/story","200"]]'


class Wayback:
    """A local archive that answers what it is told to, and remembers when it was asked."""

    def __init__(self, answers: list[int]) -> None:
        self.answers = answers
        self.asked: list[str] = []


@contextmanager
def serving(archive: Wayback) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            archive.asked.append(self.path)
            status = archive.answers.pop(0) if archive.answers else 200
            body = ROW if status == 200 else b""
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_no_more_than_24_questions_are_asked_in_a_minute() -> None:
    """Of whichever kind, and evenly: a burst is what the archive bars for."""
    time, wayback = Time(), Wayback([])
    with serving(wayback) as base, archive_at(layout_of(base), CoolDownsInMemory(), time) as archive:
        for _ in range(5):
            archive.nearest(STORY, NOON)
    assert time.waited == [2.5] * 4


def test_after_a_429_everything_waits_for_a_minute() -> None:
    """Then the same question is asked again; the pause doubles with each further refusal."""
    time, wayback, kept = Time(), Wayback([429, 429, 200]), CoolDownsInMemory()
    with serving(wayback) as base, archive_at(layout_of(base), kept, time) as archive:
        assert archive.nearest(STORY, NOON).memento is not None
    assert [seconds for seconds in time.waited if seconds > 2.5] == [60, 120]
    assert len(wayback.asked) == 3


def test_an_archive_that_goes_on_refusing_is_not_asked_any_more() -> None:
    """Not in this run, and not in one that begins before the cool-down has ended."""
    wayback, kept = Wayback([429] * 99), CoolDownsInMemory()
    with serving(wayback) as base, archive_at(layout_of(base), kept) as archive:
        assert archive.nearest(STORY, NOON) == (None, False)
        assert archive.stopped is not None
        assert archive.nearest(STORY, NOON) == (None, False)
    assert len(wayback.asked) == 4


def test_after_a_refused_connection_the_run_stops_asking() -> None:
    """For an hour, which is kept: a later run does not even try."""
    with serving(Wayback([])) as gone:
        pass
    kept = CoolDownsInMemory()
    with archive_at(layout_of(gone), kept) as archive:
        assert archive.nearest(STORY, NOON) == (None, False)
    (cool_down,) = kept.kept.values()
    assert cool_down.until - NOON >= timedelta(hours=1)
    with archive_at(layout_of(gone), kept) as later:
        assert later.nearest(STORY, NOON) == (None, False)
        assert "not asked before 2026-11-22 13:0" in (later.stopped or "")
    time = Time([2 * 3600.0])
    with archive_at(layout_of(gone), kept, time) as much_later:
        much_later.nearest(STORY, NOON)
        assert "refuses connections" in (much_later.stopped or "")


def test_a_fault_of_the_archive_is_no_answer() -> None:
    """Nothing is concluded from it: the link is looked up again by the next run."""
    with serving(Wayback([500])) as base, archive_at(layout_of(base), CoolDownsInMemory()) as archive:
        assert archive.nearest(STORY, NOON) == (None, False)
        assert archive.stopped is None


def test_all_of_a_process_share_one_pace() -> None:
    """However many ask the same archive, they wait for one another."""
    assert shared_pace("https://archive.example", 24) is shared_pace("https://archive.example", 24)
    assert shared_pace("https://archive.example", 24) is not shared_pace("https://other.example", 24)
    with pytest.raises(ValueError, match="not a number of questions"):
        Pace(0)


LAYOUTS = [
    (
        "https://web.archive.org",
        Kind.CDX,
        "https://web.archive.org/cdx/search/cdx",
        "https://web.archive.org/web/",
    ),
    (
        "https://web.archive.org/",
        Kind.CDX,
        "https://web.archive.org/cdx/search/cdx",
        "https://web.archive.org/web/",
    ),
    (
        "https://a.example/cdx/search/cdx",
        Kind.CDX,
        "https://a.example/cdx/search/cdx",
        "https://a.example/web/",
    ),
    ("http://127.0.0.1:8090/web", Kind.CDX, "http://127.0.0.1:8090/web/cdx", "http://127.0.0.1:8090/web/"),
    (
        "http://127.0.0.1:8090/web/cdx",
        Kind.CDX,
        "http://127.0.0.1:8090/web/cdx",
        "http://127.0.0.1:8090/web/",
    ),
    ("https://a.example/web/timemap/link/", Kind.TIMEMAP, "https://a.example/web/timemap/link/", ""),
]


@pytest.mark.parametrize(("base", "kind", "index", "replay"), LAYOUTS)
def test_the_base_address_says_where_an_archive_answers(
    base: str, kind: Kind, index: str, replay: str
) -> None:
    """That of the Wayback Machine, of a collection of pywb, of a CDX server, of a TimeMap."""
    layout = layout_of(base)
    assert (layout.kind, layout.index, layout.replay) == (kind, index, replay)


def test_the_kind_of_an_archive_can_be_said() -> None:
    """Where its address does not tell."""
    assert layout_of("https://a.example/web", Kind.TIMEMAP).index == "https://a.example/web/timemap/link/"


@pytest.mark.parametrize("base", ["", "a.example", "ftp://a.example", "https://", "https://a.example/?q=1"])
def test_what_is_no_address_of_an_archive_is_refused(base: str) -> None:
    """Before anything is asked."""
    with pytest.raises(ValueError, match="not the address of an archive"):
        layout_of(base)


LISTS = [
    (b"", []),
    (b"[]", []),
    (b'[["timestamp","original","statuscode"]]', []),
    (ROW, [CdxRecord("20200815120000", STORY, 200)]),
    (
        b"example,news)/story 20200815120000 https://news.example/story text/html 200 ABC 9",
        [CdxRecord("20200815120000", STORY, 200, "text/html")],
    ),
    (
        b'{"timestamp": "20200815120000", "url": "https://news.example/story", "status": "-", "mime": "warc/revisit"}',
        [CdxRecord("20200815120000", STORY, 0, "warc/revisit")],
    ),
    (
        b'example,news)/story 20200815120000 {"url": "https://news.example/story", "status": "301"}\nnonsense\n{"a"',
        [CdxRecord("20200815120000", STORY, 301)],
    ),
    (b'[["timestamp","original"],["20209915120000","https://news.example/"],["x"],7]', []),
]


@pytest.mark.parametrize(("body", "records"), LISTS)
def test_the_lists_of_all_dialects_are_read(body: bytes, records: list[CdxRecord]) -> None:
    """JSON arrays, plain lines, an object a line, CDXJ; what is no capture is left out."""
    assert read_cdx(body) == records


@given(st.binary(max_size=500) | st.text(alphabet='[]{}",:<>; =\n0123', max_size=300).map(str.encode))
def test_reading_a_list_never_fails(body: bytes) -> None:
    """Whatever an archive sends."""
    assert all(time_of(record.timestamp) for record in read_cdx(body))
    assert all(listed.captured_at.tzinfo for listed in read_timemap(body))


SAME = [
    ("http://t.co/AbC", "https://t.co/AbC", True),
    ("https://t.co:443/AbC#x", "https://t.co/AbC", True),
    ("https://www.news.example/a?b=1", "https://news.example/a?b=1", True),
    ("https://news.example", "https://news.example/", True),
    ("https://t.co/abc", "https://t.co/AbC", False),
    ("https://t.co/AbC?amp=1", "https://t.co/AbC", False),
    ("https://T.CO/AbC", "https://t.co/AbC", True),
    ("https://[broken/", "https://t.co/AbC", False),
]


@pytest.mark.parametrize(("original", "asked", "same"), SAME)
def test_an_archived_address_counts_only_if_it_is_the_same_to_the_letter(
    original: str, asked: str, same: bool
) -> None:
    """The keys of archives are in lower case: codes that differ only in case are two links."""
    assert is_same_address(original, asked) is same


def test_the_nearest_capture_comes_first() -> None:
    """Before or after; of two as near, the later one: then what is shown is rather what was linked to."""
    records = [CdxRecord(f"201503{day:02}000000", "", 200) for day in (1, 5, 9, 20)]
    near = datetime(2015, 3, 7, tzinfo=UTC)
    assert [record.timestamp[6:8] for record in nearest_first(records, near)] == ["09", "05", "01", "20"]


DAYS = [
    (date(2010, 11, 3), ()),
    (date(2010, 11, 4), ("",)),
    (date(2015, 3, 1), ("571", "572")),
    (date(2020, 8, 15), ("1294",)),
]


@pytest.mark.parametrize(("day", "prefixes"), DAYS)
def test_the_ids_of_a_day_begin_with_the_same_digits(day: date, prefixes: tuple[str, ...]) -> None:
    """Before there were times in ids, nothing can be asked for."""
    assert prefixes_of_day(day) == prefixes


@given(st.dates(date(2011, 6, 1), date(2035, 1, 1)), st.floats(0, 1))
def test_each_id_of_a_day_begins_with_one_of_its_prefixes(day: date, share: float) -> None:
    """So that nothing is overlooked."""
    first, last = ids_of_day(day)
    number = str(first + int(share * (last - first)))
    assert any(number.startswith(prefix) for prefix in prefixes_of_day(day))


PAGES = [
    (b'<title>Jo Doe on Twitter: "The bridge is open https://t.co/AbC"</title>', "the bridge is open"),
    (b'<title>Jo Doe on X: "The bridge is open" / X</title>', "the bridge is open"),
    ('<meta property="og:description" content="“The bridge is open”">'.encode(), "the bridge is open"),
    (b'<p class="TweetTextSize tweet-text" lang="en">The <b>bridge</b> is open</p>', "the bridge is open"),
    (b'<div data-testid="tweetText"><span>The bridge is open</span></div>', "the bridge is open"),
    (b"<title>Twitter / ?</title><p>Sorry</p>", None),
    (b"\xff\xfe\x00", None),
]


@pytest.mark.parametrize(("body", "text"), PAGES)
def test_the_text_of_a_captured_post_is_read_in_all_its_forms(body: bytes, text: str | None) -> None:
    """From the title, the description for cards, and the elements of several years."""
    found = [plain(each) for each in texts_of(body)]
    assert (text in found) if text else not any("bridge" in each for each in found)


def test_how_alike_two_texts_are_is_measured_without_their_links() -> None:
    """A post's own text is cut and spaced in many ways; another post of the same author has other words."""
    wanted = plain("The new bridge opens on Saturday! pic.twitter.com/Wb4Tn8Zc1D")
    assert best_score(wanted, ["The new  bridge opens on Saturday! https://t.co/Wb4Tn8Zc1D"]) == 100
    assert best_score(wanted, ["Traffic on the coast road is slow"]) < 60
    assert best_score(wanted, []) == 0
