"""Platforms' own wording around flattened posts, encoded embeds in text, and sentences that lead to nothing."""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.detect.boilerplate import find_boilerplate
from resolver.detect.cues import find_cues
from resolver.detect.payloads import find_payloads
from resolver.rules.boilerplate import LINES, VIEW_POST, Line

if TYPE_CHECKING:
    from resolver.detect.found import Found

TODAY = date(2026, 3, 1)


def found_in(text: str) -> list[Found]:
    return list(find_boilerplate(text, today=TODAY))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.language}-{line.text}")
def test_each_line_is_found_in_its_sample(line: Line) -> None:
    """The line is the span, with its name and its date where one is printed."""
    text = f"Before.\n\n{line.sample}\n\nAfter."
    (found,) = found_in(text)
    assert (text[found.start : found.end], found.rule) == (line.sample, line.rule)
    assert found.author in {"Jo Doe", "山田"}
    assert (found.posted is not None) is any(character.isdigit() for character in line.sample)


@pytest.mark.parametrize("wording", VIEW_POST)
def test_a_post_without_its_author_is_still_a_post(wording: str) -> None:
    """The line above is all that is left."""
    text = f"Before.\n\n{wording}\n\nAfter."
    (found,) = found_in(text)
    assert (text[found.start : found.end], found.author, found.platform) == (wording, None, "instagram")


def test_the_caption_is_what_stands_between_the_two_lines() -> None:
    """The date was lost, and the word before it stayed behind."""
    text = "View this post on Instagram\n\nSun at last! #sun\n\nA post shared by Jo (@jo.doe) on\n\nAfter."
    (found,) = found_in(text)
    assert text[found.text_start : found.text_end] == "Sun at last! #sun"
    assert text[found.start : found.end].endswith("(@jo.doe) on")
    assert (found.author, found.handle, found.posted) == ("Jo", "jo.doe", None)


OTHERS = [
    ("@jo.doe dancing #fun ♬ original sound - Jo", "tiktok.original_sound", "jo.doe", "dancing #fun"),
    ("A cat on a mat by u/jo_doe in r/cats", "reddit.by_user", "jo_doe", "A cat on a mat"),
    ("Comment by u/jo_doe from discussion in cats", "reddit.by_user", "jo_doe", ""),
    ("A cat on a matbyu/jo_doeincats", "reddit.by_user", None, ""),
    (
        "Rain. — Jo (@jo.example.org) January 13, 2026 at 4:08 PM",
        "bluesky.attribution",
        "jo.example.org",
        "Rain.",
    ),
    ("Rain. — Jo (@jo.bsky.social)", "bluesky.attribution", "jo.bsky.social", "Rain."),
    ("Post by @jo@example.social\nView on Mastodon", "mastodon.post_by", "jo@example.social", ""),
]


@pytest.mark.parametrize(("text", "rule", "handle", "words"), OTHERS)
def test_other_platforms_sign_their_posts(text: str, rule: str, handle: str | None, words: str) -> None:
    """Who wrote it and what, by the platform's own form."""
    (found,) = found_in(text)
    assert (found.rule, found.handle, text[found.text_start : found.text_end]) == (rule, handle, words)


ORDINARY = [
    "Posted by Jo on the wall of the town hall.",
    "The song ♬ was hers - and his.",
    "He spoke to a reporter (@jo.example.org) about rain.",
    "The book by Jo Doe in the shop.",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_sentences_are_no_posts(text: str) -> None:
    """Without the platform's own form nothing is found."""
    assert found_in(text) == []


@given(st.text(alphabet="♬@(.)—u/by in—Posted by \nabc1", max_size=200))
def test_any_text_gives_spans_in_order(text: str) -> None:
    """Whatever the text, nothing is raised, spans do not overlap and words lie inside them."""
    floor = 0
    for found in found_in("View this post on Instagram " + text):
        assert floor <= found.start <= found.text_start <= found.text_end <= found.end
        floor = found.end


def encoded(html: str) -> str:
    return base64.b64encode(html.encode()).decode()


@pytest.mark.parametrize(
    "tag", ["<iframe src='x'>", "<blockquote class='a'>", "<div>", "<div class='a'>", "<p>Some words</p>"]
)
def test_encoded_markup_is_decoded_in_its_place(tag: str) -> None:
    """What a consent manager hid and an extractor kept."""
    html = f"{tag} and what is in it"
    text = f"Video laden {encoded(html)} Mehr"
    (payload,) = find_payloads(text)
    assert (payload.html, text[payload.start : payload.end]) == (html, encoded(html))


def test_what_was_cut_off_is_decoded_as_far_as_it_goes() -> None:
    """The attributes stand at the beginning."""
    (payload,) = find_payloads(encoded("<iframe src='https://example.org'></iframe>")[:-3])
    assert payload.html.startswith("<iframe src='https://example.org'>")


@pytest.mark.parametrize(
    "text", ["PGRpdi", "PGRpdi" + "A" * 60, "xPGlmcmFtZ" + "A" * 60, encoded("plain words, no tag at all")]
)
def test_what_is_no_markup_is_left_out(text: str) -> None:
    """Too short, nothing that reads as markup, or not at the beginning of a run."""
    assert list(find_payloads(text)) == []


CUES = [
    ("Er ging. Siehe Tweet:\n\nDas war es.", ["Siehe Tweet:"]),
    ("Lees de tweet hieronder:", ["Lees de tweet hieronder:"]),
    ("He tweeted the following:\nNext.", ["He tweeted the following:"]),
    ("He said the following:\nNext.", []),
    ("See the tweet: it is short.", []),
]


@pytest.mark.parametrize(("text", "quotes"), CUES)
def test_a_cue_names_a_post_and_ends_its_line(text: str, quotes: list[str]) -> None:
    """A colon amid a line leads to what stands there."""
    assert [text[cue.start : cue.end] for cue in find_cues(text)] == quotes
