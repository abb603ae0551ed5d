"""Embeds are found in HTML in every form that platforms and content systems give them, each once, with exact spans."""

from __future__ import annotations

import html
import json
import re
import time
from collections import Counter
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from growth import LIMIT, growth
from hypothesis import given
from hypothesis import strategies as st

from resolver.detect.markup import find_markup
from resolver.models import Embed, Kind, Role
from resolver.platforms import names, platform
from resolver.platforms.wrappers import COMMENTS, WRAPPERS

if TYPE_CHECKING:
    from resolver.platforms.samples.sample import Sample

TODAY = date(2026, 11, 1)
REAL_CASES = Path(__file__).parent.parent.parent / "shared" / "cases" / "embeds.jsonl"

ID = "1123938128600682496"
ADDRESS = f"https://twitter.com/jodoe/status/{ID}"
OTHER = "https://twitter.com/alroe/status/1123938128600682497"
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Low tide. <a href="https://t.co/AbCdEf1234">'
    f'pic.twitter.com/AbCdEf1234</a></p>&mdash; Jo Doe (@jodoe) <a href="{ADDRESS}">May 2, 2019</a></blockquote>'
)
VIDEO = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'


def found(source: str) -> list[Embed]:
    return list(find_markup("a", source, today=TODAY))


def samples(name: str) -> tuple[Sample, ...]:
    return tuple(import_module(f"resolver.platforms.samples.{name}").EMBEDS)


def plain(value: Any) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return None if value is None else str(value)


CASES = [
    pytest.param(name, sample, id=f"{name}{number}")
    for name in names()
    for number, sample in enumerate(samples(name))
]


@pytest.mark.parametrize(("name", "sample"), CASES)
def test_an_embed_is_read_as_its_sample_says(name: str, sample: Sample) -> None:
    """Every sample of every platform's file comes out as it says there, and is of that platform."""
    embeds = found(f"<p>Words before.</p>{sample.case}<p>Words after.</p>")
    if not sample.found:
        assert embeds == []
        return
    (embed,) = embeds
    assert (embed.platform, embed.kind) == (name, Kind.MARKUP)
    assert {field: plain(getattr(embed, field)) for field in sample.found} == sample.found


@pytest.mark.parametrize("colons", ["std::tweet[{}]", "a:tweet[{}]", "::tweeted[{}]", "::tweet {{}}"])
def test_colons_are_no_directive_everywhere(colons: str) -> None:
    """A directive begins its line and names what it embeds."""
    assert found(colons.format(ADDRESS)) == []


@pytest.mark.parametrize("name", names())
def test_every_form_of_element_has_a_sample(name: str) -> None:
    """A row without a sample is not known to work."""
    named = {sample.found.get("rule") for sample in samples(name)}
    assert samples(name)
    missing = {f"{name}.{element.rule}" for element in platform(name).elements} - named
    assert missing == set()


@pytest.mark.parametrize("wrapper", [*WRAPPERS, *COMMENTS], ids=lambda wrapper: wrapper.sample[:40])
def test_a_wrapper_is_part_of_its_embed(wrapper: Any) -> None:
    """What a content system puts around an embed belongs to its span."""
    (embed,) = found(f"<p>Words.</p>{wrapper.sample}<p>Words.</p>")
    assert embed.quote == wrapper.sample


@pytest.mark.parametrize(
    "around",
    [
        '<figure class="wp-block-embed is-provider-twitter"><div class="wp-block-embed__wrapper">{}</div></figure>',
        '<figure class="wp-block-embed"><div class="embed-twitter">{}</div></figure>',
        '<!-- wp:embed {{"url":"'
        + ADDRESS
        + '"}} --><figure class="wp-block-embed">{}</figure><!-- /wp:embed -->',
        '<!--kg-card-begin: embed--><figure class="kg-card kg-embed-card">{}</figure><!--kg-card-end: embed-->',
        '<figure class="op-interactive"><iframe>{}</iframe></figure>',
        "<blockquote class='twitter-tweet'>{}</blockquote>",
    ],
)
def test_a_post_within_wrappers_is_one_embed(around: str) -> None:
    """The span is the outermost, the fields are those of the embed inside."""
    source = around.format(TWEET)
    (embed,) = found(f"<p>Words.</p>\n{source}\n<p>Words.</p>")
    assert embed.quote == source
    assert (embed.handle, embed.posted, embed.post_id) == ("jodoe", date(2019, 5, 2), ID)
    assert embed.text == "Low tide. pic.twitter.com/AbCdEf1234"


