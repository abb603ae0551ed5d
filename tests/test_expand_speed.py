"""The benchmark of speed: it runs, and says of what it measured whether that is what was promised."""

from __future__ import annotations

import pytest

from benchmarks.expansion.__main__ import best, measure
from benchmarks.expansion.report import (
    ASYNC_CLIENT,
    BEGIN,
    CURL,
    END,
    OURS,
    STORED,
    Figures,
    Measured,
    promise_table,
    promises,
    renewed,
    speed_table,
)
from benchmarks.expansion.server import slow


def of(links_a_second: float, microseconds: float) -> Measured:
    return Measured(links_a_second, microseconds / 10**6, 50 * 10**6)


FAST = {OURS: of(500, 800), STORED: of(499, 2001), ASYNC_CLIENT: of(100, 8000), CURL: of(8000, 100)}


def test_what_is_asked_is_measured() -> None:
    """Ours with its store, over a server of our own."""
    with slow(0.0) as server:
        found = measure(STORED, server, 20, peers=None)
    assert isinstance(found, Measured)
    assert found.links_a_second > 0
    assert 0 < found.cpu < 1
    assert found.peak > 10**6


def test_the_least_disturbed_run_counts() -> None:
    """Each figure is the best of all runs; where none succeeded, the reason is kept."""
    assert best([of(10, 900), "failed", of(20, 1000)]) == of(20, 900)
    assert best(["not installed", "not installed"]) == "not installed"


PROMISES = [
    (FAST, {OURS: of(1152, 800), STORED: of(1151, 800)}, 10**8, "yes yes yes NO NO NO yes"),
    (FAST, {OURS: "failed", STORED: "failed"}, 3 * 10**8, "yes yes NO NO NO"),
    (FAST | {CURL: "not installed"}, {OURS: of(1280, 1), STORED: of(10, 1)}, 1, "yes yes NO NO yes"),
]


@pytest.mark.parametrize(("fast", "late", "memory", "kept"), PROMISES)
def test_promises_are_held_against_what_was_measured(
    fast: dict[str, Measured | str], late: dict[str, Measured | str], memory: int, kept: str
) -> None:
    """Each at its bound; of what could not be measured nothing is said."""
    figures = Figures(fast=fast, late=late, many=10**6, memory=memory)
    assert " ".join("yes" if yes else "NO" for *_, yes in promises(figures)) == kept
    assert [
        line.split("|")[3].strip() for line in promise_table(promises(figures)).splitlines()[2:]
    ] == kept.split()


def test_the_table_says_what_was_left_out() -> None:
    """Who is not there has a line all the same."""
    figures = Figures(fast=FAST | {"lychee": "not installed"}, late={OURS: of(1152, 1)}, many=1, memory=1)
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in speed_table(figures).splitlines()]
    assert lines[2] == ["ours", "500", "800", "8.0", "50 MB", "1,152", "90%"]
    assert lines[-1] == ["lychee", "not installed", "", "", "", "", ""]


def test_only_what_was_measured_is_renewed() -> None:
    """What stands around it in the page stays."""
    page = f"before\n\n{BEGIN}\n\nold\n\n{END}\n\nafter\n"
    assert renewed(page, "new") == f"before\n\n{BEGIN}\n\nnew\n\n{END}\n\nafter\n"
