"""Places in a page's bytes: none that its text shows is left out, and what it shows around them is that text."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.detect.page_tags import NOT_SHOWN
from resolver.detect.page_text import _Reader, page_text
from resolver.detect.prefilter import Sieve, Trace
from resolver.detect.prefilter.decoded import decoded
from resolver.detect.prefilter.page_windows import page_windows
from resolver.detect.prefilter.visible import visible
from tests.growth import LIMIT, growth
from tests.prefilter_samples import pages

PIECES = [
    "<", ">", "/", "'", '"', "=", "!", "--", "-->", "<!--", "<!", "<?", "</", " ", "\n", "x", "é", "&lt;", "&#64;", "&nbsp;", "&x", "&", ";", "&not", "&cent;",
    "cookie", "<p>", "</p>", "<b>", "</b>", "<br>", "<br/>", "<a href='", '<a title="x>', "<custom-box>", "\x00", "\x1c", "\u0085",
    "\u2003", "</ſcript>", "</scrıpt ", "</script\u00a0", "<SCRIPT>", "<header>", "<script-x>", "<script/>", "</script", "</script\x1f",
    *(f"<{name}>" for name in sorted(NOT_SHOWN)), *(f"</{name}>" for name in sorted(NOT_SHOWN)),
]  # fmt: skip
SOUPS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def shown_ends(source: str) -> list[int]:
    """Return where in its UTF-8 the characters of a page end that are in its text, white space aside."""
    page = page_text(source)
    ends = [0, *accumulate(len(character.encode("utf-8", "surrogatepass")) for character in source)]
    return [
        ends[page.source_span(offset, offset + 1)[1]]
        for offset, character in enumerate(page.text)
        if not character.isspace()
    ]


def assert_none_is_left_out(source: str, chosen: slice = slice(None)) -> None:
    data = source.encode("utf-8", "surrogatepass")
    found = visible(data, range(1, len(data) + 1)[chosen])
    assert sorted(set(found)) == found
    missing = set(shown_ends(source)) & set(range(1, len(data) + 1)[chosen]) - set(found)
    assert not missing, [source[max(0, end - 20) : end] for end in missing]


@settings(max_examples=400)
@given(SOUPS, st.integers(1, 7))
def test_nothing_that_any_page_shows_is_left_out(source: str, every: int) -> None:
    """However its signs stand, and whichever places are asked for."""
    assert_none_is_left_out(source)
    assert_none_is_left_out(source, slice(None, None, every))


LONG = "é" * 40_000
ODD = [
    "<script>a</ſcript>b</script>", "<svg>a</ſvg b>c</svg>d", "<iframe>a</ıframe>b</iframe>", "<script/>a</script>b",
    "<style>a</style\u2003>b</style>", "<script>a</script\x1d>b</script>", "<head>a<head>b</head>c</head>d", "<!-->a-->b",
    f'<a title="{LONG}<!--">b', f"<script title='{LONG}<p>'>a</script>b", f'<a title="{"x" * 65_537}<!--">a-->b',
]  # fmt: skip


@pytest.mark.parametrize("source", ODD, ids=lambda source: source[:20])
def test_nothing_that_an_odd_page_shows_is_left_out(source: str) -> None:
    """Elements that letters other than ASCII end, and values whose length in bytes is another one."""
    data = source.encode()
    shown = set(shown_ends(source))
    assert shown
    assert shown <= set(visible(data, range(1, len(data) + 1)))


def test_nothing_that_real_pages_show_is_left_out() -> None:
    """Samples of platforms, wrappers and consent managers, and real cases, alone and in one page."""
    for sample in (*pages(), "".join(pages())):
        assert_none_is_left_out(sample)


def cookies(data: bytes) -> list[int]:
    return visible(data, [match.end() for match in re.finditer(b"cookie|cent", data)])


@settings(max_examples=400)
@given(SOUPS, st.text("ab \n<", max_size=20))
def test_the_text_around_a_place_is_that_of_the_page(source: str, end: str) -> None:
    """Where the page is small, it is all that the page shows, and the places are where the words end."""
    source += f"cookie{end}"
    data = source.encode()
    found = list(page_windows(data, cookies(data)))
    if None in found or not set("\0\1\2\3").isdisjoint(source):
        return
    text = page_text(source).text
    if not found:
        assert not {"cookie", "cent"} & set(re.findall("[a-z]+", text))
        return
    (window,) = found
    assert window is not None
    assert window.text.strip() == text.strip()
    for word in re.finditer("cookie", window.text):
        # What follows may be of a reference to a character, and is then behind the place.
        assert any(
            not window.text[word.end() : end].strip("abcdefghijklmnopqrstuvwxyz;")
            for end in window.ends
            if end >= word.end()
        )


@settings(max_examples=400)
@given(SOUPS)
def test_the_text_alone_is_that_with_places(source: str) -> None:
    """It is made in another way, to the same end."""
    assert page_text(source).text == _Reader(source, ()).read().text


HIDDEN = [
    '<a href="/cookie">', "<!-- cookie -->", "<!-- > cookie -->", "<!doctype cookie>", "<script>a<b; x='<p>'; cookie()</script>",
    "<STYLE>cookie</style>", "<p><svg><g>cookie</svg>", "<head><title>cookie</title></head>", "<p><!-- cookie",
    "<script>cookie</ script> cookie</script\n>", "<noscript><a title='x>y'>cookie</noscript>",
]  # fmt: skip


@pytest.mark.parametrize("source", HIDDEN)
def test_what_is_not_shown_is_left_out(source: str) -> None:
    """Attributes, comments, and elements that are not shown, however their content looks."""
    assert cookies(source.encode()) == []


SHOWN = [
    "cookie", "a < b cookie", "<a title=' cookie", "<script>cookie", "<script/>cookie", "<header>cookie</header>",
    "<a 'b'>cookie", "<!-- a --> cookie", "<!-->--> cookie", "<p>a</script> cookie", f"<a title='{'x' * 65_537}cookie'>",
    f"<a title='{'é' * 40_000}cookie'>",
]  # fmt: skip


@pytest.mark.parametrize("source", SHOWN, ids=lambda source: source[:20])
def test_what_may_be_shown_stays(source: str) -> None:
    """Text, what only looks hidden, and where the length of a value in characters matters, what may be one."""
    assert cookies(source.encode()) == [len(source.encode()) - len(source.rpartition("cookie")[2])]


def test_a_place_in_a_tag_that_was_not_told_has_no_window() -> None:
    """Where a value holds a tag, only reading all tags before tells."""
    page = b"<p>a <a title='<b' cookie>b</a>"
    assert cookies(page) == [25]
    assert list(page_windows(page, [25])) == []


def test_places_far_apart_have_windows_of_their_own() -> None:
    """They reach 500 characters to either side, over tags; places that are close share one."""
    filler = b"<i>words</i> " * 400
    page = filler.join([b"", b"one cookie", b"two cookie, three cookie", b""])
    one, two = page_windows(page, cookies(page))
    assert one is not None
    assert two is not None
    assert [len(window.ends) for window in (one, two)] == [1, 2]
    assert one.text == f"{('words ' * 400)[-490:]}one cookie{('words ' * 400)[:500]}"
    assert two.text[: two.ends[0]] == f"{('words ' * 400)[-490:]}two cookie"


@pytest.mark.parametrize("page", [b"<p>\xe9 cookie", f"<a title='{'é' * 40_000}'> cookie".encode()])
def test_a_window_that_cannot_be_told_is_none(page: bytes) -> None:
    """It is in another encoding, or the length of a value in characters matters."""
    assert list(page_windows(page, cookies(page))) == [None]


HOSTILE = ["<cookie", "<a \"cookie '", "<script>cookie", "</script cookie", "<svg>cookie</svg>", "&cookie"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_page_takes_time_in_proportion(unit: str) -> None:
    """Sixteen times the page takes less than forty times as long."""

    def read(size: int) -> None:
        data = (unit * (size // len(unit))).encode()
        for _ in page_windows(data, cookies(data)):
            pass

    assert growth(read, 5_000) < LIMIT


def test_places_in_a_decoded_page_are_told_in_the_page() -> None:
    """Each end of a decoded page is where what it was decoded from ends."""
    read = decoded(b"a&#46;b&colon;&eacute;c")
    assert read.page == b"a.b:&eacute;c"
    assert [read.source_end(end) for end in (1, 2, 3, 4, 12, 13)] == [1, 6, 7, 14, 22, 23]


SAYING = "To see this tweet, please accept cookies."


@pytest.mark.parametrize(
    ("page", "traces"),
    [
        (f"<p>{SAYING}</p>", Trace.NOTE),
        (f"<p>{SAYING.replace('cookies', 'c&#111;&#111;kies')}</p>", Trace.NOTE),
        (f'<p title="{SAYING}">a</p>', Trace(0)),
        (f"<script>{SAYING}</script>", Trace(0)),
        ("<p>We bake cookies.</p>", Trace(0)),
        (f"<script>{SAYING}</script><p>[tweet 1]</p>", Trace.NOTE | Trace.MARKUP),
    ],
)
def test_a_note_is_a_trace_where_a_page_may_show_it(page: str, traces: Trace) -> None:
    """In its text; or anywhere, if an embed may be left out of the text, which may let a script be read."""
    assert Sieve(worth=0, engine="re2").of_page(page.encode()) == traces
