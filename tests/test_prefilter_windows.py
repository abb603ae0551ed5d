"""Parts of a text around places: they reach far enough, and tell where in them the places are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.detect.prefilter.windows import REACH, json_windows, windows

LETTERS = st.sampled_from(["a", " ", "\n", "é", "п", "—", "投", "😀", '"', "\\"])


@st.composite
def texts_with_places(draw: st.DrawFn) -> tuple[str, list[int]]:
    """A text of letters of all widths, and some places in it, sorted."""
    runs = draw(st.lists(st.tuples(LETTERS, st.integers(1, 2 * REACH)), min_size=1, max_size=6))
    text = "".join(letter * count for letter, count in runs)
    return text, sorted(draw(st.sets(st.integers(0, len(text)), min_size=1, max_size=4)))


@given(texts_with_places())
def test_every_place_has_its_surroundings(drawn: tuple[str, list[int]]) -> None:
    """Each is in one window, with all characters before and after it up to the reach."""
    text, places = drawn
    ends = [len(text[:place].encode()) for place in places]
    found = [
        (window.text[max(0, end - REACH) : end], window.text[end : end + REACH])
        for window in windows(text.encode(), ends)
        if window is not None
        for end in window.ends
    ]
    assert found == [(text[max(0, place - REACH) : place], text[place : place + REACH]) for place in places]


@pytest.mark.parametrize("data", ["d\xe9j\xe0 vu".encode("cp1252"), b"\x80" * 9 + b" cookie"])
def test_what_is_not_utf_8_has_no_window(data: bytes) -> None:
    """It is read whole."""
    assert list(windows(b"x" * 9_000 + data, [9_000 + len(data)])) == [None]


def test_a_byte_order_mark_is_no_letter() -> None:
    """It would be part of the first word."""
    (window,) = windows(b"\xef\xbb\xbfcookie", [9])
    assert window is not None
    assert window == ("cookie", [6])


BEFORE, AFTER = '{"id": 7, "text": "', '", "url": null}'
AS_READ = "{\nid\n: 7, \ntext\n: \n", "\n, \nurl\n: null}"


def escaped(text: str, *, ensure_ascii: bool) -> str:
    return json.dumps(text, ensure_ascii=ensure_ascii)[1:-1]


@given(texts_with_places(), st.booleans())
def test_a_string_of_json_is_read_as_the_text_that_it_is_of(
    drawn: tuple[str, list[int]], ensure_ascii: bool
) -> None:
    """However it is escaped, and other strings are other lines; letters beyond U+FFFF are two there."""
    text, places = drawn[0].replace("😀", "x"), drawn[1]
    line = BEFORE + escaped(text, ensure_ascii=ensure_ascii) + AFTER
    ends = [len((BEFORE + escaped(text[:place], ensure_ascii=ensure_ascii)).encode()) for place in places]
    found = [
        (window.text[max(0, end - REACH) : end], window.text[end : end + REACH])
        for window in json_windows(line.encode(), ends)
        if window is not None
        for end in window.ends
    ]
    read = text.join(AS_READ)
    at = [len(AS_READ[0]) + place for place in places]
    assert found == [(read[max(0, place - REACH) : place], read[place : place + REACH]) for place in at]


def test_half_of_a_letter_in_json_is_no_error() -> None:
    """Letters beyond U+FFFF are written as two escapes."""
    (window,) = json_windows(rb'"\ud83d\ude00 cookie"', [20])
    assert window is not None
    assert (window.text, window.ends) == ("\n\ud83d\ude00 cookie\n", [10])
