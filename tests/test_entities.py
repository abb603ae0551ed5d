"""What is found inside a post's text, beyond the platform's own cases, and what it costs to look for it."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver import entities
from resolver.entities import (
    cashtags,
    hashtags,
    is_valid_hashtag,
    is_valid_list,
    is_valid_url,
    is_valid_username,
    links_in_post,
    mentions,
    mentions_or_lists,
    reply,
    urls,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# Codes of ten letters as they are today, and of eight as they were until 2013.
TEN, OTHER, EIGHT = "AbCdEf1234", "GhIjKl5678", "Mn0pQr5t"
LINK, MEDIA = f"https://t.co/{TEN}", f"https://t.co/{OTHER}"


def found(text: str) -> list[tuple[str, str | None, str]]:
    return [(link.written, link.url, str(link.role)) for link in links_in_post(text)]


def test_public_names_are_sorted_and_exist() -> None:
    """What ``__all__`` promises can be imported."""
    assert list(entities.__all__) == sorted(entities.__all__)
    assert all(hasattr(entities, name) for name in entities.__all__)


@pytest.mark.parametrize(
    "before", ["on 10 August:", "word", "5", "(", "“", "見る", "/ ", "\n", "[7]", "pic", "\u202a", "!", ""]
)
def test_a_short_link_is_found_whatever_stands_before_it(before: str) -> None:
    """Extractors glue links to the word before them."""
    assert found(f"{before}{LINK} end") == [(LINK, LINK, "link")]


@pytest.mark.parametrize(
    "after",
    [
        "— Jo",
        "Jo Doe",
        "jo",
        "7th",
        "é",
        "日本",
        "'dan",
        "@jo",
        ".",
        ",",
        "?",
        "…"[:0],
        " …",
        " ...",
        "\u2069",
        ")",
    ],
)
@pytest.mark.parametrize(
    ("written", "url", "role"), [(LINK, LINK, "link"), (f"pic.twitter.com/{OTHER}", MEDIA, "media")]
)
def test_a_code_of_ten_letters_ends_there(written: str, url: str, role: str, after: str) -> None:
    """Whatever is glued to a code of ten letters, word or sign, is not part of it."""
    assert found(f"See {written}{after}") == [(written, url, role)]


@pytest.mark.parametrize("code", [TEN, EIGHT, "aB3dE5g"])
def test_links_glued_to_links_are_told_apart(code: str) -> None:
    """A code ends where the next link begins, old and new codes alike, though letters follow letters."""
    picture = f"pic.twitter.com/{OTHER}"
    assert found(f"{LINK[:13]}{code}{picture}{LINK}") == [
        (f"https://t.co/{code}", f"https://t.co/{code}", "link"),
        (picture, MEDIA, "media"),
        (LINK, LINK, "link"),
    ]


SHORT_FORMS = [
    (f"http://t.co/{EIGHT}", f"http://t.co/{EIGHT}", "link"),
    (f"HTTPS://T.CO/{TEN}", LINK, "link"),
    (f"https://www.t.co/{TEN}", LINK, "link"),
    (f"t.co/{TEN}", LINK, "link"),
    (f"{LINK}?amp=1", f"{LINK}?amp=1", "link"),
    (f"pic.x.com/{OTHER}", MEDIA, "media"),
    (f"Pic.Twitter.com/{OTHER}", MEDIA, "media"),
    (f"http://pic.twitter.com/{OTHER}", MEDIA, "media"),
    (f"https://pic.x.com/{OTHER}", MEDIA, "media"),
    (f"https://t.co/\n    {TEN}", LINK, "link"),
    (f"https://t.co\n    /{TEN}", LINK, "link"),
    (f"https:\n    //t.co/{TEN}", LINK, "link"),
    (f"https:/ \r\n> /t.co/{TEN}", LINK, "link"),
    (f"pic.twitter.com/\n    {OTHER}", MEDIA, "media"),
    (f"pic.twitter.com\n> > /{OTHER}", MEDIA, "media"),
]


@pytest.mark.parametrize(("written", "url", "role"), SHORT_FORMS)
def test_forms_of_short_links(written: str, url: str, role: str) -> None:
    """A short link keeps its scheme and code; a picture's is one too; breaks at its joints are closed."""
    assert found(f"Look: {written} (Jo)") == [(written, url, role)]


