"""What it costs to start: ``scan`` of a small article and ``--help``, beside a bare ``import click``.

::

    python -m benchmarks.startup [--runs N] [--write docs/startup.md]

Each command is run N times in a process of its own; the best CPU time (user and system, seconds) is what it costs,
since anything else on the machine can only add to it. The first run of each compiles and is not counted. It needs a
POSIX system, which tells the CPU time of processes that have ended.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.cases import ROOT
from benchmarks.markdown import markdown_table
from resolver import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

#: How often a scan may cost what importing the library for its command line costs.
MOST_TIMES_CLICK: Final = 2.5

#: The size of the article, in bytes.
ARTICLE_SIZE: Final = 6_000

_COMMAND = "import sys; from cli import main; sys.exit(main())"
_PARAGRAPH = (
    "The ferry landing was closed for most of the winter, and everybody on the island took the bridge.\n\n"
)
_POST = (
    "First boat of the year just left. #Ferry https://t.co/Qw3Er5Ty7U — Mia Holm (@miaholm) April 3, 2019\n\n"
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=20, help="how often each command is run")
    parser.add_argument("--write", type=Path, help="write the page (docs/startup.md) to this file")
    options = parser.parse_args(arguments)
    seconds = measure(options.runs)
    print(table(seconds))
    if options.write:
        text = page(seconds, runs=options.runs, day=datetime.now(UTC).date())
        options.write.write_text(text, encoding="utf-8")


def article(size: int = ARTICLE_SIZE) -> str:
    """Return an article with one flattened post in it, of at least *size* bytes and little more.

    >>> 6_000 <= len(article().encode()) < 6_200
    True
    """
    paragraphs = _PARAGRAPH * ((size - len(_POST.encode())) // len(_PARAGRAPH) + 1)
    return _PARAGRAPH + _POST + paragraphs[len(_PARAGRAPH) :]


def measure(runs: int) -> dict[str, float]:
    """Return the best CPU seconds of each command, by name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt")
        path.write_text(article(), encoding="utf-8")
        commands = {
            "python -c pass": ["-c", "pass"],
            "python -c 'import click'": ["-c", "import click"],
            "embed-resolver --help": ["-c", _COMMAND, "--help"],
            f"embed-resolver scan (an article of {ARTICLE_SIZE // 1000} kB)": [
                "-c",
                _COMMAND,
                "scan",
                str(path),
            ],
        }
        # Bytecode goes to a folder of this run, so that a fresh checkout, or one that may not be written to, does
        # not measure the compiler.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder, "bytecode"))}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return best(commands, environment, runs)


def best(
    commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], runs: int
) -> dict[str, float]:
    """Return the least CPU seconds of *runs* runs of Python with each command's arguments.

    The commands take turns, so that what else the machine does meets all of them. Raises
    :class:`subprocess.CalledProcessError` where a command fails: what fails is fast.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs + 1):
        for name, arguments in commands.items():
            seconds[name].append(_cpu_seconds(arguments, environment))
    return {name: min(costs[1:]) for name, costs in seconds.items()}


def _cpu_seconds(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def table(seconds: Mapping[str, float]) -> str:
    """Return the commands with their CPU time and how many times ``import click`` that is."""
    click = seconds["python -c 'import click'"]
    lines = [[f"`{name}`", f"{cost * 1000:.0f} ms", f"{cost / click:.2f}"] for name, cost in seconds.items()]
    return markdown_table(["command", "CPU time", "times `import click`"], lines)


def _verdict(seconds: Mapping[str, float]) -> str:
    """Return whether the last command, which is the scan, costs no more than it may."""
    scan = list(seconds.values())[-1]
    return "kept" if scan <= MOST_TIMES_CLICK * seconds["python -c 'import click'"] else "missed"


def page(seconds: Mapping[str, float], *, runs: int, day: date) -> str:
    """Return the page docs/startup.md."""
    return (
        "# What it costs to start\n\n"
        "This page is written by `python -m benchmarks.startup --write docs/startup.md`, "
        f"on {day.isoformat()}, with embed-resolver {__version__} and Python {platform.python_version()}.\n\n"
        f"Best CPU time (user and system) of {runs} processes each; the bytecode is compiled beforehand. "
        f"`scan` may cost at most {MOST_TIMES_CLICK} times `import click`: that is {_verdict(seconds)}.\n\n"
        f"{table(seconds)}\n"
    )


if __name__ == "__main__":
    main()
