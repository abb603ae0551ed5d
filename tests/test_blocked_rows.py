"""A contributor's row: what is wrong with it is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resolver.detect.blocked import check_rows
from resolver.detect.blocked.selector import SelectorError, selector

if TYPE_CHECKING:
    from pathlib import Path

ROW = """
[[vendor]]
name = "demo"
triggers = ["data-demo-src"]
element = "iframe[data-demo-src]"
steps = [{ attribute = "data-demo-src" }]
source = "https://example.com/demo"
sample = '<iframe data-demo-src="https://player.vimeo.com/video/76979871"></iframe>'
expected = { platform = "vimeo", target = "76979871" }
"""


def check(folder: Path, text: str) -> list[str]:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return check_rows(path)


def test_a_good_row_has_no_problems(tmp_path: Path) -> None:
    """A row as the documentation shows it passes."""
    assert check(tmp_path, ROW) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[[vendor]]", "[[vendor", "mine.toml is not TOML"),
        ("[[vendor]]", "[[row]]", "there is no row"),
        ('source = "https://example.com/demo"', "", "'source' is missing"),
        ("name =", "nmae =", "'nmae' is not a key of a row"),
        ('triggers = ["data-demo-src"]', 'triggers = "data-demo-src"', "'triggers' is not a list"),
        ('["data-demo-src"]', '["data"]', "at least 6 characters"),
        ('["data-demo-src"]', '["data-dome-src"]', "none of the triggers is in the sample"),
        ('"iframe[data-demo-src]"', '"div > iframe"', "cannot be read from ' > iframe' on"),
        ('"iframe[data-demo-src]"', '"iframe[data-other]"', "the sample has 0 placeholders"),
        ("attribute =", "atribute =", "'atribute' is not a key of a step"),
        ("{ attribute", '{ decode = "rot13", attribute', "'rot13' is no decoder"),
        ("{ attribute", '{ inside = "a[", attribute', "the selector 'a[' is not CSS"),
        ("{ attribute", "{ content = true, attribute", "exactly one of"),
        ("{ attribute", '{ of = "myspace", attribute', "'myspace' is no platform"),
        ('"vimeo"', '"youtube"', "the platform is 'vimeo', and 'youtube' was expected"),
        ('"vimeo"', '"myspace"', "'myspace', which is none"),
        ('target = "76979871"', 'target = "42"', "which does not hold '42'"),
        ('target = "76979871"', 'target = ""', "and nothing was expected"),
    ],
)
def test_a_bad_row_is_named_with_what_is_wrong(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """Each way of getting a row wrong has its sentence."""
    problems = check(tmp_path, ROW.replace(old, new))
    assert any(problem in text for text in problems), problems


def test_a_bad_row_does_not_hide_the_next(tmp_path: Path) -> None:
    """All rows of a file are checked, and each problem says whose it is."""
    problems = check(
        tmp_path, ROW.replace('"demo"', '"first"').replace("source", "sauce") + ROW.replace("42", "43")
    )
    assert problems
    assert all("row 1 (first)" in problem for problem in problems)


@pytest.mark.parametrize(
    ("text", "name", "attributes", "expected"),
    [
        ("div", "div", {}, True),
        ("div", "divan", {}, False),
        ("amp-*", "amp-twitter", {}, True),
        (".wide", "p", {"class": "very wide box"}, True),
        (".wide", "p", {"class": "wider"}, False),
        ("[data-a=b]", "p", {"data-a": "b"}, True),
        ("[data-a=b]", "p", {"data-a": "bc"}, False),
        ("[data-a^=b]", "p", {"data-a": "bc"}, True),
        ("[class*='_cb-']", "p", {"class": "x_cb-y"}, True),
        ("a[href], b.c", "b", {"class": "c"}, True),
        ("a[href], b.c", "a", {}, False),
    ],
)
def test_a_selector_matches_by_the_start_tag(
    text: str, name: str, attributes: dict[str, str], expected: bool
) -> None:
    """Names, classes and attributes mean what they mean in CSS."""
    assert selector(text).matches(name, attributes) is expected


@pytest.mark.parametrize("text", ["", ",", "div,,p", "[a~=b]", "div:not(p)", "#id"])
def test_other_css_is_refused(text: str) -> None:
    """What the small part of CSS does not have is an error, not a selector that never matches."""
    with pytest.raises(SelectorError, match="selector"):
        selector(text)