@pytest.mark.parametrize("text", [f"foot.co/{TEN}", f"jo@t.co/{TEN}", f"-t.co/{TEN}", f"#t.co/{TEN}"])
def test_without_a_scheme_a_short_link_needs_a_free_place(text: str) -> None:
    """The end of another host, of an address of mail or of a tag is no short link."""
    assert [link for link in found(text) if link[1] == LINK] == []


CUT_OFF = [
    "https://t.co/AbCd…",
    "https://t.co/AbCd...",
    f"{LINK}…",
    f"{LINK}...",
    "https://t.co/AbCdEf123",
    "https://t.co/AbC",
    "https://t.co/…",
    "https://t.co/",
    "https://t.co",
    "t.co/AbC…",
    "https://t.c…",
    "https://…",
    "http://…",
    "http:…",
    "https…",
    "https://www.exam…",
    "https://www.exam...",
    "http://a_b.com,example.com/a…",
    "https://example.co…",
    "https://example.com/some/pa…",
    "https://example.com/some/pa...",
    "example.com/some/pa…",
]
CUT_OFF_MEDIA = [
    "pic.twitter.com/QtS…",
    "pic.twitter.com/…",
    "pic.twitter.com…",
    "pic.twit…",
    "pic.x…",
    "pic.x.c...",
]


@pytest.mark.parametrize(
    ("written", "role"), [(row, "link") for row in CUT_OFF] + [(row, "media") for row in CUT_OFF_MEDIA]
)
def test_a_link_that_is_cut_off_is_never_completed(written: str, role: str) -> None:
    """It is reported as it is written, its ellipsis included, without an address to follow."""
    link, *others = links_in_post(f"Jo: see {written}")
    assert (link.written, link.url, str(link.role), link.truncated) == (written, None, role, True)
    assert others == []


@pytest.mark.parametrize(
    "text",
    [
        "see pic… there",
        "pic.tv… there",
        "HTTPS… there",
        "the https... part",
        "the xhttps… part",
        "https:…"[:6],
    ],
)
def test_an_ellipsis_behind_a_word_is_no_link(text: str) -> None:
    """Only what can be nothing but the beginning of a link is one that was cut off."""
    assert found(text) == []


@pytest.mark.parametrize("wrapped", ["Government", "government", "Friendly", "AbCdEf12345", "A"])
def test_a_word_on_the_next_line_is_not_taken_for_a_code(wrapped: str) -> None:
    """After a line break only what looks like a code continues a short link."""
    (link,) = links_in_post(f"See https://t.co/\n{wrapped} says so")
    assert (link.written, link.truncated) == ("https://t.co/", True)


MARKDOWN = [
    (f"[pic.twitter.com/{OTHER}](https://t.co/{OTHER})", f"pic.twitter.com/{OTHER}", MEDIA, "media"),
    (
        f"[pic.twitter.com/{OTHER}](https://x.com/jo/status/7/photo/1)",
        f"pic.twitter.com/{OTHER}",
        None,
        "media",
    ),
    (f"[{LINK}]({LINK})", LINK, LINK, "link"),
    (f"<{LINK}>", LINK, LINK, "link"),
    (f"[example.com/2019/…]({LINK})", "example.com/2019/…", LINK, "link"),
    (f'[a page]({LINK} "A title")', "a page", LINK, "link"),
    ("[@jo](https://twitter.com/jo?ref_src=tw)", "@jo", "https://twitter.com/jo?ref_src=tw", "profile"),
    (
        "[#tag](https://twitter.com/hashtag/tag?src=hash)",
        "#tag",
        "https://twitter.com/hashtag/tag?src=hash",
        "hashtag",
    ),
    ("[May 2,\n> 2019](https://x.com/jo/status/7)", "May 2,\n> 2019", "https://x.com/jo/status/7", "post"),
    ("[a](https://example.com/b-\n> c_(d))", "a", "https://example.com/b-c_(d)", "link"),
    ("<https://example.com/b-\nc>", "https://example.com/b-\nc", "https://example.com/b-c", "link"),
    (r"[a](https://example.com/b\_c)", "a", "https://example.com/b_c", "link"),
    (r"https://example.com/b\_c\_d.", r"https://example.com/b\_c\_d", "https://example.com/b_c_d", "link"),
    (f"[]({LINK})", LINK, LINK, "link"),
    (f"![a picture](https://example.com/a.png) {LINK}", LINK, LINK, "link"),
]


