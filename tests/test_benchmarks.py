"""The benchmarks count right, and the project's own cases hold the level that was reached."""

from __future__ import annotations

import doctest
import importlib
import json
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import accuracy, startup
from benchmarks.cases import OWN_CASES, Case, Facts, own_cases, read_rows
from benchmarks.finders import Finder, resolver
from benchmarks.measure import Measurement, errors, measure
from benchmarks.negatives import OWN_NEGATIVES, folder_negatives, own_negatives
from benchmarks.scoring import Score, match, sum_scores, token_f1, wrong
from benchmarks.shared_cases import ANOTHER_POST, NOT_TOGETHER, LeftOut, shared_cases

if TYPE_CHECKING:
    from pathlib import Path

MODULES = (
    "baseline",
    "cases",
    "made_pages",
    "made_posts",
    "markdown",
    "scoring",
    "shared_cases",
    "startup",
    "tables",
)

#: The level reached so far, to be raised with it: the share of the posts that are found, by form; and of finds that
#: are none, as few as there were.
FOUND = {"own cases, text": 0.95, "own cases, HTML": 0.95}
MOST_EXTRA_FINDS = 0
MOST_FALSE_FINDS = 7


@pytest.fixture(scope="module")
def measurement() -> Measurement:
    return measure(own_cases(), own_negatives(), [Finder("embed-resolver", resolver)])


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_benchmarks_are_true(name: str) -> None:
    """What a docstring shows is what the function returns."""
    result = doctest.testmod(importlib.import_module(f"benchmarks.{name}"))
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("expected", "found", "f1"),
    [
        ("one two", "one two", 1.0),
        ("One, two!", "two one", 1.0),
        ("one two", "three", 0.0),
        ("one two", "", 0.0),
        ("", "one", 0.0),
        ("", "", 1.0),
        ("one one two", "one two", 0.8),
        ("one two", "one two three four", 2 / 3),
        ("новый причал", "Новый причал", 1.0),
        ("#Ferry pic.twitter.com/Ab", "Ferry pic twitter com ab", 1.0),
    ],
)
def test_token_f1_is_over_bags_of_words(expected: str, found: str, f1: float) -> None:
    """A token counts as often as it stands, without regard to case and order."""
    assert token_f1(expected, found) == pytest.approx(f1)


ANN = Facts(
    platform="twitter", handle="ann", posted=date(2019, 5, 2), post_id="1", text="the first boat of the year"
)
BOB = Facts(platform="twitter", handle="bob", posted=date(2019, 5, 3), text="no boat today at all")


@pytest.mark.parametrize(
    ("find", "is_match", "in_what"),
    [
        (ANN, True, []),
        (Facts(platform="twitter", post_id="1"), True, ["handle", "posted", "start", "text"]),
        (Facts(handle="ANN", posted=date(2019, 5, 2), post_id="1", text=ANN.text), True, []),
        (Facts(handle="ann", text="what stood before it"), True, ["posted", "post_id", "start", "text"]),
        (Facts(handle="ann", posted=date(2019, 5, 9), text="another one"), False, []),
        (Facts(handle="eve", text="the first boat of the year"), True, ["handle", "posted", "post_id"]),
        (
            Facts(platform="bluesky", handle="ann", posted=date(2019, 5, 2), post_id="1", text=ANN.text),
            False,
            [],
        ),
        (Facts(handle="eve", posted=date(2019, 5, 2), text="another one"), False, []),
    ],
)
def test_a_find_is_matched_by_what_it_gets_right(find: Facts, is_match: bool, in_what: list[str]) -> None:
    """A wrong handle, date or text is an error in that field; only what shares nothing is a miss."""
    ((post, found),) = match([ANN], [find])
    assert (found is find) == is_match
    assert not is_match or wrong(post, find) == in_what


def test_a_find_is_matched_once_and_the_surest_pair_first() -> None:
    """Two posts of one author are not both found by one find, and each gets the one with its text."""
    later = Facts(platform="twitter", handle="ann", posted=ANN.posted, text="the second boat")
    assert match([ANN, later], [later, ANN]) == [(ANN, ANN), (later, later)]
    assert match([ANN, BOB], [BOB]) == [(ANN, None), (BOB, BOB)]


def test_sets_are_right_only_when_nothing_is_missing_and_nothing_too_much() -> None:
    """Links, hashtags and mentions count as sets; where the label has none, to claim one is wrong."""
    post = Facts(handle="ann", hashtags=frozenset({"ferry"}), mentions=frozenset(), codes=None)
    right = Facts(handle="ann", hashtags=frozenset({"ferry"}), codes=frozenset({"Ab"}))
    assert wrong(post, right) == []
    assert wrong(post, Facts(handle="ann", hashtags=frozenset({"ferry", "a"}))) == ["hashtags"]
    assert wrong(post, Facts(handle="ann", mentions=frozenset({"bob"}))) == ["hashtags", "mentions"]


