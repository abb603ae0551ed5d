"""CSV, JSON, Markdown and SARIF: whole, in one pass, and harmless whatever strangers wrote."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from report_samples import archive, embed, finding, memento, method, occurrence

from resolver.errors import OutputError
from resolver.findings import Occurrence, Verdict
from resolver.render.audit_json import AuditJson
from resolver.render.audit_row import COLUMNS
from resolver.render.outputs import Page, write
from resolver.render.sarif import Sarif
from resolver.render.spreadsheet import Spreadsheet, cell
from resolver.render.statistics import Tally
from resolver.render.summary import Summary, plain

TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


def written(form, *occurrences: Occurrence) -> str:
    """What a format writes for some occurrences."""
    tally, out = Tally(), [form.begin()]
    for each in occurrences:
        tally.add(each)
        out.append(form.row(each))
    return "".join([*out, *form.end(tally.statistics())])


@given(TEXTS)
@example("=1+1")
@example(" @SUM(A1)")
@example("\t=1+1")
@example("\n-2")
@example("\uff1dcmd")
@example("\u200b=1")
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever a text begins with, a spreadsheet shows it, on one line and without control characters."""
    shown = cell(text)
    assert not shown.lstrip().startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20"))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)


def test_csv_has_a_line_for_each_link() -> None:
    """The names first; a comma, a quote or a line break in a text does not break a line."""
    text = 'He said: "one, two"\nthree'
    lines = list(
        csv.DictReader(
            io.StringIO(written(Spreadsheet(), occurrence(embed=embed(text=text)), occurrence(Verdict.ALIVE)))
        )
    )
    assert [line["verdict"] for line in lines] == ["dead", "alive"]
    assert list(lines[0]) == list(COLUMNS)
    assert lines[0]["text"] == 'He said: "one, two" three'


def test_json_has_every_link_and_the_figures() -> None:
    """Links are written as they come, the figures once all are counted."""
    made = json.loads(written(AuditJson(method(baseline="old.db")), *archive(80)))
    assert len(made["links"]) == made["figures"]["links"]["total"] > 100
    assert made["method"]["baseline"] == "old.db"
    assert {"year", "total", "dead"} <= set(made["figures"]["years"][0])


@given(TEXTS)
def test_json_keeps_what_was_written(text: str) -> None:
    """Every text comes back as it was, halves of surrogate pairs included, from a file that can be encoded."""
    seen = occurrence(embed=embed(text=text, author=text, quote=text), finding=finding(evidence=(text,)))
    made = written(AuditJson(method()), seen)
    made.encode()
    (link,) = json.loads(made)["links"]
    assert (link["text"], link["author"], link["evidence"]) == (text, text, [text])


def test_json_of_nothing_is_json() -> None:
    """An audit without links is an empty list."""
    assert json.loads(written(AuditJson(method())))["links"] == []


def test_the_summary_says_what_a_reader_of_a_build_wants() -> None:
    """The headline, what was crossed, the verdicts, and the articles that lost most."""
    form = Summary(["dead>10% is crossed"])
    made = written(form, *archive(200)).splitlines()
    assert re.fullmatch(r"## [0-9,]+ of [0-9,]+ links no longer lead anywhere", made[0])
    assert made[2] == r"- **dead\>10% is crossed**"
    assert "| verdict | links | share |" in made
    assert sum(line.startswith("| [20") for line in made) == 10


@given(TEXTS)
@example("| a | b |\n\n# x")
@example("[x](javascript:alert(1)) <script> `code` @everyone #1 \\")
@example("https://evil.example www.evil.example")
def test_markdown_of_strangers_is_plain_text(text: str) -> None:
    """It stays in its cell, and every sign that could be markup stands behind a backslash."""
    shown = plain(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]<>|~&#@:]", shown)


def test_an_address_in_the_summary_stays_within_its_link() -> None:
    """Signs that would end a link are written in percent."""
    worst = occurrence(document_url="https://gazette.example/a>|b\\(c)")
    assert "](<https://gazette.example/a%3E%7Cb%5C(c)>)" in written(Summary(), worst)


