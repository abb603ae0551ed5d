"""What is found inside a text is where it is said to be, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

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

# Codes of ten letters as they are today, and of eight as they were until 2013.
TEN, EIGHT = "AbCdEf1234", "Mn0pQr5t"
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
