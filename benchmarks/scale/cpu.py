"""The CPU time and memory of a command and of every process that it starts, however far removed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.cases import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

_PR_SET_CHILD_SUBREAPER = 36


class Cost(NamedTuple):
    """What a command took: CPU seconds of all its processes, and the most bytes that one of them has had."""

    seconds: float
    memory: int


def cost(arguments: Sequence[str], *, times: int = 1) -> Cost:
    """Return what ``python ARGUMENTS`` costs, all its processes together. Needs Linux.

    The command is run so many *times* at once, and the time of one of them returned: processors share caches and
    more, so that what runs beside another takes longer.

    Processes whose parent ends before them become children of this one, so that they are counted too. Raises
    :class:`subprocess.CalledProcessError` where the command fails.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    running = {
        process.pid: process
        for process in (
            subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) for _ in range(times)
        )
    }
    seconds, memory = 0.0, 0
    while True:
        try:
            pid, status, used = os.wait3(0)
        except ChildProcessError:
            return Cost(seconds / times, memory)
        seconds += used.ru_utime + used.ru_stime
        memory = max(memory, 1024 * used.ru_maxrss)
        if pid in running:
            running[pid].returncode = os.waitstatus_to_exitcode(status)
            if status:
                raise subprocess.CalledProcessError(running[pid].returncode, command)