def results(form: Sarif, *occurrences: Occurrence) -> list[dict]:
    """The results of a log that has what SARIF 2.1.0 wants of every log (sections 3.13 to 3.27)."""
    log = json.loads(written(form, *occurrences))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "embed-resolver"
    for result in run["results"]:
        assert result["message"]["text"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note", "none"}
        (location,) = result["locations"]
        assert re.fullmatch(r"[!-~]+", location["physicalLocation"]["artifactLocation"]["uri"])
        assert location["physicalLocation"]["region"]["startLine"] >= 1
        assert all(re.fullmatch("[0-9a-f]{64}", each) for each in result["partialFingerprints"].values())
    return run["results"]


def test_sarif_has_what_needs_repair() -> None:
    """A dead link is an error, a suspect one a warning, and no other is a result."""
    made = results(Sarif("1.0"), *(occurrence(verdict) for verdict in Verdict))
    assert [(each["ruleId"], each["level"]) for each in made] == [
        ("suspect-link", "warning"),
        ("dead-link", "error"),
    ]


def test_sarif_finds_the_line_in_the_article() -> None:
    """Lines and columns count from 1, columns in code points."""
    quote = "The bridge is open"
    source = f"Title\n\n\U0001f6a2 ships. {quote}\n"
    seen = occurrence(embed=embed(start=source.index(quote), quote=quote))
    (result,) = results(Sarif("1.0", {"news/bridge.html": source}.get), seen)
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 10 + len(quote)}


@pytest.mark.parametrize(
    "source", [None, "", "Another text, since rewritten."], ids=["gone", "empty", "changed"]
)
def test_sarif_without_the_article_says_where_it_stood(source: str | None) -> None:
    """A text that is not what was scanned is no place to point at."""
    (result,) = results(Sarif("1.0", lambda _: source), occurrence())
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert result["properties"]["start"] == 10


@given(TEXTS)
@example("../a b/ü#12?x=1.html")
def test_sarif_of_strangers_is_well_formed(text: str) -> None:
    """Names become references, and messages hold no link and no placeholder."""
    seen = replace(occurrence(written=text, finding=finding(evidence=(text,))), document=text or "x")
    (result,) = results(Sarif("1.0"), seen)
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]]", result["message"]["text"])


def test_all_formats_are_written_in_one_pass(tmp_path) -> None:
    """The occurrences are read once, whatever is asked for."""
    forms = {
        "a.html": Page(method()),
        "a.csv": Spreadsheet(),
        "a.json": AuditJson(method()),
        "a.md": Summary(),
        "a.sarif": Sarif("1"),
    }
    once = iter([occurrence(memento=memento()), occurrence(Verdict.ALIVE)])
    statistics = write(once, Tally(), {str(tmp_path / name): form for name, form in forms.items()})
    assert statistics.links.total == 2
    assert {path.name for path in tmp_path.iterdir()} == set(forms)
    assert all(path.stat().st_size > 100 for path in tmp_path.iterdir())


def test_a_format_that_cannot_be_written_leaves_no_other_half_done(tmp_path) -> None:
    """A file is there once it is whole, or not at all."""
    paths = {str(tmp_path / "a.csv"): Spreadsheet(), str(tmp_path / "none" / "b.json"): AuditJson(method())}
    with pytest.raises(OutputError, match=r"b\.json"):
        write([occurrence()], Tally(), paths)
    assert list(tmp_path.iterdir()) == []


def test_a_summary_says_that_the_web_was_not_asked() -> None:
    """As every other format does: a reader of a build's page sees nothing else."""
    said = written(Summary(answered_by={"t.co": "http://127.0.0.1:9", "a.example": "http://127.0.0.1:9"}))
    assert said.rstrip().endswith("For 2 hosts http\\://127.0.0.1\\:9 answered, not the web.")
    assert "answered" not in written(Summary())