def test_a_missed_post_is_wrong_in_every_field_and_an_extra_find_is_counted() -> None:
    """Shares are over all labelled posts, so that finding less never looks more accurate."""
    score = Score()
    score.add(Case(id="a", form="f", posts=(ANN, BOB)), [ANN, Facts(handle="eve")])
    assert (score.posts, score.found, score.extra) == (2, 1, 1)
    assert (score.right["handle"], score.total["handle"]) == (1, 2)
    assert score.f1 / score.total["text"] == 0.5
    score.add(Case(id="b", form="f", posts=(), exhaustive=False), [ANN])
    assert score.extra == 1


def test_sums_add_up() -> None:
    """The line of all forms together has the counts of each."""
    score = Score()
    score.add(Case(id="a", form="f", posts=(ANN, BOB)), [ANN])
    whole = sum_scores([score, score])
    assert (whole.posts, whole.found, whole.right["handle"], whole.f1) == (4, 2, 2, 2.0)


def test_each_error_is_named_with_both_values() -> None:
    """What the table of errors shows is what was expected, and what was found instead."""
    find = Facts(platform="twitter", handle="ann", posted=ANN.posted, post_id="2", text=ANN.text)
    (error,) = errors(Case(id="a", form="f", posts=(ANN,)), [find])
    assert (error.what, error.expected, error.found) == ("post_id", "1", "2")
    missed, extra = errors(Case(id="a", form="f", posts=(ANN,)), [BOB])
    assert (missed.what, extra.what) == ("missed", "extra")
    assert "@ann" in missed.expected
    assert "@bob" in extra.found


TRUTH = {
    "name": "Mia Holm",
    "handle": "mia_holm",
    "status_id": "1113412618023890944",
    "date_text": "April 3, 2019",
    "date_iso_from_snowflake": "2019-04-03",
    "tco_links": ["https://t.co/Qw3Er5Ty7U"],
    "pic_links": [],
    "hashtags": ["#Ferry"],
    "mentions": ["@harbour"],
    "text": "First boat of the year just left the new landing. #Ferry @harbour https://t.co/Qw3Er5Ty7U",
}


def rows(folder: Path, text: str) -> list[Case | LeftOut]:
    row = {"id": "a", "extractor": "x", "text": text, "truth": TRUTH}
    (folder / "embeds.jsonl").write_text("")
    (folder / "flattened.jsonl").write_text(json.dumps(row) + "\n")
    return list(shared_cases(folder))


@pytest.mark.parametrize(
    "text",
    [
        f"{TRUTH['text']} — Mia Holm (@mia_holm) April 3, 2019 More.",
        f"> {TRUTH['text']}\n>\n> -- Mia Holm (@mia\\_holm) [April 3,\n> 2019](https://a.org/1)",
        f"{TRUTH['text']}\n   — Mia Holm (@mia_holm) [12]April 3, 2019",
        f"Old news. — Mia Holm (@mia_holm) April 3, 2019\n{TRUTH['text']} — Mia Holm (@mia_holm)\nApril 3, 2019",
    ],
)
def test_a_passage_counts_where_the_labelled_post_stands_in_it(tmp_path: Path, text: str) -> None:
    """Marks of Markdown, numbered links and other posts of the same author do not hide it."""
    (case,) = rows(tmp_path, text)
    assert isinstance(case, Case)
    assert case.posts[0].text == TRUTH["text"]
    assert case.posts[0].codes == frozenset({"Qw3Er5Ty7U"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{TRUTH['text']} — Mia Holm (@mia_holm) April 4, 2019", NOT_TOGETHER),
        (f"{TRUTH['text']} — Mia Holm (@mia_holm) wrote. Bob (@bob) April 3, 2019", NOT_TOGETHER),
        (f"{'x' * 400} No boat at all. — Mia Holm (@mia_holm) April 3, 2019", ANOTHER_POST),
        (f"{'x' * 400} First boat left. — Mia Holm (@mia_holm) April 3, 2019 {TRUTH['text']}", ANOTHER_POST),
    ],
)
def test_a_passage_without_the_labelled_post_is_left_out(tmp_path: Path, text: str, reason: str) -> None:
    """Handle and date must stand together, and the post's own words before them."""
    (row,) = rows(tmp_path, text)
    assert isinstance(row, LeftOut)
    assert row.reason == reason