def test_the_same_post_at_two_places_is_two_embeds() -> None:
    """An article may show a post again."""
    assert [embed.post_id for embed in found(f"{TWEET}<p>Later.</p>{TWEET}")] == [ID, ID]


def test_a_wrapper_around_several_posts_is_part_of_none() -> None:
    """A gallery of posts is not one post."""
    source = f'<figure class="wp-block-embed">{TWEET}{TWEET.replace(ADDRESS, OTHER)}</figure>'
    embeds = found(source)
    assert [embed.post_url for embed in embeds] == [ADDRESS, OTHER]
    assert embeds[0].quote == TWEET


def test_an_unclosed_element_ends_where_the_next_begins() -> None:
    """A forgotten end tag costs one embed nothing, and the next one neither."""
    embeds = found(TWEET.removesuffix("</blockquote>") + TWEET.replace(ADDRESS, OTHER))
    assert [embed.post_url for embed in embeds] == [ADDRESS, OTHER]


@pytest.mark.parametrize(
    "escape",
    [
        json.dumps,
        lambda markup: json.dumps(json.dumps(markup)),
        lambda markup: json.dumps(markup).replace("<", "\\u003c").replace(">", "\\u003E"),
        lambda markup: json.dumps(markup).replace("</", "<\\/"),
        lambda markup: json.dumps(json.dumps(markup).replace("<", "\\u003c")),
        html.escape,
        lambda markup: html.escape(html.escape(markup)),
        lambda markup: html.escape(json.dumps(markup)),
        lambda markup: markup.replace("<", "\\x3c").replace(">", "\\x3e").replace('"', '\\"'),
    ],
)
def test_escaped_markup_is_read_and_its_span_is_the_escaped_run(escape: Any) -> None:
    """Pages built by scripts hold their embeds escaped, once or more; astral characters come back whole."""
    markup = TWEET.replace("Low tide.", "Low tide \N{WATER WAVE}.")
    source = f"<script>var page = {{'body': {escape('<p>Words.</p>' + markup + '<p>End.</p>')}}}</script>"
    (embed,) = found(source)
    assert (embed.handle, embed.posted, embed.post_id) == ("jodoe", date(2019, 5, 2), ID)
    assert embed.text == "Low tide \N{WATER WAVE}. pic.twitter.com/AbCdEf1234"
    assert source[embed.start : embed.end] == embed.quote
    assert re.match(r"\S{1,12}?blockquote", embed.quote)
    assert "End." not in embed.quote


def test_an_escaped_copy_of_a_post_that_the_page_shows_is_not_a_second_embed() -> None:
    """The state of a script repeats what the page shows."""
    (embed,) = found(f"<script>{json.dumps(TWEET)}</script>{TWEET}<script>{json.dumps(TWEET)}</script>")
    assert embed.quote == TWEET


@pytest.mark.parametrize("name", ["pre", "code", "textarea"])
def test_markup_that_is_shown_as_code_embeds_nothing(name: str) -> None:
    """Articles explain how posts are embedded."""
    assert found(f"<{name}>{html.escape(TWEET)}</{name}><{name}>[embed]{ADDRESS}[/embed]</{name}>") == []


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<p>Follow us on <a href='https://twitter.com/jodoe'>Twitter</a>.</p>",
        f"<p>As <a href='{ADDRESS}'>Jo Doe wrote</a>, the tide was low.</p>",
        "<blockquote><p>Low tide.</p>— Jo Doe</blockquote>",
        "<blockquote class='twitter-tweet'></blockquote>",
        "<blockquote class='twitter-tweet'><p>Low tide.</p></blockquote>",
        '<a class="twitter-timeline" href="https://twitter.com/jodoe">Posts by jodoe</a>',
        '<iframe src="https://example.com/?v=dQw4w9WgXcQ&site=youtube.com"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fharbour"></iframe>',
        '<div class="tweet">Post</div><div class="tweet" data-attrs="{bad json">x</div>',
        f'<figure class="media"><img src="1.jpg"><figcaption>By <a href="{ADDRESS}">Jo</a></figcaption></figure>',
        "{{</* tweet 1123938128600682496 */>}} [tweet] {% tweet %}",
    ],
)
def test_what_only_looks_like_an_embed_is_none(source: str) -> None:
    """Links to posts, buttons and timelines embed no post."""
    assert found(source) == []


