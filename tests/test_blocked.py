"""Embeds that a page holds back: every vendor's row, the net under them, and what must not be taken for one."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from resolver.detect.blocked import BlockedElement, check_rows, find_blocked, vendor_rows

if TYPE_CHECKING:
    from resolver.detect.blocked.vendor import Vendor

VENDORS = Path(__file__).parent.parent / "resolver" / "rules" / "vendors"
TWEET = "https://twitter.com/jodoe/status/1123965874123658752"
VIDEO = "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"
QUOTE = f'<blockquote class="twitter-tweet"><p>The bridge opens.</p><a href="{TWEET}">May 2, 2019</a></blockquote>'
FRAME = f'<iframe src="{VIDEO}"></iframe>'


def only(page: str) -> BlockedElement:
    (element,) = find_blocked(page)
    return element


def target(element: BlockedElement) -> str:
    return element.url or element.html or ""


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("file", sorted(VENDORS.glob("*.toml")), ids=lambda file: file.stem)
def test_all_rows_are_well_formed_and_their_samples_come_out(file: Path) -> None:
    """Each row alone finds what its sample hides."""
    assert check_rows(file) == []


@pytest.mark.parametrize("row", vendor_rows(), ids=lambda row: row.name)
def test_a_row_is_found_among_all_others(row: Vendor) -> None:
    """No other row and not the net takes a vendor's placeholder for its own."""
    element = only(f"<article><p>Before.</p>{row.sample}<p>After.</p></article>")
    assert element.vendor == row.name
    assert element.rule == f"consent.{row.name}"
    assert element.platform == row.expected.platform
    assert row.expected.target in target(element)
    assert element.recovered is bool(row.expected.target)


def test_the_names_of_the_rows_are_distinct() -> None:
    """A vendor's name says which row it was, and each has a source."""
    names = [row.name for row in vendor_rows()]
    assert len(names) == len(set(names)) >= 39
    assert all(row.source for row in vendor_rows())


# What a page may hide an embed in, for which no vendor has a row: the element, and what must be recovered.
HIDDEN = [
    (f'<div data-embed-url="{TWEET}">Load</div>', TWEET),
    (f'<div class="x" data-target="{VIDEO}"></div>', VIDEO),
    (f'<iframe data-src="{VIDEO}" class="lazyload"></iframe>', VIDEO),
    (f"<div data-html='{QUOTE}'><p>Show the post</p></div>", TWEET),
    (f'<div data-html="{html.escape(QUOTE)}">Show</div>', TWEET),
    (f'<div data-html="{html.escape(html.escape(QUOTE))}">Show</div>', TWEET),
    (f'<div data-html="{quote(QUOTE)}">Show</div>', TWEET),
    (f'<div data-html="{quote(quote(FRAME))}">Show</div>', VIDEO),
    (f'<div data-html="{coded(QUOTE)}">Show</div>', TWEET),
    (f'<div data-html="{coded(quote(FRAME))}">Show</div>', VIDEO),
    (f'<div data-address="{coded(TWEET)}">Show</div>', TWEET),
    (f"<div data-props='{json.dumps({'embed': {'html': QUOTE}}).replace(chr(39), '')}'>Show</div>", TWEET),
    (f'<div data-props="{html.escape(json.dumps({"url": TWEET, "width": 3}))}">Show</div>', TWEET),
    (f'<div data-props="{html.escape(json.dumps({"url": coded(TWEET)}))}">Show</div>', TWEET),
    (f'<div data-props="{coded(json.dumps({"url": TWEET}))}">Show</div>', TWEET),
    (f"<template>{QUOTE}</template>", TWEET),
    (f"<noscript>{FRAME}</noscript>", VIDEO),
    (f'<script type="text/template">{FRAME}</script>', VIDEO),
    (f'<script type="text/html">{html.escape(QUOTE)}</script>', TWEET),
    (f'<script type="text/x-hidden">{coded(QUOTE)}</script>', TWEET),
    (f'<div class="hidden">{coded(QUOTE)}</div>', TWEET),
]


@pytest.mark.parametrize(("element", "expected"), HIDDEN)
def test_the_net_finds_what_no_row_knows(element: str, expected: str) -> None:
    """A platform's embed is found in whichever attribute, template or coding it is hidden."""
    page = f"<p>Before.</p>{element}<p>After.</p>"
    found = list(find_blocked(page))
    assert len(found) == 1
    assert found[0].vendor is None
    assert found[0].rule == "consent.net"
    assert page[found[0].start : found[0].end] == element
    assert expected in target(found[0]) or expected in quote(target(found[0]))


MAP = (
    '<div class="BorlabsCookie _brlbs-cb-googlemaps"><div class="borlabs-hide" data-borlabs-cookie-type='
    '"content-blocker" data-borlabs-cookie-id="googlemaps"><script type="text/template">'
    f"{coded('<iframe src=https://www.google.com/maps/embed></iframe>')}</script></div></div>"
)