@pytest.mark.parametrize(("text", "written", "url", "role"), MARKDOWN)
def test_a_markdown_link_is_one_link(text: str, written: str, url: str | None, role: str) -> None:
    """Its visible part is what is written, its address where it leads; escapes and line breaks are undone."""
    ((found_written, found_url, found_role),) = found(f"Look {text}")
    assert (found_written, found_role) == (written, role)
    assert found_url == (url or "https://x.com/jo/status/7/photo/1")


@pytest.mark.parametrize(
    ("text", "url"), [(f"[{LINK}](https://t.co/AbCd", LINK), ("[May 2](https://x.com/jo/sta", None)]
)
def test_a_markdown_link_at_the_end_of_a_cut_text(text: str, url: str | None) -> None:
    """Its address may be cut off with the text, so that only its visible part can say where it leads."""
    (link,) = links_in_post(text)
    assert (link.url, str(link.role), link.truncated) == (url, "link", url is None)


OTHER_LINKS = [
    ("https://example.com/a_(b)?c=d", None, "link"),
    ("https://example.com", None, "link"),
    ("https://web.archive.org/web/2015/http://t.co/AbCdEf1234", None, "link"),
    (f"https://example.com/?u={LINK}", None, "link"),
    ("example.com/page", "http://example.com/page", "link"),
    ("https://twitter.com/jo", None, "profile"),
    ("https://www.twitter.com/jo/", None, "profile"),
    ("https://mobile.twitter.com/#!/jo", None, "profile"),
    ("https://twitter.com/privacy", None, "link"),
    ("https://twitter.com/jo/lists/news", None, "link"),
    ("https://twitter.com/search?q=%23tag&src=hash", None, "hashtag"),
    ("https://x.com/hashtag/tag", None, "hashtag"),
    ("https://x.com/jo/status/1294729362470051840/photo/1", None, "post"),
    ("https://m.twitter.com/i/web/status/1294729362470051840", None, "post"),
    (
        "twitter.com/jo/statuses/457608407974170624",
        "http://twitter.com/jo/statuses/457608407974170624",
        "post",
    ),
    ("https://notx.com/jo/status/1294729362470051840", None, "link"),
]


@pytest.mark.parametrize(("written", "url", "role"), OTHER_LINKS)
def test_other_links_and_what_they_are_for(written: str, url: str | None, role: str) -> None:
    """Any other link is one too, and those into the platform say whether to a post, a profile or a tag."""
    assert found(f"See {written}, says Jo.") == [(written, url or written, role)]


@pytest.mark.parametrize(
    "text", ["example.com said so", "Ask jo@example.com/now", "and/or 24/7", "a.b/c", "", "http://"]
)
def test_what_is_no_link(text: str) -> None:
    """A host's name alone is not a link to follow, nor is an address of mail or a word with a slash."""
    assert found(text) == []


def test_other_links_glued_to_words_and_links() -> None:
    """A scheme begins a link even behind a letter."""
    assert [link.url for link in links_in_post("wordhttps://example.com/ahttps://example.org/b")] == [
        "https://example.com/a",
        "https://example.org/b",
    ]


