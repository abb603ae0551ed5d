"""Whether anything that was acknowledged is ever lost: runs are killed, starved, and lied to by their disk.

    python -m benchmarks.durability --kills 1000 --write docs/durability.md

A run is killed with SIGKILL at random moments, up to eight times in a row, and then let go on to its end. Calls fail by
``strace``, where that is installed. A disk that is too small is made where the process may mount one. A kill does not
try what a loss of power does: what is in the cache of the operating system survives it.
"""

from __future__ import annotations

import argparse
import platform
import random
import sqlite3
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.durability_bits import Flips, flip_bits
from benchmarks.durability_faults import FAULTS, fill_up, has_strace, inject, small_disk
from benchmarks.durability_runs import Tally, kill, started, starve, undisturbed_run
from benchmarks.durability_writer import ACKNOWLEDGED
from benchmarks.markdown import markdown_table
from resolver import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.durability_runs import Runs

#: The size of a disk on which a run begins and does not come to its end, in KiB.
SMALL_DISK: Final = 304
#: Sizes that no file of a run may exceed, in bytes: up to nearly that of the whole database.
LIMITS: Final = tuple(range(96 * 1024, 252 * 1024, 2048))

_PAGE: Final = """\
# Nothing acknowledged is lost

This page is written by

```sh
python -m benchmarks.durability --kills 1000 --write docs/durability.md
```

on {day}, with embed-resolver {version}, Python {python} and SQLite {sqlite}.

A run acknowledges {acknowledged} things: 12 documents with their embeds, and 25 links with what they led to.
*Acknowledged* counts what had been said to be kept when the run was disturbed, and *lost* what was not there
afterwards. Each database is examined as `doctor` does. Those that were continued to the end are exported
(`--reproducible`) and compared, byte by byte, with the export of a run that nobody disturbed.

{table}

The errors that the runs ended with, each of one line with the path before it:

{errors}

## One flipped bit

{flips}

## What is not tried

- A loss of power: `kill -9` leaves the cache of the operating system as it is. Every commit is synced
  (`synchronous = FULL`), so that what is acknowledged was handed to the disk; whether the disk keeps its word, no
  program can know.
- A file system over a network, whose locks may not lock.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Try it, print or write the table, and end with 1 where anything was lost or unclear."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.durability", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--kills", type=int, default=1000, help="how often runs are killed")
    parser.add_argument(
        "--faults", type=int, default=200, help="the first so many calls of each kind fail in turn"
    )
    parser.add_argument("--flips", type=int, default=4000, help="how many bits are flipped, one at a time")
    parser.add_argument("--write", type=Path, help="write the page (docs/durability.md) to this file")
    options = parser.parse_args(arguments)
    tallies, flips = measure(kills=options.kills, faults=options.faults, flips=options.flips)
    print(table(tallies))
    print(flips)
    if options.write:
        options.write.write_text(page(tallies, flips, day=datetime.now(UTC).date()), encoding="utf-8")
    if not all(tally.is_clean for tally in tallies.values()):
        sys.exit(1)


def measure(*, kills: int, faults: int, flips: int) -> tuple[dict[str, Tally], Flips]:
    """Return what each kind of disturbance left, by its name, and how many flipped bits were found."""
    with tempfile.TemporaryDirectory() as name, started() as runs:
        folder = Path(name)
        tallies = {"SIGKILL at a random moment": kill(runs, kills, folder)}
        tallies["no file may grow beyond a size (`RLIMIT_FSIZE`)"] = starve(runs, LIMITS[:faults], folder)
        tallies |= _errors(runs, faults, folder)
        with small_disk(folder, kibibytes=SMALL_DISK) as disk:
            if disk is not None:
                tallies[f"a disk of {SMALL_DISK} KiB"] = fill_up(runs, disk)
        return tallies, flip_bits(runs, flips, folder, random.Random(1))


def _errors(runs: Runs, faults: int, folder: Path) -> dict[str, Tally]:
    if not has_strace():
        print("strace is not here, so that no call was made to fail", file=sys.stderr)
        return {}
    undisturbed, _ = undisturbed_run(runs, folder)
    return {
        f"{error} at each of the first {_numbers(call, faults).stop - 1} `{call}`": inject(
            call, error, _numbers(call, faults), folder, undisturbed=undisturbed, runs=runs
        )
        for call, error in FAULTS
    }


def _numbers(call: str, faults: int) -> range:
    # A run syncs less often than it writes.
    return range(1, min(faults, 90 if call == "fdatasync" else faults) + 1)


def table(tallies: Mapping[str, Tally]) -> str:
    """Return what each kind of disturbance left.

    >>> line = table({"SIGKILL": Tally(disturbed=2, acknowledged=30, continued=1)}).splitlines()[-1]
    >>> " ".join(line.split())
    '| SIGKILL | 2 | 30 | 0 | 0 | 0 | 0 of 1 | 0 |'
    """
    heads = ["disturbed by", "times", "acknowledged", "lost", "half-written", "damaged"]
    heads += ["export differs in the end", "unclear errors"]
    lines = [
        [
            name,
            *map(str, (each.disturbed, each.acknowledged, each.lost, each.half_written, each.damaged)),
            f"{each.different} of {each.continued}",
            str(each.unclear),
        ]
        for name, each in tallies.items()
    ]
    return markdown_table(heads, lines)


def page(tallies: Mapping[str, Tally], flips: Flips, *, day: date) -> str:
    """Return the page docs/durability.md."""
    errors = sorted({error for tally in tallies.values() for error in tally.errors})
    return _PAGE.format(
        day=day.isoformat(),
        version=__version__,
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        acknowledged=ACKNOWLEDGED,
        table=table(tallies),
        errors="\n".join(f"- {error}" for error in errors),
        flips=flips,
    )


if __name__ == "__main__":
    main()
