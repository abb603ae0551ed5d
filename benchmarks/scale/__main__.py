"""Prints what scanning in processes and loading cost here: ``python -m benchmarks.scale``.

::

    python -m benchmarks.scale [--size MB] [--runs N] [--embeds N] [--write docs/scale.md]

It makes corpora of SIZE megabytes of texts or pages, those of ``benchmarks.speed``, and scans each in one process
without shards, alone and beside another that does the same, and in one and two processes in shards; all in turns, the
best CPU time of N runs counts, of all processes together. Then it loads made-up results of so many embeds; for the
distinct links of many more, there is ``python -m benchmarks.scale.distinct``. With --write, the tables take the place
of those in the page. Needs Linux.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.cases import ROOT
from benchmarks.markdown import markdown_table
from benchmarks.scale.cpu import cost
from benchmarks.scale.month import month_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What is promised.
MOST_TIMES_ONE_PROCESS: Final = 1.15
ROWS_A_CPU_SECOND: Final = 40_000
MEMORY_FOR_LINKS: Final = 10**9

_MEASURED = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- /measured -->)", re.DOTALL)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print or write the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=300, help="megabytes of text in each corpus")
    parser.add_argument("--runs", type=int, default=3, help="how often each is scanned")
    parser.add_argument("--embeds", type=int, default=200_000, help="how many embeds are loaded")
    parser.add_argument("--write", type=Path, help="the page whose tables are to be renewed (docs/scale.md)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        scanned = _scanning(Path(folder), options.size, options.runs)
        text = f"{scanned}\n\n{_loading(Path(folder), options.embeds)}\n"
    print(text)
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        options.write.write_text(_MEASURED.sub(lambda _: f"\n{text}\n", page), encoding="utf-8")


def _scanning(folder: Path, megabytes: int, runs: int) -> str:
    paths = _printed("benchmarks.scale.corpora", str(folder), str(megabytes))
    tiny = folder / "tiny.jsonl"
    tiny.write_text('{"text": "words"}\n', encoding="utf-8")
    start, idle = _best(str(tiny), runs)
    lines = [["(start alone)", *(f"{seconds:.2f} s" for seconds in start), "", "", f"{idle / 1e6:,.0f} MB"]]
    speeds: dict[str, float] = {}
    for name, path in paths.items():
        seconds, memory = _best(path, runs)
        net = [all_of - of_start for all_of, of_start in zip(seconds, start, strict=True)]
        speeds[name] = megabytes / net[0]
        ratios = [f"{seconds[3] / seconds[one]:.2f} ({net[3] / net[one]:.2f})" for one in (0, 1)]
        lines.append([name, *(f"{one:.2f} s" for one in seconds), *ratios, f"{memory / 1e6:,.0f} MB"])
    heads = [
        "corpus",
        "one process",
        "beside another",
        "one in shards",
        "two in shards",
        "to one",
        "to one beside another",
        "memory",
    ]
    table = markdown_table(heads, lines)
    month = "\n".join(
        (
            *month_lines(wet=speeds["WET.gz"], warc=speeds["WARC.gz"]),
            *_of_posts(paths, megabytes, runs, start[0]),
        )
    )
    said = (
        f"CPU seconds for {megabytes} MB of texts (WARC.gz: of pages); in brackets without the start. Promised: two "
        f"processes take at most {MOST_TIMES_ONE_PROCESS} times what one takes. Memory is that of the largest process, "
        "which compiles patterns."
    )
    return f"{said}\n\n{table}\n\n{month}"


def _of_posts(paths: dict[str, Any], megabytes: int, runs: int, start: float) -> Iterator[str]:
    """Return what a month costs where no notes are looked for."""
    seconds = {
        name: min(_seconds(0, paths[name], "no-notes") for _ in range(runs)) for name in ("WET.gz", "WARC.gz")
    }
    wet, warc = (megabytes / (all_of - start) for all_of in seconds.values())
    return month_lines(wet=wet, warc=warc, said=", with `--no-notes`,")


def _seconds(jobs: int, *arguments: str) -> float:
    return cost(["-m", "benchmarks.scale.work", str(jobs), *arguments]).seconds


def _best(path: str, runs: int) -> tuple[list[float], int]:
    """Return the least CPU seconds of each way, in turns, and the memory of the largest process of two in shards."""
    ways = ((0, 1), (0, 2), (1, 1), (2, 1))
    costs = [
        [cost(["-m", "benchmarks.scale.work", str(jobs), path], times=times) for jobs, times in ways]
        for _ in range(runs)
    ]
    best = [min(one.seconds for one in of_way) for of_way in zip(*costs, strict=True)]
    return best, max(of_run[-1].memory for of_run in costs)


def _loading(folder: Path, embeds: int) -> str:
    place = folder / "load"
    place.mkdir()
    steps = {step: _step(embeds, place, step) for step in ("make", "load", "again", "links")}
    load, again, links = steps["load"], steps["again"], steps["links"]
    rate = load["rows"] / load["seconds"]
    lines = [
        ["rows a CPU second", f"{rate:,.0f}", f"at least {ROWS_A_CPU_SECOND:,}"],
        ["the same, to rows of 300 bytes by a bare `executemany`", f"{rate / _bare_rows():.2f}", ""],
        ["memory while loading", f"{load['peak'] / 1e6:,.0f} MB", ""],
        [
            "documents a CPU second, loaded again",
            f"{again['documents'] / again['seconds']:,.0f}",
            "adds nothing",
        ],
        ["distinct links found", f"{links['links']:,}", ""],
        ["CPU seconds for that", f"{links['seconds']:.1f} s", ""],
        ["memory for that", f"{links['peak'] / 1e6:,.0f} MB", f"at most {MEMORY_FOR_LINKS / 1e6:,.0f} MB"],
        ["size of the database, an embed", f"{load['size'] / embeds:,.0f} bytes", ""],
    ]
    table = markdown_table([f"{embeds:,} embeds", "measured", "promised"], lines)
    return f"Loading results, one embed with two links a document, reading them included.\n\n{table}"


def _step(embeds: int, folder: Path, step: str) -> dict[str, Any]:
    return _printed("benchmarks.scale.loading", str(embeds), str(folder), step)


def _printed(module: str, *arguments: str) -> dict[str, Any]:
    """Return the line of JSON that a module prints."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _bare_rows() -> float:
    """Return how many rows of 300 bytes SQLite takes in a CPU second, in one table with nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder, "bare.db"))
        db.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
        rows = [(number, f"{number:0300d}") for number in range(200_000)]
        started = time.process_time()
        with db:
            db.executemany("INSERT INTO rows VALUES (?, ?)", rows)
        seconds = time.process_time() - started
        db.close()
    return len(rows) / seconds


if __name__ == "__main__":
    main()