# Ordinary parts of pages that name platforms, hold codes, or are embeds that nothing holds back.
ORDINARY = [
    f'<div data-url="https://twitter.com/intent/tweet?url={quote("https://example.com/a")}">Share</div>',
    '<div data-href="https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.com">Share</div>',
    f'<div data-url="https://twitter.com/intent/tweet?url={quote(TWEET, safe="")}">Share</div>',
    f'<div data-url="https://www.facebook.com/sharer/sharer.php?u={quote(TWEET, safe="")}">Share</div>',
    '<button data-share-url="https://twitter.com/jodoe/status/1123965874123658752">Copy</button>',
    '<div data-network="https://twitter.com/jodoe">Follow</div>',
    '<div data-profile="https://www.instagram.com/jodoe/">Follow</div>',
    '<div data-channel="https://www.youtube.com/channel/UCLA_DiR1FfKNvjuUpBHmylQ">Subscribe</div>',
    '<a class="twitter-follow-button" data-show-count="false" href="https://twitter.com/jodoe">Follow</a>',
    f'<a href="{TWEET}">the post</a>',
    f'<meta property="og:video" content="{VIDEO}">',
    QUOTE,
    FRAME,
    f'<iframe src="{VIDEO}" data-src="{VIDEO}"></iframe>',
    f'<iframe src="{VIDEO}" data-cookieblock-src="{VIDEO}" data-cookieconsent="marketing"></iframe>',
    '<amp-twitter data-tweetid="1123965874123658752" width="375" height="472"></amp-twitter>',
    '<div class="fb-post" data-href="https://www.facebook.com/jodoe/posts/10153231379946729"></div>',
    f'<script type="text/javascript">var embed = "{TWEET}";</script>',
    f"<!-- {FRAME} -->",
    '<script type="text/x-handlebars"><iframe src="https://www.youtube.com/embed/{{id}}"></iframe></script>',
    '<script type="text/plain" data-cookieconsent="statistics">ga("create");</script>',
    '<script type="text/plain" data-cookieyes="cookieyes-analytics" src="https://example.com/a.js"></script>',
    '<script data-uc-src="https://platform.twitter.com/widgets.js" data-usercentrics="Twitter Plugin"></script>',
    '<iframe data-src-cmplz="https://www.google.com/maps/embed?pb=1" data-service="google-maps"></iframe>',
    '<div class="cmplz-placeholder-element" data-service="openstreetmaps"><p>A map.</p></div>',
    MAP,
    '<template id="brlbs-cmpnt-cb-template-default"><p>Content of {{ name }}</p></template>',
    '<noscript><img src="https://www.facebook.com/tr?id=1&ev=PageView" width="1" height="1"></noscript>',
    '<img data-src="https://img.youtube.com/vi/aqz-KE-bpKQ/hqdefault.jpg">',
    '<div data-service="mail" data-id="newsletter">Sign up</div>',
    f'<img src="data:image/png;base64,{coded("<div>not an embed</div>")}">',
    "<p>We use BorlabsCookie and iframe data-src-cmplz on this page; see twitter.com for more.</p>",
]


@pytest.mark.parametrize("page", ORDINARY)
def test_ordinary_parts_of_a_page_are_not_placeholders(page: str) -> None:
    """Share buttons, profiles, maps, scripts and embeds that are not blocked are left alone."""
    assert list(find_blocked(f"<p>Before.</p>{page}<p>After.</p>")) == []


def test_ordinary_embeds_of_real_articles_are_not_placeholders() -> None:
    """None of the embeds that articles show is taken for a blocked one."""
    cases = Path(__file__).parent.parent.parent / "shared" / "cases" / "embeds.jsonl"
    if not cases.exists():
        pytest.skip("the real cases are not here")
    for line in cases.read_text(encoding="utf-8").splitlines():
        assert list(find_blocked(json.loads(line)["html"])) == []


def test_a_placeholder_that_hides_paragraphs_is_no_embed() -> None:
    """Business Insider hides the article's own prose in the same placeholder."""
    prose = html.escape("<p>The council met on <b>Monday</b>.</p><p>See https://twitter.com.</p>")
    page = (
        f'<div class="sourcepoint__social-placeholder" data-embed="{prose}"><p>Recommended content</p></div>'
    )
    assert list(find_blocked(page)) == []
    assert only(page.replace(prose, html.escape(f"<p>Look:</p>{QUOTE}"))).platform == "twitter"


@pytest.mark.parametrize(
    ("page", "platform"),
    [
        ('<div class="uc-embedding-wrapper"><h3>We need your consent for Instagram</h3></div>', "instagram"),
        ('<div data-testid="embed-message-gdpr"><p>Content of a social network.</p></div>', None),
        ('<div class="pb-widget-placeholder">Replaced: TikTok</div>', "tiktok"),
        ('<div class="embed-privacy-container" data-embed-provider="bluesky"></div>', "bluesky"),
        ('<div class="cmplz-consent-area" data-block_id="1"><p>Accept to see this.</p></div>', None),
    ],
)
def test_a_placeholder_without_a_payload_is_reported_as_such(page: str, platform: str | None) -> None:
    """Detected and nothing recoverable is a result: the platform where it is named, no address, no HTML."""
    element = only(f"<p>Before.</p>{page}<p>After.</p>")
    assert (element.platform, element.html, element.url, element.recovered) == (platform, None, None, False)
    assert element.confidence < 0.98


