"""Posts are found in text and in HTML, with exact spans, and with the note that stands beside them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from growth import LIMIT, growth
from hypothesis import given
from hypothesis import strategies as st

from resolver import Document, Embed, Kind, Role, scan
from resolver.detect.page_text import page_text

NOTE = "Twitter wordt niet geladen omdat je geen toestemming hebt gegeven. Klik hier om het aan te passen."
POST = "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234"
BY = "Jo Doe (@jodoe)"
ID = 1123938128600682496  # 2 May 2019


def found(text: str) -> list[tuple[str, str | None, str | None, bool]]:
    return [(embed.kind.value, embed.handle, embed.text, embed.blocked is not None) for embed in scan(text)]


@pytest.mark.parametrize(
    "attribution",
    [
        f"— {BY} May 2, 2019",
        f"– {BY} May 2, 2019",
        f"-- {BY} May 2, 2019",
        f"--- {BY} May 2, 2019",
        f"―{BY} May 2, 2019",
        f"&mdash; {BY} May 2, 2019",
        f"\n— {BY} May 2, 2019",
        f"\n\n— {BY} May 2, 2019",
        "\n— Jo\nDoe\n(@jodoe)\nMay 2,\n2019",
        f"— {BY} 2 mei 2019",
        f"— {BY} 2. Mai 2019",
        f"— {BY} 2019年5月2日",
    ],
)
def test_an_attribution_is_found_in_its_forms(attribution: str) -> None:
    """Dashes, breaks and languages differ; name, handle, day and text do not."""
    (embed,) = scan(f"News of the day.\n\n{POST} {attribution}\n\nMore news.")
    assert (embed.author, embed.handle, embed.posted) == ("Jo Doe", "jodoe", date(2019, 5, 2))
    assert embed.text == POST
    assert embed.quote.startswith(POST)
    assert embed.suffix == "\n\nMore news."


def test_a_dash_glued_to_the_text_ends_the_text() -> None:
    """Extractors that drop white space glue the dash on."""
    (embed,) = scan(f"The bridge opens early.— {BY} May 2, 2019The next story")
    assert (embed.text, embed.posted, embed.suffix) == (
        "The bridge opens early.",
        date(2019, 5, 2),
        "The next story",
    )


def test_a_post_linked_in_markdown_is_named_by_the_article() -> None:
    """The address under the date holds the id, and so the exact time."""
    target = f"https://twitter.com/jodoe/status/{ID}?ref_src=twsrc%5Etfw"
    (embed,) = scan(f"{POST} — {BY} [May 2, 2019]({target})\n\nMore.")
    assert (embed.post_id, embed.attested_by.value) == (str(ID), "article")
    assert embed.posted_at is not None
    assert [check.passed for check in embed.checks] == [True, True]
    assert embed.quote.endswith(f"({target})")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The harbour reopened on 2 May 2019.",
        "By Jo Doe (@jodoe) and others, who were there.",
        "Follow us (@harbour) for more. The next ship arrives on May 2, 2019.",
        "The tide — as Jo Doe (@jodoe) wrote — was high.",
        "— Jo Doe, 2019",
        "Contact: press office (@harbour) 2 Quay Street",
        "Lees ook: haven krijgt walstroom\n\nHeb je een tip? Schrijf naar de redactie.",
        "Klik hier om het aan te passen.",
    ],
)
def test_ordinary_text_holds_no_embed(text: str) -> None:
    """Handles, dashes, dates and everyday wording alone are not embeds."""
    assert scan(text) == ()


def test_a_date_inside_a_post_is_not_its_date() -> None:
    """Only the date after the handle counts."""
    (embed,) = scan(f"It closed on 10 August 2018 already. — {BY} May 2, 2019")
    assert embed.posted == date(2019, 5, 2)


@pytest.mark.parametrize("printed", ["June 31, 2019", "May 2, 1931", "May 2, 2199"])
def test_an_impossible_date_is_no_date(printed: str) -> None:
    """Without a possible date, and with more text after it, an attribution is not one."""
    assert scan(f"{POST} — {BY} {printed} and so on, as it was told.") == ()


def test_a_post_without_a_date_is_found_with_less_confidence() -> None:
    """Where the date was lost, the paragraph must end with the handle."""
    (embed,) = scan(f"{POST} — {BY}\n\nMore.")
    assert (embed.posted, embed.rule) == (None, "twitter.attribution_undated")
    assert embed.confidence < 0.9


@pytest.mark.parametrize(
    ("text", "embeds"),
    [
        (f"{NOTE}\n\n{POST} — {BY} May 2, 2019", [("leftover", "jodoe", POST, True)]),
        (f"{NOTE} {POST} — {BY} May 2, 2019", [("leftover", "jodoe", POST, True)]),
        (f"{POST} — {BY} May 2, 2019\n\n{NOTE}", [("leftover", "jodoe", POST, True)]),
        (NOTE, [("placeholder", None, None, True)]),
        (f"{NOTE}\n\n{NOTE}", [("placeholder", None, None, True)] * 2),
        (
            f"{NOTE}\n\nWords between.\n\n{POST} — {BY} May 2, 2019",
            [("placeholder", None, None, True), ("leftover", "jodoe", POST, False)],
        ),
        (
            f"{NOTE}\n\n{POST} — {BY} May 2, 2019\n\n{NOTE}\n\nSecond. — {BY} May 3, 2019",
            [("leftover", "jodoe", POST, True), ("leftover", "jodoe", "Second.", True)],
        ),
        (
            f"First. — {BY} May 2, 2019 Second. — Al Roe (@alroe) May 3, 2019",
            [("leftover", "jodoe", "First.", False), ("leftover", "alroe", "Second.", False)],
        ),
    ],
)
def test_a_note_and_the_post_beside_it_are_one_embed(
    text: str, embeds: list[tuple[str, str | None, str | None, bool]]
) -> None:
    """Nothing but white space may stand between them; a note alone is an embed of its own."""
    assert found(text) == embeds


def page(body: str) -> str:
    return f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>"


BLOCKQUOTE = (
    '<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">The bridge opens &amp; we ride.<br>Thanks '
    '<a href="https://twitter.com/alroe">@alroe</a>! '
    '<a href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> '
    '<a href="https://t.co/Kf7Qm2Lx9R">https://t.co/Kf7Qm2Lx9R</a> '
    '<a href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p>&mdash; Jo Doe (@jodoe) '
    f'<a href="https://twitter.com/jodoe/status/{ID}?ref_src=twsrc%5Etfw">May 2, 2019</a></blockquote>'
)


def test_a_blockquote_is_read_with_all_its_fields() -> None:
    """The embed's own markup says everything, and its span is that of the element in the source."""
    source = page(f"<p>News.</p>\n{BLOCKQUOTE}\n<script async src=x></script><p>More.</p>")
    (embed,) = scan(source)
    assert (embed.kind, embed.platform, embed.rule) == (Kind.MARKUP, "twitter", "twitter.blockquote")
    assert source[embed.start : embed.end] == embed.quote == BLOCKQUOTE
    assert embed.text == (
        "The bridge opens & we ride.\nThanks @alroe! #Harbour https://t.co/Kf7Qm2Lx9R pic.twitter.com/AbCdEf1234"
    )
    assert (embed.author, embed.handle, embed.posted) == ("Jo Doe", "jodoe", date(2019, 5, 2))
    assert (embed.post_id, embed.post_url) == (str(ID), f"https://twitter.com/jodoe/status/{ID}")
    assert embed.posted_at is not None
    assert [check.passed for check in embed.checks] == [True, True]
    assert (embed.hashtags, embed.mentions) == (("Harbour",), ("alroe",))
    assert [(link.role, link.written) for link in embed.links] == [
        (Role.PROFILE, "@alroe"),
        (Role.HASHTAG, "#Harbour"),
        (Role.LINK, "https://t.co/Kf7Qm2Lx9R"),
        (Role.MEDIA, "pic.twitter.com/AbCdEf1234"),
        (Role.POST, f"https://twitter.com/jodoe/status/{ID}?ref_src=twsrc%5Etfw"),
    ]