def test_what_a_passage_lost_is_not_asked_for(tmp_path: Path) -> None:
    """Links, hashtags, mentions and the id count only where they are in the passage."""
    text = "First boat of the year just left the new landing. Ferry @harbour — Mia Holm (@mia_holm) April 3, 2019"
    (case,) = rows(tmp_path, text)
    assert isinstance(case, Case)
    (post,) = case.posts
    assert post.post_id is None
    assert not post.codes
    assert not post.hashtags
    assert post.mentions == frozenset({"harbour"})


@pytest.mark.parametrize("form", FOUND)
def test_as_many_of_the_own_cases_are_found_as_ever(measurement: Measurement, form: str) -> None:
    """A change that finds fewer of the posts that were found is seen here."""
    score = measurement.scores[form]["embed-resolver"]
    missed = [error for error in measurement.errors if error.what == "missed" and error.form == form]
    assert score.found >= FOUND[form] * score.posts, missed


def test_no_more_than_the_labelled_posts_are_found_in_the_own_cases(measurement: Measurement) -> None:
    """All posts of an own case are labelled, so any other find is a false one."""
    extra = [error for error in measurement.errors if error.what == "extra"]
    assert len(extra) <= MOST_EXTRA_FINDS, extra


def test_no_more_false_finds_in_the_hard_negatives_than_ever(measurement: Measurement) -> None:
    """Each of these documents looks like the rest of an embed, and none is."""
    listed = [f"{find.document}: {find.rule}: {find.quote}" for find in measurement.false_finds]
    assert len(listed) <= MOST_FALSE_FINDS, "\n".join(listed)


@pytest.mark.parametrize("path", [OWN_CASES, OWN_NEGATIVES], ids=lambda path: path.stem)
def test_each_own_document_is_there_once_and_says_why(path: Path) -> None:
    """A document that came twice would count twice, and one without a reason cannot be judged."""
    documents = list(read_rows(path))
    assert len({row["id"] for row in documents}) == len(documents)
    assert len({row.get("text") or row["html"] for row in documents}) == len(documents)
    assert all(row["why"] and row["language"] for row in documents)


@pytest.mark.parametrize("row", list(read_rows(OWN_CASES)), ids=lambda row: row["id"])
def test_the_labels_of_an_own_case_are_in_it(row: dict[str, Any]) -> None:
    """A label that cannot be read from the document would ask for a guess."""
    source = (row.get("text") or row["html"]).replace("\\", "")
    for post in row["embeds"]:
        values = [
            post.get("handle"),
            post.get("post_id"),
            *post.get("hashtags", []),
            *post.get("mentions", []),
        ]
        assert all(value in source for value in values if value)
        assert all(link.rpartition("/")[2] in source for link in post.get("links", []))


def test_documents_of_a_folder_are_read_once_and_no_others(tmp_path: Path) -> None:
    """READMEs, licences and texts count; programs, data, empty files and copies do not."""
    for name, content in {
        "README": "read",
        "a.md": "text",
        "copy.md": "text",
        "page.html": "<p>page</p>",
        "empty.txt": " \n",
        "program.py": "print()",
        "readme.py": "print()",
    }.items():
        (tmp_path / name).write_text(content)
    documents = list(folder_negatives([tmp_path]))
    assert [document.text or document.html for document in documents] == ["read", "text", "<p>page</p>"]
    assert len(list(folder_negatives([tmp_path], most=2))) == 2


def test_the_command_prints_the_tables_and_writes_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One run leaves the tables on the terminal, the page, and the counts as JSON."""
    (tmp_path / "README.md").write_text("Open! — Jo Doe (@jodoe) May 2, 2019")
    page, counts = tmp_path / "accuracy.page", tmp_path / "counts.json"
    accuracy.main(["--negatives", str(tmp_path), "--write", str(page), "--json", str(counts)])
    assert "| own cases, text" in capsys.readouterr().out
    assert "README.md" in page.read_text(encoding="utf-8")
    written = json.loads(counts.read_text(encoding="utf-8"))
    assert written["documents"]["documents of this machine"] == 1
    assert written["scores"]["own cases, text"]["embed-resolver"]["posts"] > 60


def test_the_cost_of_starting_is_measured_for_each_command() -> None:
    """Each command runs to its end and costs something; the table shows it against `import click`."""
    seconds = startup.measure(runs=1)
    assert len(seconds) == 4
    assert all(cost > 0 for cost in seconds.values())
    assert "`embed-resolver --help`" in startup.table(seconds)


def test_a_command_that_fails_is_not_measured() -> None:
    """What fails is fast, and would look good."""
    with pytest.raises(subprocess.CalledProcessError):
        startup.best({"it fails": ["-c", "raise SystemExit(2)"]}, {}, runs=1)
