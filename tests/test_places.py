"""What is looked for around its rarest part is what would be found by reading a text from end to end."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.detect import attribution, payloads, rests, signatures, text_start
from resolver.detect.again import Again
from resolver.detect.units import lines_from_end
from resolver.rules.boilerplate import VIEW_POST

FRAGMENTS = [
    *(
        "(",
        ")",
        "(@",
        "@",
        "＠",
        "[",
        "](",
        "]",
        "\n",
        " ",
        "\u00a0",
        ">",
        "\u200e",
        "a",
        "_",
        "\\_",
        "https",
    ),
    *(
        "(@jo)",
        "([@jo](https://x.com/jo))",
        "[May 2](https://x.com/jo/status/1)",
        "](https://x.com/",
        "://",
        "...",
    ),
    *(
        "https://t.co/AbCdEf1234",
        "http://t.co/",
        "pic.x.com/AbCdEf1234",
        "pic.twitter.com/",
        "https://a.example/b",
    ),
    *(
        "— Jo (@jo.example.org)",
        "–",
        "by u/jodoe in r/abc",
        "Comment by  u/jodoe from discussion in abc",
        "u/",
        "by ",
    ),
    *("PGRpdj5iYXNlNjQgb2YgYSBibG9jazwvZGl2Pg==", "PHA+", "PGRpdi", "/", "+"),
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)

SEARCHES = {
    "handles": (attribution.handles, attribution._HANDLE),
    "linked dates": (attribution.linked_dates, attribution._LINKED_DATE),
    "address lines": (rests._address_lines, rests._ADDRESS_LINE),
    "last links": (rests._last_links, rests._LAST_LINK),
    "payloads": (payloads._runs, payloads._PAYLOAD),
    "Reddit": (signatures._by_users, signatures._REDDIT),
    "Bluesky": (signatures._with_domains, signatures._BLUESKY),
}


@pytest.mark.parametrize("name", SEARCHES)
@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_search_around_a_literal_finds_what_the_expression_finds(name: str, text: str) -> None:
    """Each match once, in its order, none else."""
    search, expression = SEARCHES[name]
    assert [match.span() for match in search(text)] == [match.span() for match in expression.finditer(text)]


def test_all_views_have_in_common_what_is_looked_for_first() -> None:
    """Whatever the language, the platform's name is in it."""
    assert all("Instagram" in view for view in VIEW_POST)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["x" * 30, "x" * 7, " ", "\n", "\n ", "> ", "港" * 20, "–", "\u00a0", "é"]),
        max_size=30,
    )
)
def test_the_width_of_lines_is_that_of_the_widest(pieces: list[str]) -> None:
    """Looking at the longest first gives the same as measuring each."""
    text = "".join(pieces)
    lines = list(lines_from_end(text, 0, len(text)))
    widest = max((line.column for line in lines), default=0)
    assert text_start._width(lines, text) == (widest if 36 <= widest <= 132 else 0)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["x", " ", "\n", "\n\n", "> ", "\u00a0"]), max_size=20))
def test_lines_are_spaced_where_empty_ones_are_between_them(pieces: list[str]) -> None:
    """What stands before the first line, or after the last, spaces none."""
    text = "".join(pieces)
    lines = list(lines_from_end(text, 0, len(text)))
    spaced = any(line.breaks > 1 for line in lines[:-1])
    assert text_start._is_spaced(lines, text, 0, len(text)) is spaced


def test_what_was_made_once_is_given_to_all_who_ask() -> None:
    """Also to those who ask while others do."""
    numbers = Again(iter(range(5)))
    first, second = iter(numbers), iter(numbers)
    assert [next(first), next(second), next(second), next(first), next(first)] == [0, 0, 1, 1, 2]
    assert list(islice(numbers, 9)) == [0, 1, 2, 3, 4]