def test_a_note_beside_markup_belongs_to_it() -> None:
    """The element that was held back is still in the page, behind the note."""
    (embed,) = scan(page(f"<div class=note><p>{NOTE}</p></div><div>{BLOCKQUOTE}</div>"))
    assert embed.kind is Kind.MARKUP
    assert embed.blocked is not None
    assert embed.blocked.quote == NOTE


def test_a_flattened_post_in_a_page_has_its_span_in_the_source() -> None:
    """The quote is the source as it stands there, tags and references included."""
    source = page(f"<p>News.</p><p>The bridge &amp; <b>more</b>. &mdash; {BY} May 2, 2019</p><p>End.</p>")
    (embed,) = scan(source)
    assert (embed.kind, embed.text) == (Kind.LEFTOVER, "The bridge & more.")
    assert source[embed.start : embed.end] == embed.quote
    assert embed.quote == f"The bridge &amp; <b>more</b>. &mdash; {BY} May 2, 2019"


def test_what_a_page_does_not_show_is_not_read() -> None:
    """Scripts, comments and attributes are not the page's text."""
    hidden = f"{POST} — {BY} May 2, 2019"
    assert (
        scan(page(f"<script>var x = '{hidden}'</script><!-- {hidden} --><p title='{hidden}'>News.</p>")) == ()
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<br>b", "a\nb"),
        ("a <b>b</b>c", "a bc"),
        ("1 &lt; 2 &unknown; &#8212;", "1 < 2 &unknown; —"),
        ("a < b > c", "a < b > c"),
        ("<p title='x > y'>a</p>", "a"),
        ("a<style>p{}</style>b<script>c</script>d<script>e", "abde"),
        ("<!-- a -->b<!-- c", "b"),
        ("a<!doctype b>c", "ac"),
    ],
)
def test_the_text_of_a_page(source: str, text: str) -> None:
    """Blocks are paragraphs, references are characters, and bare `<` are themselves."""
    assert page_text(source).text == text


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "a", " ", "&amp;", "&", "<", ">", "é", "<br>", "<script>", "'"]
        )
    )
)
def test_every_character_of_a_pages_text_is_where_it_is_said_to_be(pieces: list[str]) -> None:
    """Whatever the source, the span of a character holds it, as it is or as a reference."""
    source = "".join(pieces)
    read = page_text(source)
    for offset, character in enumerate(read.text):
        if not character.isspace():
            start, end = read.source_span(offset, offset + 1)
            assert source[start:end] in {character, "&amp;"}