def test_links_keep_their_addresses_and_say_what_they_are_for() -> None:
    """The address asked for later is the one that the page links to, not the words shown."""
    (embed,) = found(
        '<blockquote class="twitter-tweet"><p>By <a href="https://twitter.com/alroe">@alroe</a>: '
        '<a href="https://twitter.com/search?q=%23Harbour&amp;src=hash">#Harbour</a> '
        '<a href="http://t.co/F62qwk1i" title="https://example.com/a">example.com/a</a> pic.x.com/GhIjKl5678'
        f'</p>&mdash; Jo Doe (@jodoe) <a href="{ADDRESS}">May 2, 2019</a></blockquote>'
    )
    assert [(link.role, link.url, link.written) for link in embed.links] == [
        (Role.PROFILE, "https://twitter.com/alroe", "@alroe"),
        (Role.HASHTAG, "https://twitter.com/search?q=%23Harbour&src=hash", "#Harbour"),
        (Role.LINK, "http://t.co/F62qwk1i", "example.com/a"),
        (Role.MEDIA, "https://t.co/GhIjKl5678", "pic.x.com/GhIjKl5678"),
        (Role.POST, ADDRESS, ADDRESS),
    ]
    assert (embed.hashtags, embed.mentions) == (("Harbour",), ("alroe",))


PIECES = [
    TWEET,
    VIDEO,
    html.escape(TWEET),
    json.dumps(TWEET),
    '<figure class="wp-block-embed">',
    "</figure>",
    "<div class=embed-twitter>",
    "</div>",
    "<blockquote class=twitter-tweet>",
    "</blockquote>",
    "<!-- wp:embed {} -->",
    "<!-- /wp:embed -->",
    f"[embed]{ADDRESS}[/embed]",
    f"<a href='{OTHER}'>",
    "Words.",
    "<pre>",
    "\\",
    "\x00",
    "\ud800",
]


@given(st.lists(st.sampled_from(PIECES)))
def test_embeds_stand_apart_and_quote_the_source(pieces: list[str]) -> None:
    """Whatever is put together, quotes are exact, and embeds come in order and do not overlap."""
    source = "".join(pieces)
    embeds = found(source)
    for embed in embeds:
        assert source[embed.start : embed.end] == embed.quote != ""
    for before, after in pairwise(embeds):
        assert before.end <= after.start


LITERALS = [literal for name in names() for literal in platform(name).literals]


@given(
    st.lists(
        st.text(max_size=8)
        | st.sampled_from([*LITERALS, "<iframe src='//", "<blockquote class='", "'>", "</"])
    )
)
def test_any_text_can_be_read(pieces: list[str]) -> None:
    """No source is an error."""
    assert isinstance(found("".join(pieces)), list)


