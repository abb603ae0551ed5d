"""What is known of a post is found again in whatever its flattening leaves, for all posts and not for samples only."""

from __future__ import annotations

import html
import re
import textwrap
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.cases import Case, Facts
from benchmarks.finders import Finder, resolver
from benchmarks.made_pages import FORM, embed, made_cases, own_flatteners
from benchmarks.made_posts import Post, made_posts
from benchmarks.measure import Measurement, measure
from benchmarks.scoring import sum_scores
from resolver import Document, Embed, scan

ARTICLE = "The council met on Monday evening to speak about the new bridge, and it will meet again in a week."

WORDS = "open the bridge Brücke çok güzel мост відкрито جسر جديد גשר חדש 橋が開いた 다리 🎉 #Harbour @alroe it's 100%".split()
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
paragraphs = st.lists(texts, min_size=1, max_size=3).map("\n".join)

# Names may hold anything but what ends a line; the platform strips white space at their ends.
names = (
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf"), exclude_characters="<>&[]\\*_"),
        min_size=1,
        max_size=30,
    )
    .map(lambda name: " ".join(name.split()))
    .filter(
        lambda name: (
            name
            and "(@" not in name
            and "(＠" not in name
            and not re.search(r"[—–―‒]|--|^- | - | -$|^[#＃]", name)
        )
    )
)
handles = st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True).filter(lambda handle: not handle.isdecimal())
dates = st.sampled_from([(post.date_text, post.day) for post in made_posts()])
dashes = st.sampled_from(["—", "–", "--", "---", "―"])
marks = st.sampled_from(["", "\u200e", "\u200f", "\u200b"])


@settings(max_examples=150, deadline=None)
@given(
    words=texts,
    name=names,
    handle=handles,
    printed=dates,
    dash=dashes,
    mark=marks,
    joint=st.sampled_from(["\n", "\n\n", " "]),
)
def test_a_flattened_post_is_found_with_its_name_handle_and_day(
    words: str, name: str, handle: str, printed: tuple[str, str], dash: str, mark: str, joint: str
) -> None:
    """In any language, by anybody, with any of the dashes, wherever its last line stands."""
    text = f"{ARTICLE}\n\nShe wrote:\n\n{words}{joint}{dash} {name} ({mark}@{handle}{mark}) {printed[0]}\n\n{ARTICLE}"
    (found,) = scan(Document(id="x", text=text))
    assert (found.author, found.handle, found.posted) == (name, handle, date.fromisoformat(printed[1]))
    assert text[found.start : found.end] == found.quote


@settings(max_examples=100, deadline=None)
@given(words=paragraphs, width=st.integers(40, 120), printed=dates)
def test_quoted_and_wrapped_words_are_whole(words: str, width: int, printed: tuple[str, str]) -> None:
    """Quote marks set a post apart, at whatever column its lines are broken."""
    lines = [
        line
        for part in (*words.split("\n"), f"— Jo (@jo_doe) {printed[0]}")
        for line in (*textwrap.wrap(part, width), "")
    ]
    quoted = "\n".join(f"> {line}".rstrip() for line in lines[:-1])
    (found,) = scan(Document(id="x", text=f"{ARTICLE}\n\n{quoted}\n\n{ARTICLE}"))
    assert (found.text or "").split() == words.split()
    assert (found.handle, found.posted) == ("jo_doe", date.fromisoformat(printed[1]))


def in_html(page: str) -> Embed:
    (found,) = scan(Document(id="x", html=page))
    return found


@settings(max_examples=100, deadline=None)
@given(words=paragraphs, name=names, handle=handles, printed=dates)
def test_markup_gives_back_what_was_put_into_it(
    words: str, name: str, handle: str, printed: tuple[str, str]
) -> None:
    """The platform's own element, with line breaks, links and characters of all kinds."""
    post = Post("en", name, handle, *printed, words)
    found = in_html(f"<article><p>{ARTICLE}</p>{embed(post)}<p>{ARTICLE}</p></article>")
    assert (found.author, found.handle, found.posted) == (name, handle, date.fromisoformat(printed[1]))
    assert (found.text or "").split() == words.split()


@settings(max_examples=60, deadline=None)
@given(words=texts, times=st.integers(1, 2))
def test_character_references_are_read_however_often_they_were_escaped(words: str, times: int) -> None:
    """Text that was escaped once or twice has the same words."""
    written = f"{words} & <co> “x” https://example.org/?b=1&c=2"
    for _ in range(times):
        written = html.escape(written)
    (found,) = scan(Document(id="x", text=f"She wrote:\n\n{written} — Jo (@jo_doe) May 2, 2019"))
    assert found.text == f"{words} & <co> “x” https://example.org/?b=1&c=2"
    assert "https://example.org/?b=1&c=2" in [link.url for link in found.links]


@pytest.fixture(scope="module")
def made() -> Measurement:
    """A seventh of the made pages, the same ones whatever is installed."""
    forms = {f"{FORM}, {name}" for name in own_flatteners()}
    cases = [case for case in made_cases() if case.form in forms]
    return measure(cases[::7], (), [Finder("embed-resolver", resolver)])


def test_posts_of_pages_made_for_the_test_are_found(made: Measurement) -> None:
    """In each of the languages and forms: who, when and what links, without a miss; and nothing else."""
    whole = sum_scores(by_finder["embed-resolver"] for by_finder in made.scores.values())
    assert all(form.startswith(FORM) for form in made.scores)
    assert (whole.found, whole.extra) == (whole.posts, 0)
    assert [whole.right[name] / whole.total[name] for name in ("handle", "posted", "codes")] == [1, 1, 1]


def test_the_words_of_posts_of_made_pages_are_mostly_whole(made: Measurement) -> None:
    """Where a paragraph is left a paragraph, always; where nothing but a space is left of the markup, mostly."""
    f1 = {
        form: score["embed-resolver"].f1 / score["embed-resolver"].total["text"]
        for form, score in made.scores.items()
    }
    assert {form: value for form, value in f1.items() if value < 0.9} == {}
    assert f1[f"{FORM}, paragraphs"] > 0.99
    assert f1[f"{FORM}, quoted, wrapped"] > 0.97


def test_a_case_of_made_pages_says_what_was_put_into_it() -> None:
    """The label is the post as it was written."""
    case: Case = next(iter(made_cases()))
    assert isinstance(case.posts[0], Facts)
    assert case.posts[0].handle == made_posts()[0].handle
