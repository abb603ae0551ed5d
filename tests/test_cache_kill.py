"""A run that is killed or starved at any moment loses nothing that it had reported, and leaves nothing half-written."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from benchmarks.durability import SMALL_DISK, main, page, table
from benchmarks.durability_bits import Flips
from benchmarks.durability_faults import FAULTS, has_strace, inject, small_disk
from benchmarks.durability_runs import Tally, kill, started, starve, undisturbed_run
from benchmarks.durability_writer import ACKNOWLEDGED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.durability_runs import Runs

#: How often runs are killed here; ``python -m benchmarks.durability`` does so a thousand times.
KILLS = 16


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with started() as starting:
        yield starting


def test_a_run_that_is_killed_can_be_continued(tmp_path: Path, runs: Runs) -> None:
    """Killed at random moments, and in the end its export is, byte by byte, that of a run that nobody disturbed."""
    tally = kill(runs, KILLS, tmp_path)
    assert tally.is_clean, tally
    assert tally.disturbed >= KILLS
    assert tally.continued > 0
    assert tally.acknowledged > 0


def test_a_run_whose_files_may_not_grow(tmp_path: Path, runs: Runs) -> None:
    """It ends with an error of one line wherever that hits it, and can be continued when there is room."""
    limits = random.sample(range(1024, 248 * 1024, 1024), 12)
    tally = starve(runs, limits, tmp_path)
    assert tally.is_clean, (limits, tally)
    assert tally.errors == {"the disk reports an error; check the disk and run this again"}


@pytest.mark.skipif(not has_strace(), reason="strace, by which calls are made to fail, is not here")
@pytest.mark.parametrize(("call", "error"), FAULTS)
def test_a_run_whose_disk_fails(tmp_path: Path, runs: Runs, call: str, error: str) -> None:
    """One call that fails ends it with an error of one line, and nothing that was acknowledged is lost."""
    undisturbed, _ = undisturbed_run(runs, tmp_path)
    # A run syncs less often than it writes.
    numbers = random.sample(range(1, 80 if call == "fdatasync" else 120), 4)
    tally = inject(call, error, numbers, tmp_path, undisturbed=undisturbed, runs=runs)
    assert tally.is_clean, (numbers, tally)
    assert tally.disturbed == len(numbers)


def test_a_disk_that_is_too_small(tmp_path: Path, runs: Runs) -> None:
    """What was acknowledged before it was full is kept, and the error says what to do."""
    with small_disk(tmp_path, kibibytes=SMALL_DISK) as disk:
        if disk is None:
            pytest.skip("this process may not make a disk")
        said, _ = runs.run(disk / "full.db")
        (error,) = [line for line in said if line.startswith("error ")]
        assert error.endswith("the disk is full; make room and run this again: what was reported is kept")
        tally = Tally()
        tally.examine(disk / "full.db", said - {error})
    assert tally.is_clean, tally
    assert tally.acknowledged > 0


def test_what_is_lost_is_counted(tmp_path: Path, runs: Runs) -> None:
    """The figures of these tests are not always nought: each kind of damage raises its own."""
    path = tmp_path / "a.db"
    said, killed = runs.run(path)
    assert (len(said), killed) == (ACKNOWLEDGED, False)
    undisturbed, _ = undisturbed_run(runs, tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM embed_links WHERE embed_id = 1 AND position = 2")
    tally = Tally()
    tally.examine(path, {*said, "document none.txt"})
    tally.compare(path, undisturbed)
    assert (tally.lost, tally.half_written, tally.damaged, tally.different) == (1, 2, 1, 1)
    empty = tmp_path / "empty.db"
    empty.touch()
    tally = Tally()
    tally.examine(empty, {"document 1.txt"})
    assert (tally.lost, tally.is_clean) == (1, False)


def test_the_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command prints the figures and writes the page."""
    main(["--kills", "2", "--faults", "1", "--flips", "5", "--write", str(tmp_path / "page.md")])
    assert "| SIGKILL at a random moment" in capsys.readouterr().out
    written = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "{" not in written
    assert "| SIGKILL at a random moment" in written


def test_the_table_says_what_was_lost() -> None:
    """Each figure stands in its column."""
    tally = Tally(
        disturbed=9, acknowledged=80, lost=1, half_written=2, damaged=3, continued=5, different=4, unclear=6
    )
    assert table({"x": tally}).splitlines()[-1].replace(" ", "") == "|x|9|80|1|2|3|4of5|6|"
    from datetime import date

    assert "Of 7 bits" in page({"x": tally}, Flips(flipped=7, changed=3, found=2), day=date(2026, 11, 22))
