"""The options of an audit's reports, from the command line to the files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
import pytest
from cache_samples import opened
from click.testing import CliRunner, Result
from report_samples import method, occurrence
from serve_samples import database

from cache.audits import AuditStore
from cache.baseline import baseline
from resolver.commandline.reports import Reports, reports, source_of
from resolver.findings import Verdict

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@reports
@click.pass_context
def report(ctx: click.Context, /, reports: Reports) -> None:
    """Two links, one of them dead."""
    links = [occurrence(verdict, document=name) for name, verdict in _LINKS.items()]
    _, crossings = reports.write(links, method(vantage=reports.vantage))
    for crossing in crossings:
        click.echo(crossing, err=True)
    ctx.exit(1 if crossings else 0)


_LINKS = {"dead.html": Verdict.DEAD, "alive.html": Verdict.ALIVE}


def run(folder: Path, *arguments: str) -> Result:
    """Run the command in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return CliRunner().invoke(report, arguments)


def test_each_format_goes_to_its_file(tmp_path: Path) -> None:
    """What was not asked for is not written, and what was is whole."""
    done = run(
        tmp_path,
        "--csv",
        "links.csv",
        "--json",
        "links.json",
        "--sarif",
        "links.sarif",
        "--markdown",
        "summary.md",
    )
    assert (done.exit_code, done.output) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {
        "links.csv",
        "links.json",
        "links.sarif",
        "summary.md",
    }
    assert json.loads((tmp_path / "links.json").read_text())["figures"]["links"]["dead"] == 1


def test_one_format_can_go_to_standard_output(tmp_path: Path) -> None:
    """So that it can be piped."""
    assert run(tmp_path, "--markdown", "-").stdout.startswith("## 1 of 2 links no longer leads anywhere\n")


def test_two_formats_cannot_share_a_file(tmp_path: Path) -> None:
    """One would be lost, or both be mixed."""
    done = run(tmp_path, "--csv", "-", "--json", "-")
    assert done.exit_code == 2
    assert "give each its own" in done.stderr


def test_a_crossed_threshold_is_said_everywhere_and_ends_with_one(tmp_path: Path) -> None:
    """In the summary and to whoever runs it; those that hold are not spoken of."""
    done = run(tmp_path, "--fail-on", "dead>10%,blocked>0", "--fail-on", "dead>1", "--markdown", "summary.md")
    assert done.exit_code == 1
    assert done.stderr == "dead>10% is crossed: 1 of 2 links are 50.0%, more than 10%\n"
    assert "- **dead\\>10% is crossed" in (tmp_path / "summary.md").read_text()


def test_a_slip_in_a_threshold_is_wrong_use(tmp_path: Path) -> None:
    """With what to write instead."""
    done = run(tmp_path, "--fail-on", "dead>10 percent")
    assert done.exit_code == 2
    assert "write it as dead>10% or dead>50" in done.stderr


def test_what_is_newly_dead_wants_something_to_compare_with(tmp_path: Path) -> None:
    """A threshold that could never be crossed is a slip."""
    done = run(tmp_path, "--fail-on", "newly_dead>0")
    assert done.exit_code == 2
    assert "newly_dead needs --baseline" in done.stderr


def test_what_an_audit_keeps_is_what_is_reported(tmp_path: Path) -> None:
    """From a database that an audit has written, and another from before, to the figures."""
    with (
        baseline(str(database(tmp_path / "old.db"))) as before,
        opened(database(tmp_path / "new.db"), now=datetime(2027, 1, 1, tzinfo=UTC)) as store,
    ):
        asked = Reports(
            files={"json": str(tmp_path / "a.json")}, baseline="old.db", vantage=None, thresholds=()
        )
        statistics, _ = asked.write(AuditStore(store).occurrences(), method(), baseline=before)
    assert (statistics.links.dead, statistics.archived, statistics.links.of(Verdict.ALIVE)) == (1, 1, 1)
    assert {(each.before, each.now) for each in statistics.changes or () if each.before} == {
        (Verdict.DEAD,) * 2,
        (Verdict.ALIVE,) * 2,
    }


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [("a.txt", b"Ships.", "Ships."), ("a.html", b"<p>Ships.</p>", "<p>Ships.</p>"), ("b.txt", None, None)],
)
def test_the_source_of_an_article_is_read_where_it_is_a_file(
    name: str, content: bytes | None, expected: str | None, tmp_path: Path
) -> None:
    """An id that is no path is none."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert source_of(str(tmp_path / name)) == expected
    assert source_of(str(tmp_path)) is None
    assert source_of("corpus.jsonl#12\0") is None
