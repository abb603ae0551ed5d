"""The options of an audit, as the command gets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click
import pytest
from archive_samples import CoolDownsInMemory
from click.testing import CliRunner

from resolver.archive import Kind
from resolver.commandline.auditing import steps
from resolver.commandline.checks import checks
from resolver.commandline.options import Network
from resolver.findings import Verdict

if TYPE_CHECKING:
    from click.testing import Result

    from resolver.commandline.checks import Checks


def given(*arguments: str) -> tuple[Checks | None, Result]:
    """What the command gets, and how it ended."""
    got: list[Checks] = []

    @click.command()
    @checks
    def command(checks: Checks) -> None:
        got.append(checks)

    result = CliRunner().invoke(command, arguments)
    return (got[0] if got else None), result


def test_without_options_the_rule_is_three_times_three_days_apart() -> None:
    """And the Wayback Machine is asked for what is lost, 24 times a minute."""
    found, _ = given()
    assert found is not None
    assert (found.rule.checks, found.rule.apart) == (3, timedelta(days=3))
    assert (found.archive.index, found.archive_rate) == ("https://web.archive.org/cdx/search/cdx", 24)
    assert found.archived == {Verdict.DEAD, Verdict.SUSPECT}
    assert (found.selection.recheck_after, found.selection.limit) == (None, None)
    assert abs(found.clock() - datetime.now(UTC)) < timedelta(minutes=5)


def test_what_is_checked_can_be_chosen() -> None:
    """By verdict, host, age and number."""
    options = "--only dead --only News.example --recheck-after 1.5 --limit 9 --host-limit 2 --dead-checks 2 --dead-days 1"
    found, _ = given(*options.split())
    assert found is not None
    assert (found.selection.verdicts, found.selection.hosts) == ({Verdict.DEAD}, {"news.example"})
    assert found.selection.recheck_after == timedelta(days=1.5)
    assert (found.selection.limit, found.selection.per_host) == (9, 2)
    assert (found.rule.checks, found.rule.apart) == (2, timedelta(days=1))


def test_other_archives_and_endpoints_can_be_named() -> None:
    """Also how they are asked, and what time it is said to be."""
    options = "--archive http://127.0.0.1:8090/web --archive-kind timemap --archive-for all --now 2026-11-22T12:00:00Z"
    found, _ = given(*options.split())
    assert found is not None
    assert (found.archive.kind, found.archive.index) == (
        Kind.TIMEMAP,
        "http://127.0.0.1:8090/web/timemap/link/",
    )
    assert found.archived == set(Verdict) - {Verdict.NOT_CHECKABLE}
    assert found.clock() == datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "arguments",
    ["--only rotten", "--only https://news.example/", "--archive web", "--oembed publish", "--now soon", "--limit -1",
     "--archive-rate 0", "--archive-for some"],
)  # fmt: skip
def test_wrong_options_are_refused(arguments: str) -> None:
    """Before the database is opened, with what is wrong."""
    found, result = given(*arguments.split())
    assert found is None
    assert result.exit_code == 2
    assert "Invalid value" in result.output


def test_what_asks_is_open_as_long_as_the_block_lasts() -> None:
    """With an archive only where copies are wanted."""
    network = Network(
        dry_run=False,
        connect_to={},
        warc=None,
        user_agent=None,
        concurrency=16,
        per_host=4,
        host_rate=10.0,
        port=(),
    )
    for wanted in ("lost", "none"):
        found, _ = given("--archive-for", wanted)
        assert found is not None
        with found.asking(network, CoolDownsInMemory()) as (checker, archive):
            assert list(checker.check([])) == []
            assert (archive is None) is (wanted == "none")


def test_steps_are_only_shown_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Here is none."""
    with steps(quiet=False) as step:
        step("checked")
    assert capsys.readouterr().err == ""