def test_a_three_dot_range_inside_a_path_does_not_cut_a_link() -> None:
    """Dots are an ellipsis only at the end."""
    assert found("https://example.com/compare/v1...v2 is out")[0][1] == "https://example.com/compare/v1...v2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://a.example.com:80/b", ["http://a.example.com:80/b"]),
        ("see foo.http://example.com", ["http://example.com"]),
        ("example.com.", ["example.com"]),
        ("example.com.example.invalid", ["example.com"]),
        ("a_b.com", []),
        ("under_score.example.com", ["score.example.com"]),
        ("bücher.de", ["bücher.de"]),
        (f"{'é' * 60}.de", []),
        (f"http://example.com/{'a' * 4100}", []),
        ("a-.example.com", []),
        ("foo.vermögensberater", ["foo.vermögensberater"]),
        ("http://xn--80ak6aa92e.com", ["http://xn--80ak6aa92e.com"]),
        ("example.xn--p1ai", ["example.xn--p1ai"]),
    ],
)
def test_edges_of_links_by_the_rules_of_the_platform(text: str, expected: list[str]) -> None:
    """Where the platform's cases are silent, its rules still hold."""
    assert [url.value for url in urls(text)] == expected


def test_what_follows_a_hashtag_in_a_link_is_kept_out() -> None:
    """Of a hashtag and a link that overlap the first counts."""
    assert [tag.value for tag in hashtags("#日本example.com/x #b")] == ["日本example", "b"]
    assert [tag.value for tag in hashtags("#a#b #c️#d #")] == []


@pytest.mark.parametrize("url", ["http://[::1]/", "https://10.0.0.1", "http://a-b.example:8080/c;d?e#f%20"])
def test_well_formed_addresses(url: str) -> None:
    """Numbers and ports are part of the syntax; whether to follow them is decided elsewhere."""
    assert is_valid_url(url)


@pytest.mark.parametrize(
    "url", ["", "http://", "http://example", "http://a..b.com", "http://a.1b", "http://a.b/%zz"]
)
def test_malformed_addresses(url: str) -> None:
    """An address without a host of two labels, or with a broken escape, is none."""
    assert not is_valid_url(url)