def spans_quote(text: str, embeds: tuple[Embed, ...]) -> bool:
    return all(
        text[embed.start : embed.end] == embed.quote
        and (embed.blocked is None or text[embed.blocked.start : embed.blocked.end] == embed.blocked.quote)
        for embed in embeds
    )


@given(
    st.lists(
        st.sampled_from([POST, f"— {BY}", "May 2, 2019", NOTE, "\n\n", " ", "\n", "Words.", "\x00", "\ud800"])
    )
)
def test_every_span_quotes_the_text_and_none_overlap(pieces: list[str]) -> None:
    """Whatever is put together, quotes are exact and embeds stand apart."""
    text = "".join(pieces)
    embeds = scan(Document(id="x", text=text))
    assert spans_quote(text, embeds)
    for before, after in pairwise(embeds):
        assert before.end <= after.start


@given(st.text())
def test_any_text_can_be_scanned(text: str) -> None:
    """No text is an error, as text or as HTML."""
    assert spans_quote(text, scan(Document(id="x", text=text)))
    assert spans_quote(text, scan(Document(id="x", html=text)))


ATTACKS = {
    "dashes": "—",
    "open handles": "— a (@",
    "handles": "(@a)",
    "names": "— " + "a " * 30,
    "empty lines": "\n \n",
    "tags": "<b ",
    "comments": "<!--",
    "scripts": "<script>",
    "attributes": "<a href='",
    "blockquotes": "<blockquote class=twitter-tweet>",
    "nested": "<div>",
    "references": "&am",
    "notes": "Twitter wordt niet geladen omdat je geen ",
    "nothing": "\0",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_time_grows_with_the_length_of_the_input_and_no_faster(attack: str) -> None:
    """Sixteen times the input takes less than forty times as long, for what is made to be slow."""

    def run(size: int) -> None:
        text = attack * (size // len(attack))
        scan(Document(id="x", text=text))
        scan(Document(id="x", html=text))

    assert growth(run, 15_000) < LIMIT
