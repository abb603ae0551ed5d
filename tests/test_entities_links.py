"""The links of a post: short ones, those that were cut off, those of Markdown, and all others."""

from __future__ import annotations

import pytest

from resolver.entities import links_in_post

# Codes of ten letters as they are today, and of eight as they were until 2013.
TEN, OTHER, EIGHT = "AbCdEf1234", "GhIjKl5678", "Mn0pQr5t"
LINK, MEDIA = f"https://t.co/{TEN}", f"https://t.co/{OTHER}"


def found(text: str) -> list[tuple[str, str | None, str]]:
    return [(link.written, link.url, str(link.role)) for link in links_in_post(text)]


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