ATTACKS = {
    "nested": "<div class=twitter-tweet>",
    "unclosed": "<blockquote class=twitter-tweet>",
    "unclosed with a link": f"<blockquote class=twitter-tweet><a href={ADDRESS}>",
    "closed without a post": "<blockquote class=twitter-tweet>x</blockquote>",
    "escaped": '\\u003cblockquote class=\\"twitter-tweet\\"\\u003e',
    "escaped entities": "&lt;blockquote class=&quot;twitter-tweet&quot;&gt;",
    "escaped and closed": "&lt;blockquote&gt;twitter&lt;/blockquote&gt;",
    "backslashes": "twitter\\\\\\\\",
    "quotes": "<iframe src='twitter",
    "both quotes": "<iframe a='<iframe b=\"twitter",
    "attributes": "<iframe twitter " + "a " * 50,
    "wrappers": "<figure class=wp-block-embed>twitter",
    "closed wrappers": "<figure class=wp-block-embed>https://twitter.com/jo/status/</figure>",
    "comments": "<!-- wp:embed twitter",
    "closed comments": "<!-- wp:embed twitter -->",
    "shortcodes": "[tweet ",
    "liquid": "{% tweet ",
    "hugo": "{{< tweet ",
    "frames": '<iframe src="https://www.facebook.com/plugins/post.php?href=' + "a&href=" * 20 + '">',
    "code": "<pre>[embed]https://twitter.com/jo/status/20[/embed]",
    "dashes": "<blockquote class=instagram-media>" + "A post shared by — " * 20 + "(@a</blockquote>",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_time_grows_with_the_length_of_the_source_and_no_faster(attack: str) -> None:
    """Sixteen times the source takes less than forty times as long, for what is made to be slow."""

    assert growth(lambda size: found(attack * (size // len(attack))), 15_000) < LIMIT


@pytest.mark.parametrize(
    "source",
    [
        "<figure class=wp-block-embed>" * 100_000 + TWEET + "</figure>" * 100_000,
        "<blockquote class=twitter-tweet>" * 20_000 + TWEET + "</blockquote>" * 20_000,
        "<blockquote class=twitter-tweet>" + "<b>" * 100_000 + TWEET + "</blockquote>",
        "<script>" + json.dumps(["twitter " + "x" * 1000] * 1000) + "</script>" + TWEET,
    ],
    ids=["wrappers", "blockquotes", "tags", "json"],
)
def test_deep_and_long_pages_are_read_in_seconds(source: str) -> None:
    """A hundred thousand tags within one another neither crash nor hang it."""
    begun = time.process_time()
    found(source)
    assert time.process_time() - begun < 10


def token_f1(ours: str | None, theirs: str | None) -> float:
    mine, other = Counter((ours or "").split()), Counter((theirs or "").split())
    if not mine and not other:
        return 1.0
    return 2 * (mine & other).total() / (mine.total() + other.total())


def real_cases() -> list[dict[str, Any]]:
    if not REAL_CASES.exists():
        pytest.skip(f"the labelled cases are not here: {REAL_CASES}")
    with REAL_CASES.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_real_embeds_are_found_and_read() -> None:
    """Of 282 real embeds every one is found with its handle, day, id, links, hashtags, mentions and text."""
    wrong = []
    shares = []
    for row in real_cases():
        truth = row["truth"]
        source = f"<p>Words.</p>{row['html']}<p>Words.</p>"
        (embed,) = found(source)
        shares.append(token_f1(embed.text, truth["text"]))
        read = {
            "quote": embed.quote == row["html"],
            "handle": truth["handle"] is None or embed.handle == truth["handle"],
            "id": truth["status_id"] in {embed.post_id, "videoseries"},
            "author": row["platform"] == "youtube" or embed.author == truth["name"],
            "day": truth["date_iso_from_snowflake"] in {None, plain(embed.posted)},
            "links": Counter(
                link.url for link in embed.links if link.url and re.match(r"https?://t\.co/", link.url)
            )
            == Counter(truth["tco_links"]),
            "media": [link.written for link in embed.links if link.written.startswith("pic.")]
            == truth["pic_links"],
            "hashtags": embed.hashtags == tuple(dict.fromkeys(tag[1:] for tag in truth["hashtags"])),
            # The labels name the author too where a post mentions its own.
            "mentions": embed.mentions
            == tuple(dict.fromkeys(name[1:] for name in truth["mentions"] if name[1:] != embed.handle)),
        }
        wrong += [f"{row['id']}.{field}" for field, right in read.items() if not right]
    assert wrong == []
    assert sum(shares) / len(shares) >= 0.99
