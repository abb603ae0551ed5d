"""Where a flattened post begins: what the white space, the lines and the words around it tell."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest
from growth import LIMIT, growth

from resolver.detect.evidence import Place, evidence
from resolver.detect.text_start import Region, text_start
from resolver.detect.units import Joint, units

TAIL = "— Jo Doe (@jo_doe) May 2, 2019"
ARTICLE = (
    "The council met on Monday evening to speak about the new bridge, and the citizens who had come asked for more "
    "time to read what the engineers had written about its foundations."
)


def begins(text: str, *, bounded: bool = False) -> tuple[str, float]:
    """Return the words of the post in a text that ends with its last line or goes on after it."""
    at = text.index("—")
    end = len(text[:at].rstrip("\n >"))
    region = Region(text, 0, end, at, at + len(TAIL), bounded=bounded, posted=date(2019, 5, 2))
    start, likelihood = text_start(region)
    return text[start:end], likelihood


@pytest.mark.parametrize(
    ("text", "joints"),
    [
        ("One. Two", [Joint.LINE, Joint.SENTENCE]),
        ("One.Two", [Joint.LINE, Joint.GLUED]),
        ("One   two", [Joint.LINE, Joint.WIDE]),
        ("One\nTwo", [Joint.LINE, Joint.LINE]),
        ("She wrote: Two", [Joint.LINE, Joint.SENTENCE]),
        ("港が開く。船が出る", [Joint.LINE, Joint.SENTENCE]),
        ("See https://a.example/b.C/D?e and go", [Joint.LINE]),
        ("At 10:30 or 3.5 km", [Joint.LINE]),
        ("@one   @two   #three", [Joint.LINE]),
    ],
)
def test_a_text_is_taken_apart_where_a_post_may_begin(text: str, joints: list[Joint]) -> None:
    """At lines, sentences, and where two elements met; not inside addresses and numbers."""
    assert [unit.joint for unit in units(text, 0, len(text))] == joints


@pytest.mark.parametrize(
    "text",
    ["Thank you \n@alroe\n for it", "Thank you @one\n \n@two", "The \n#Harbour\n is open"],
)
def test_a_line_that_a_link_was_put_on_is_no_line_of_its_own(text: str) -> None:
    """The space beside the link stayed where it was: ``get_text`` with a line break as its separator."""
    (unit,) = units(text, 0, len(text))
    assert (unit.start, unit.end) == (0, len(text))


@pytest.mark.parametrize(
    ("before", "post"),
    [
        (f"{ARTICLE}\n\n\n", "It is open.\n\nWho would have thought?\n\nWe did"),
        (f"{ARTICLE}\n\nThe mayor wrote:\n\n", "It is open.\n\nWho would have thought?"),
        (f"{ARTICLE}\n\nShe asked on Twitter\n\n", "@alroe is it open?"),
        (f"{ARTICLE}\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n\n", "The bridge is open! #Harbour"),
        (f"{ARTICLE}\n\n", "橋が開きました。\n\nたくさんの人が来ています。"),
        (f"{ARTICLE}\n\n", "https://t.co/Kf7Qm2Lx9R"),
        ("", "The bridge is open!\n\nCome and see."),
    ],
)
def test_a_post_of_several_paragraphs_is_whole(before: str, post: str) -> None:
    """A wider gap, a lead-in, an answer, another script: each tells where it begins."""
    assert begins(f"{before}{post}\n\n{TAIL}\n\n\n{ARTICLE}")[0] == post


@pytest.mark.parametrize("width", range(40, 121, 8))
def test_lines_broken_at_a_width_are_of_one_paragraph(width: int) -> None:
    """The post begins where its paragraph does, at whatever column its lines are broken."""
    post = "The last ferry of the day was full again, and so was the one before it, which nobody had expected. #Ferry"
    filled = textwrap.fill(f"{post} {TAIL}", width)
    text = f"{textwrap.fill(ARTICLE, width)}\n\n{filled}\n\n{textwrap.fill(ARTICLE, width)}"
    assert begins(text)[0].split() == post.split()


def test_an_item_of_a_list_is_the_post_without_its_bullet() -> None:
    """As w3m and resiliparse write lists of posts."""
    text = f"{ARTICLE}\n\n  • The bridge\n\n    • It is open.\n\n      Come and see.\n\n      {TAIL}\n\n{ARTICLE}"
    assert begins(text)[0] == "It is open.\n\n      Come and see."


def test_what_ends_right_before_a_post_bounds_it() -> None:
    """After a note or another post, both paragraphs are the post's; after an article they may not be."""
    text = f"It was late\n\nThe bridge is open\n\n{TAIL}"
    assert begins(text, bounded=True)[0] == "It was late\n\nThe bridge is open"


def test_a_long_article_line_is_not_the_posts() -> None:
    """A post holds 280 characters and a few; what is longer is cut at a sentence."""
    post, likelihood = begins(f"{ARTICLE} {ARTICLE} The bridge is open! {TAIL}")
    assert post.endswith("The bridge is open!")
    assert len(post) < 300
    assert likelihood < 1


def test_the_length_allowed_is_that_of_the_day() -> None:
    """A post of 2014 has 140 characters."""
    place = Place(tail_breaks=1, after_breaks=1, spaced=False, budget=200, bounded=False, width=0)
    pieces = units(f"{ARTICLE} {ARTICLE}", 0, 2 * len(ARTICLE) + 1)
    assert evidence(pieces, 0, place)["too long"] == 1


@pytest.mark.parametrize(
    "unit", ["a. ", "a.B", "   x", "\n \n@a", "> ", "• ", "\n", "港。", "https://t.co/", "[#](", ": ", '"']
)
def test_the_beginning_is_found_in_linear_time(unit: str) -> None:
    """Whatever stands before an attribution, and however many attributions there are."""
    text = f"{unit * 200}\n{TAIL}\n"

    def run(size: int) -> None:
        whole = text * (size // len(text) + 1)
        floor = 0
        for _ in range(whole.count(TAIL)):
            at = whole.index("—", floor)
            text_start(Region(whole, floor, at, at, at + len(TAIL), bounded=True, posted=None))
            floor = at + len(TAIL)

    assert growth(run, 5_000) < LIMIT
