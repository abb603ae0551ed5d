"""Pages made to hurt: the search for blocked embeds takes linear time and raises nothing."""

from __future__ import annotations

import time

import pytest
from growth import LIMIT, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.detect.blocked import find_blocked, vendor_rows
from resolver.detect.blocked.decoders import DECODERS
from resolver.detect.blocked.tags import tags
from resolver.detect.blocked.targets import hidden_target

SEEDS = [
    "<a ",
    "<!--",
    "<a href='",
    """<a "'<b '" """,
    '<p a="twitter.com',
    '<p data-x="<b twitter.com">',
    "<p data-x=\"&amp;amp;lt;twitter.com'>",
    '<p data-x="https://twitter.com/a">',
    "<p data-x='[\"https://twitter.com/x\",[[[[[[[[[[[[[[[[[[[['>",
    '<p data-x="PGlmcmFtZSBzcmM9Ii8iPg==">',
    '<iframe data-src-cmplz="https://www.youtube.com/embed/aqz-KE-bpKQ"></iframe>',
    '<div class="uc-embed">',
    '<div class="BorlabsCookie">content-blocker',
    '<div class="css-x">Externer Inhalt ',
    "<noscript>twitter.com<a href=twitter.com>",
    "<script>twitter.com",
    '<script type="application/json">{"a":"twitter.com"}</script><div data-testid="embed-message-gdpr"></div>',
    '<div class="rll-youtube-player" data-src="x"></div><noscript>',
    '<div data-type="placeholder" data-name="x"><template>',
    "<div><p twitter.com>",
]
PIECES = st.sampled_from(
    [
        *SEEDS,
        *(row.sample for row in vendor_rows()),
        "</div>",
        "</p>",
        "\0",
        "\ud800",
        ">",
        '"',
        "%3C",
        "\\u003c",
    ]
)


def seconds(page: str) -> float:
    """What one search takes, in seconds of the process."""
    begin = time.process_time()
    for element in find_blocked(page):
        assert element.end <= len(page)
    return time.process_time() - begin


@pytest.mark.parametrize("seed", SEEDS)
def test_time_grows_with_the_length_of_the_page(seed: str) -> None:
    """Sixteen times the page takes less than forty times as long."""
    assert growth(lambda size: seconds(seed * (size // len(seed))), 15_000) < LIMIT


@pytest.mark.parametrize(
    "seed", ['<div class="uc-embed">', '<div data-x="twitter.com aaaaaaaa">', "<template>"]
)
def test_nesting_does_not_multiply_the_work(seed: str) -> None:
    """Thousands of placeholders one in another are read a few times, not thousands of times."""
    name = seed[1:].split(" ", maxsplit=1)[0].rstrip(">")
    assert growth(lambda count: seconds(seed * count + "x" + f"</{name}>" * count), 250) < LIMIT


def test_a_page_of_a_megabyte_is_read_in_seconds() -> None:
    """One long line with a trigger at its end costs no more than reading it."""
    page = "<p>" + "x" * 1_000_000 + '<p data-x="https://twitter.com/jodoe/status/1123965874123658752">'
    assert seconds(page) < 2


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=12).map("".join))
def test_nothing_that_a_page_holds_raises(page: str) -> None:
    """Whatever the pieces, the elements lie in the page, in order and apart, and say one thing about their target."""
    floor = 0
    for element in find_blocked(page):
        assert floor <= element.start < element.end <= len(page)
        assert element.html is None or element.url is None
        assert element.note is None or element.start <= element.note[0] < element.note[1] <= element.end
        floor = element.end


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=12).map("".join))
def test_tags_are_read_in_their_order_and_apart(page: str) -> None:
    """Each tag begins with its bracket and ends with one, after the one before it."""
    floor = 0
    for tag in tags(page):
        assert tag.start >= floor
        assert (page[tag.start], page[tag.end - 1]) == ("<", ">")
        floor = tag.end


@pytest.mark.parametrize("name", DECODERS)
@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=200))
def test_decoders_take_any_text(name: str, text: str) -> None:
    """A text that is not written in a coding is none, not an error."""
    assert all(isinstance(found, str) for found in DECODERS[name](text))


def test_a_deep_json_text_is_no_target() -> None:
    """A text that would exhaust the JSON reader's stack is passed over."""
    assert hidden_target("[" * 60_000) is None