def test_spans_are_those_of_the_elements_and_of_what_they_show() -> None:
    """The span is the element with its tags; the note is what readers see in it."""
    element = (
        '<div class="cmplz-blocked-content-container"><div title="a > b"><p>Accept &amp; <b>see</b> it.</p></div>'
        f'<iframe data-src-cmplz="{VIDEO}" src="about:blank"></iframe></div>'
    )
    page = f"<div><p>Before.</p>{element}</div><div>After.</div>"
    found = only(page)
    assert page[found.start : found.end] == element
    assert found.note is not None
    assert page[slice(*found.note)] == "Accept &amp; <b>see</b> it."


def test_several_placeholders_come_in_their_order_and_apart() -> None:
    """Each placeholder of a page is one element, also where one follows the other at once."""
    one = f'<iframe data-src-cmplz="{VIDEO}"></iframe>'
    other = f'<div class="tweet" data-mod="tweet" data-url="{TWEET}"></div>'
    page = f"<p>A</p>{one}{one}<p>B</p>{other}"
    found = list(find_blocked(page))
    assert [page[element.start : element.end] for element in found] == [one, one, other]
    assert [element.vendor for element in found] == ["complianz", "complianz", "reach"]


def test_a_note_beside_its_frame_is_one_placeholder_with_it() -> None:
    """Vendors write the frame and the note about it side by side, or one in the other."""
    frame = f'<iframe class="fusion-hidden" data-privacy-src="{VIDEO}"></iframe>'
    note = '<div class="fusion-privacy-placeholder" data-privacy-type="youtube">Accept YouTube?</div>'
    for page in (f"{frame}\n{note}", f"{note}\n{frame}"):
        found = only(page)
        assert (found.start, found.end, found.platform) == (0, len(page), "youtube")
        assert found.note is not None
        assert page[slice(*found.note)] == "Accept YouTube?"


def test_a_frame_and_its_noscript_are_one_placeholder() -> None:
    """What stands there for readers without JavaScript is the same embed again."""
    page = f'<iframe class="lazy" data-src="{VIDEO}"></iframe> <noscript>{FRAME}</noscript>'
    found = only(page)
    assert (found.start, found.end) == (0, len(page))


def test_a_box_around_several_placeholders_gives_way_to_them() -> None:
    """Two frames in one consent area are two embeds."""
    frames = [f'<iframe data-cmp-src="{url}"></iframe>' for url in (VIDEO, VIDEO.replace("aqz", "bqz"))]
    page = f'<div class="cmplz-consent-area"><p>Accept?</p>{frames[0]}<p>and</p>{frames[1]}</div>'
    assert [page[found.start : found.end] for found in find_blocked(page)] == frames


def test_a_tweet_that_stays_in_the_page_is_recovered_as_it_stands() -> None:
    """Complianz marks the tweet's own element; its text is the post, not a note."""
    element = QUOTE.replace("twitter-tweet", "cmplz-placeholder-element twitter-tweet")
    found = only(f"<p>Before.</p>{element}")
    assert (found.html, found.platform, found.note) == (element, "twitter", None)


def test_an_element_that_holds_the_article_is_marked_by_its_tag_only() -> None:
    """A whole application's state in an attribute does not make the page a placeholder."""
    state = html.escape(json.dumps({"article": [{"html": QUOTE}]}))
    page = f'<div id="app" data-page="{state}">{"<p>The council met on Monday.</p>" * 100}</div>'
    found = only(page)
    assert page[found.start : found.end] == page[: page.index("<p>")]
    assert found.note is None


def test_the_state_of_a_page_is_given_out_only_where_it_must_be_meant() -> None:
    """As many embeds in the state as notes: one each, in their order. Else which is which is not known."""
    note = '<div data-testid="embed-message-gdpr"><p>Content of a social network.</p></div>'
    other = TWEET.replace("1123", "1124")
    state = json.dumps({"body": [{"url": TWEET}, {"text": "More."}, {"url": other}]})
    script = f"<script>window.__STATE__ = {state};</script>"
    assert [found.url for found in find_blocked(f"{note}<p>More.</p>{note}{script}")] == [TWEET, other]
    assert [found.url for found in find_blocked(f"{note}{script}")] == [None]


def test_markup_inside_an_attribute_is_not_a_part_of_the_page() -> None:
    """HTML in an attribute may hold tags and brackets; the element ends where the page closes it."""
    element = (
        f"<div class='load-later' data-content='{quote(FRAME)}' data-note=\"<div> <b>\"><p>Load</p></div>"
    )
    page = f"{element}</div><p>After.</p>"
    found = only(page)
    assert page[found.start : found.end] == element