ANY_CHARACTER = st.characters(exclude_categories=())
PIECES = st.sampled_from(
    [
        *(
            "https://",
            "http://",
            "t.co/",
            TEN,
            EIGHT,
            "pic.twitter.com/",
            "pic.x.com/",
            "…",
            "...",
            "example.com",
            "/a",
        ),
        *(
            "[",
            "](",
            ")",
            "<",
            ">",
            "\\_",
            "\n",
            "> ",
            "@",
            "#",
            "$",
            "jo",
            ".",
            "-",
            "_",
            "?a=b",
            "みんな",
            "RT",
            "://",
        ),
        *(
            "twitter.com/jo",
            "/status/7",
            "\u202e",
            "\u2069",
            "\ud800",
            "\0",
            "\ufe0f",
            "é",
            "＃",
            "＠",
            "/",
            "(",
            "xn--",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(ANY_CHARACTER, max_size=4), max_size=24).map("".join)


@given(TEXTS)
def test_signed_words_slice_back_to_their_text(text: str) -> None:
    """On any text: the span of a handle, hashtag or cashtag is its sign and its value, in order, apart."""
    for function, signs in ((mentions, "@＠"), (hashtags, "#＃"), (cashtags, "$")):
        end = 0
        for entity in function(text):
            assert entity.start >= end
            assert text[entity.start] in signs
            assert text[entity.start + 1 : entity.end] == entity.value
            end = entity.end


@given(TEXTS)
def test_urls_slice_back_to_their_text(text: str) -> None:
    """On any text: links are in order, apart, and as they are written."""
    end = 0
    for url in urls(text):
        assert url.start >= end
        assert text[url.start : url.end] == url.value
        end = url.end


@given(TEXTS)
def test_lists_are_mentions_with_more_behind(text: str) -> None:
    """On any text: the same handles are found with and without their lists."""
    with_lists = mentions_or_lists(text)
    assert [(one.value, one.start) for one in with_lists] == [
        (one.value, one.start) for one in mentions(text)
    ]
    for one in with_lists:
        assert text[one.start + 1 : one.end] == one.value + (f"/{one.list_slug}" if one.list_slug else "")


@given(TEXTS)
def test_links_in_post_slice_back_to_their_text(text: str) -> None:
    """On any text: links are in order, apart, as written, and cut off exactly where there is no address."""
    end = 0
    for link in links_in_post(text):
        assert link.start >= end
        assert text[link.start : link.end] == link.written
        assert link.truncated is (link.url is None)
        assert link.url is None or link.url.lower().startswith(("http://", "https://"))
        assert link.url is None or not set(link.url) & set("…\n ")
        end = link.end


@given(TEXTS)
def test_validators_answer_on_any_text(text: str) -> None:
    """On any text: what is valid as a whole is found as a whole."""
    if is_valid_username(text) or is_valid_list(text):
        (mention,) = mentions_or_lists(text)
        assert (mention.start, mention.end) == (0, len(text))
    if is_valid_hashtag(text):
        assert hashtags(text)[0].end == len(text)
    if is_valid_url(text):
        assert text.lower().startswith(("http://", "https://"))
    answered = reply(text)
    assert answered is None or answered in text


ATTACKS = [
    *(
        "a",
        "あ",
        ".",
        "a.",
        "あ.",
        "é.é",
        "a.co ",
        "あ.coあ",
        "a.co_.",
        "a_.",
        "-",
        "http://",
        "https://t.co/",
        "t.co/",
    ),
    *(
        "a.co/(",
        "a.co/((",
        "a.co/(a,",
        "a.co/.",
        "a.co?!",
        "http://a.co/http://",
        "xn--a.",
        "@",
        "@a/b-",
        "RT@",
    ),
    *(
        "#",
        "#1",
        "#a",
        "$a.",
        "[",
        "[a](http://",
        '[a](http://a "',
        "[a](http://a.co/a\n",
        "<http://a",
        "https:\n/\n/\n",
    ),
    *(
        "pic.t",
        "pic.twitter.com\n",
        "https…",
        "http://a…",
        f"{LINK}pic.twitter.com/",
        "a.co/\\_",
        "\\_",
        "…",
        "?a=b&",
    ),
    *("\ud800", "\0", "\u202e", "a.嘉里大酒店", "a:80"),
]


def seconds(function: Callable[[str], object], text: str) -> float:
    """CPU seconds of one call, without those of the collector, which grow with all that lives."""
    gc.disable()
    try:
        start = time.process_time()
        function(text)
        return time.process_time() - start
    finally:
        gc.enable()


def grows_linearly(function: Callable[[str], object], attack: str, size: int) -> bool:
    """Whether four times the text takes less than six times as long in one of four trials: load adds noise."""
    short, long = ((attack * (length // len(attack) + 1))[:length] for length in (size, 4 * size))
    return any(seconds(function, long) < 6 * max(seconds(function, short), 1e-3) for _ in range(4))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("function", [mentions, reply, hashtags, cashtags, urls, links_in_post, is_valid_url])
def test_time_is_linear_in_the_length(function: Callable[[str], object], attack: str) -> None:
    """Four times the text takes less than six times as long, whatever it consists of."""
    assert grows_linearly(function, attack, 10_000)


@pytest.mark.parametrize("attack", ["あ", "a_.", "a.co/.", "[a](http://", "https:\n/\n/\n", "#1", "\ud800"])
def test_a_megabyte_takes_four_times_a_quarter_of_it(attack: str) -> None:
    """The same holds up to a megabyte for what looks for most."""
    assert grows_linearly(links_in_post, attack, 250_000)
