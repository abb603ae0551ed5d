"""What pages that send their reader on say."""

from __future__ import annotations

import pytest
from growth import LIMIT, growth
from hypothesis import given
from hypothesis import strategies as st

from resolver.expand.page import HEAD_BYTES, SHORT_LINK_BYTES, Page, Reading, read, reading

NOTHING = Reading(most=0, required=False)

READINGS = [
    ("https://t.co/a", 200, "text/html; charset=utf-8", Reading(most=SHORT_LINK_BYTES, required=True)),
    ("https://t.co/a", 200, "", Reading(most=SHORT_LINK_BYTES, required=True)),
    ("https://t.co/a", 200, "image/png", Reading(most=0, required=True)),
    ("https://t.co/a", 301, "text/html", NOTHING),
    ("https://t.co/a", 404, "text/html", NOTHING),
    ("https://news.example/", 200, "Text/HTML;charset=x", Reading(most=HEAD_BYTES, required=False)),
    ("https://news.example/", 200, "application/xhtml+xml", Reading(most=HEAD_BYTES, required=False)),
    ("https://news.example/", 200, "application/pdf", NOTHING),
    ("https://news.example/", 200, "", NOTHING),
    ("https://news.example/", 503, "text/html", NOTHING),
]


@pytest.mark.parametrize(("address", "status", "content_type", "expected"), READINGS)
def test_only_pages_that_can_lead_on_are_read(
    address: str, status: int, content_type: str, expected: Reading
) -> None:
    """A short link's page is read as a whole, another page's head, and nothing else."""
    assert reading(address, status, content_type) == expected


REFRESHES = [
    ('<meta http-equiv="refresh" content="0;URL=https://a.example/">', ("https://a.example/", 0)),
    ('<META HTTP-EQUIV="Refresh" CONTENT="0; url=https://a.example/">', ("https://a.example/", 0)),
    ("<meta http-equiv=refresh content='0;URL=\"https://a.example/\"'>", ("https://a.example/", 0)),
    ("<meta http-equiv=refresh content=\"0; URL='https://a.example/'\">", ("https://a.example/", 0)),
    ("<meta http-equiv=refresh content=\" 3 ; uRl = 'https://a.example/' \">", ("https://a.example/", 3)),
    ('<meta content="5,https://a.example/" http-equiv="refresh">', ("https://a.example/", 5)),
    ('<meta http-equiv="refresh" content="0.5 https://a.example/">', ("https://a.example/", 0)),
    ('<meta http-equiv = "refresh" content="0;url=/next?a=1&amp;b=2">', ("/next?a=1&b=2", 0)),
    ('<meta http-equiv="refresh" content="0;url=url=1">', ("url=1", 0)),
    # none
    ('<meta http-equiv="refresh" content="300">', None),
    ('<meta http-equiv="refresh" content="">', None),
    ('<meta http-equiv="refresh">', None),
    ('<meta http-equiv="refresh" content="URL=https://a.example/">', None),
    ('<meta http-equiv="refresh" content="0;URL=\'\'">', None),
    ('<meta http-equiv="refresh" content="99999999999;URL=/">', None),
    ('<meta http-equiv="content-type" content="0;URL=https://a.example/">', None),
    ('<meta http-equiv="x" content="0;URL=/"><p http-equiv="refresh">', None),
    ('<!-- <meta http-equiv="refresh" content="0;URL=https://a.example/"> -->', None),
    ('<p>http-equiv="refresh" content="0;URL=https://a.example/"</p>', None),
]


@pytest.mark.parametrize(("page", "expected"), REFRESHES)
def test_a_refresh_is_read_as_browsers_read_it(page: str, expected: tuple[str, int] | None) -> None:
    """Every spelling that browsers follow is read, and none that they do not."""
    found = read(page.encode()).refreshes
    assert [(refresh.address, refresh.seconds) for refresh in found] == ([expected] if expected else [])


