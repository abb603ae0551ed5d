"""Errors of the disk: system calls of a run that fail by strace's hand, and a disk that is too small."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from benchmarks.durability_runs import ROOT, WRITER, Tally, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from benchmarks.durability_runs import Runs

#: The calls by which SQLite writes on Linux, and the errors they are given.
FAULTS: Final = (("pwrite64", "EIO"), ("pwrite64", "ENOSPC"), ("fdatasync", "EIO"))


def has_strace() -> bool:
    """Return whether calls can be made to fail here."""
    if shutil.which("strace") is None:
        return False
    traced = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return traced.returncode == 0


def inject(
    call: str, error: str, numbers: Iterable[int], folder: Path, *, undisturbed: list[str], runs: Runs
) -> Tally:
    """Make the n-th *call* of a run fail with *error*, for each number; then let the run go on without errors.

    Raises :class:`RuntimeError` where strace has made no call fail: then nothing was tried.
    """
    tally = Tally()
    for number in numbers:
        path = folder / f"{call}-{error}-{number}.db"
        judge(tally, path, _run_with_error(call, error, number, path))
        runs.run(path)
        tally.compare(path, undisturbed)
        path.unlink()
    return tally


def _run_with_error(call: str, error: str, number: int, path: Path) -> set[str]:
    log = path.with_suffix(".strace")
    fault = f"inject={call}:error={error}:when={number}"
    strace = ["strace", "-f", "-o", str(log), "-e", f"trace={call}", "-e", fault]
    done = subprocess.run(
        [*strace, sys.executable, "-m", WRITER, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    injected = log.read_text(encoding="utf-8", errors="replace").count("(INJECTED)")
    log.unlink()
    if not injected:
        raise RuntimeError(f"no {call} number {number} was made to fail")
    # What a traceback would say is no line that the writer says.
    return set(done.stdout.splitlines()) if done.returncode == 0 else set()


@contextmanager
def small_disk(folder: Path, *, kibibytes: int) -> Iterator[Path | None]:
    """Yield a folder on a disk of its own of that size; ``None`` where this process may not make one."""
    place = folder / "disk"
    place.mkdir()
    size = f"size={kibibytes}k"
    with suppress(FileNotFoundError):
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(place)], capture_output=True, check=False
        )
        if made.returncode == 0:
            try:
                yield place
            finally:
                subprocess.run(["umount", str(place)], check=True)
            return
    yield None


def fill_up(runs: Runs, disk: Path) -> Tally:
    """Let one run fill a disk that is too small for it."""
    tally = Tally()
    path = disk / "full.db"
    said, _ = runs.run(path)
    judge(tally, path, said)
    return tally
