"""HTML that is hidden as it is: where there can be none, no page is searched for it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.detect import detect
from resolver.detect.blocked import find_blocked, may_hide_markup, vendor_rows
from resolver.detect.prefilter import Sieve
from resolver.models import Document
from tests.growth import LIMIT, growth

TWEET = "https://twitter.com/jodoe/status/1123965874123658752"
FRAME = '<iframe src="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"></iframe>'
QUOTE = f'<blockquote class="twitter-tweet"><p>Open!</p><a href="{TWEET}">May 2, 2019</a></blockquote>'

HIDDEN = {
    "in double quotation marks": "<div data-x=\"<iframe src='https://www.youtube.com/embed/aqz-KE-bpKQ'>\"></div>",
    "in single quotation marks": f"<div data-x='{FRAME}'></div>",
    "behind text": f"<div data-x = 'a < b <p>Look:</p>{QUOTE}'></div>",
    "without quotation marks": "<div data-x=<iframe/src=//www.youtube.com/embed/aqz-KE-bpKQ>></div>",
    "noscript": f"<noscript>{FRAME}</noscript>",
    "in capitals": f"<NOSCRIPT class=x>{QUOTE}</NOSCRIPT>",
    "template": f"<template data-for='x'>{QUOTE}</template>",
    "in each other": f"<noscript>a<template>b</template>{FRAME}</noscript>",
    "never closed": f"<template>{FRAME}",
    "behind a picture": f'<noscript><img src="https://www.facebook.com/tr?id=1"></noscript><noscript>{FRAME}</noscript>',
}

OPEN = {
    "a frame": FRAME,
    "a quote": QUOTE,
    "a picture that counts visits": '<noscript><img src="https://www.facebook.com/tr?id=1&amp;ev=PageView"></noscript>',
    "a text": "<noscript>This page needs JavaScript.</noscript>",
    "a sum": "<p>1 = 2 and 'a' < \"b\"</p>",
    "coded": "<div data-x='&lt;iframe src=&quot;https://www.youtube.com/embed/aqz-KE-bpKQ&quot;&gt;'></div>",
}


@pytest.mark.parametrize("page", HIDDEN.values(), ids=HIDDEN)
def test_html_may_be_hidden_in_attributes_and_in_what_is_not_shown(page: str) -> None:
    """Wherever HTML is hidden as it is, the page is searched."""
    assert may_hide_markup(f"<p>Before.</p>{page}<p>After.</p>")


@pytest.mark.parametrize("page", OPEN.values(), ids=OPEN)
def test_what_is_shown_or_coded_is_not_hidden_as_it_is(page: str) -> None:
    """Ordinary embeds, pictures that count visits, and coded HTML, which has traces of its own."""
    assert not may_hide_markup(f"<p>Before.</p>{page}<p>After.</p>")


_PARTS = st.sampled_from(
    [*HIDDEN.values(), *OPEN.values(), *(row.sample for row in vendor_rows()), "<p>", '"', "='"]
)


@settings(deadline=None)
@given(st.lists(_PARTS, max_size=4))
def test_no_embed_is_missed_where_the_search_is_saved(parts: list[str]) -> None:
    """With and without the search being saved, the finds are the same."""
    page = "<p>And.</p>".join(parts)
    document = Document(id="a", html=page)
    today = date(2026, 1, 1)
    assert detect(document, today=today, sieve=_SIEVE) == detect(document, today=today)


_SIEVE = Sieve(worth=0)


@pytest.mark.parametrize(
    "part", ["=", "='", '="', "<noscript>", "</noscript>", "<template><noscript>", '="<"', "='<='"]
)
def test_the_question_takes_time_linear_in_the_length(part: str) -> None:
    """No repeated beginning of an attribute or an element makes it slow."""
    assert growth(lambda size: may_hide_markup(part * size), 20_000) < LIMIT


def test_the_hidden_forms_are_found() -> None:
    """What the question is for: most of these forms are embeds that hide."""
    found = [name for name, page in HIDDEN.items() if any(one.recovered for one in find_blocked(page))]
    assert {"in single quotation marks", "noscript", "in capitals", "template"} <= set(found)