def test_a_refresh_for_browsers_without_javascript_is_marked() -> None:
    """Whether it stands in a noscript decides later if it counts."""
    refresh = '<meta http-equiv="refresh" content="0;URL=/next">'
    plain, marked = read(f"<html><head>{refresh}<noscript>{refresh}</noscript>".encode()).refreshes
    assert (plain.noscript, marked.noscript) == (False, True)


#: As t.co has answered browsers since about 2014 ...
WITH_TITLE = (
    '<head><noscript><META http-equiv="refresh" content="0;URL=https://a.example/b"></noscript>'
    "<title>https://a.example/b</title></head>"
    '<script>window.opener = null; location.replace("https:\\/\\/a.example\\/b")</script>'
)
#: ... and before.
WITHOUT_TITLE = (
    '<noscript><META http-equiv="refresh" content="0;URL=http://a.example/b"></noscript>'
    '<script>location.replace("http:\\/\\/a.example\\/b")</script>'
)

SHORT_LINK_PAGES = [
    (WITH_TITLE, ("https://a.example/b", "https://a.example/b", "https://a.example/b")),
    (WITHOUT_TITLE, ("http://a.example/b", None, "http://a.example/b")),
    (
        '<script>location.replace("https:\\/\\/a.example\\/\\u00e9")</script>',
        (None, None, "https://a.example/\xe9"),
    ),
    ('<script>location.replace("https:\\x2f")</script>', (None, None, None)),
    ('<script>location.replace("unclosed)</script>', (None, None, None)),
    ("<title>This page is down</title>", (None, None, None)),
]


@pytest.mark.parametrize(("page", "expected"), SHORT_LINK_PAGES)
def test_all_that_a_short_link_says_is_read(page: str, expected: tuple[str | None, ...]) -> None:
    """The refresh, the title and the script's target are read, each for itself."""
    found = read(page.encode())
    refresh = found.refreshes[0].address if found.refreshes else None
    assert (refresh, found.title, found.replacement) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_an_address_is_read_in_any_encoding(encoding: str) -> None:
    """Pages in UTF-8 and in an encoding like Latin-1 say the same."""
    page = '<title>\xe9</title><meta http-equiv="refresh" content="0;URL=/\xe9"><p>\xe9, and so on</p>'
    found = read(page.encode(encoding))
    assert (found.title, found.refreshes[0].address) == ("\xe9", "/\xe9")


@pytest.mark.parametrize("cut", range(7))
def test_a_page_that_is_cut_within_a_character_is_still_utf_8(cut: int) -> None:
    """The end of what was read can be anywhere."""
    page = '<meta http-equiv="refresh" content="0;URL=/\xe9">\N{EURO SIGN}\N{EURO SIGN}\N{EURO SIGN}'.encode()
    assert read(page[: len(page) - cut]).refreshes[0].address == "/\xe9"


@given(st.binary(max_size=300))
def test_any_bytes_can_be_a_page(junk: bytes) -> None:
    """Whatever stands around a refresh, reading it does not fail."""
    assert isinstance(read(junk + b'<meta http-equiv="refresh" content="0;URL=/">' + junk), Page)


HOSTILE = {
    "scripts": 'location.replace("',
    "escapes": 'location.replace("' + "\\\\" * 50,
    "refreshes": '<meta http-equiv="refresh" content="0;;;;;;;;">',
    "open tags": '<meta http-equiv="refresh" ',
    "nested": '<noscript><div http-equiv="refresh">',
    "spaces": 'http-equiv="refresh"' + " " * 100,
}


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_take_time_in_proportion_to_their_length(attack: str) -> None:
    """Sixteen times the page takes less than forty times as long, up to all that is ever read of one."""

    def run(size: int) -> None:
        read(f"<script>{attack * (size // len(attack))}".encode())

    read(b'http-equiv="refresh"')  # the import is not to be timed
    assert growth(run, SHORT_LINK_BYTES // 16) < LIMIT
