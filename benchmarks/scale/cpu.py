"""The CPU time of a command and of every process that it starts, however far removed."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

from benchmarks.cases import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

_PR_SET_CHILD_SUBREAPER = 36


def cpu_seconds(arguments: Sequence[str], *, times: int = 1) -> float:
    """Return the CPU time, in seconds, of ``python ARGUMENTS`` and all its processes. Needs Linux.

    The command is run so many *times* at once, and the time of one of them returned: processors share caches and
    more, so that what runs beside another takes longer.

    Processes whose parent ends before them become children of this one, so that their time is counted too. Raises
    :class:`subprocess.CalledProcessError` where the command fails.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) for _ in range(times)]
    for one in running:
        if one.wait():
            raise subprocess.CalledProcessError(one.returncode, command)
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) / times
