"""Patterns compiled by hyperscan (of Intel; elsewhere by its fork Vectorscan)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import hyperscan

from resolver.detect.prefilter.traces import ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.prefilter.conditions import Condition


#: How many seconds another process may take to compile, which takes it some.
_PATIENCE: Final = 120


def compiled(conditions: Sequence[Condition]) -> _Hyperscan:
    """Return the engine for some conditions."""
    return _Hyperscan(conditions)


class _Hyperscan:
    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._database: Any = _compiled_apart(conditions) or _compiled_here(conditions)
        # What the library needs while it scans may serve one scan at a time.
        self._local = threading.local()

    def hits(self, data: bytes | memoryview) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        scratch = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = hyperscan.Scratch(self._database)
        self._database.scan(data, match_event_handler=_note, context=found, scratch=scratch)
        return found


def _compiled_apart(conditions: Sequence[Condition]) -> Any:
    """Return a database made by another process, as making it takes 50 MB and more; ``None`` where none can be run."""
    patterns = [(one.pattern.decode("latin-1"), int(one.trace), _flags(one)) for one in conditions]
    # "-P": nothing is imported from the folder of the program, nor from the current one.
    command = [sys.executable, "-P", str(Path(__file__).with_name("compile_apart.py"))]
    try:
        made = subprocess.run(  # noqa: S603 - it is this interpreter, and a program of ours
            command, input=json.dumps(patterns).encode(), capture_output=True, check=True, timeout=_PATIENCE
        )
        return hyperscan.loadb(made.stdout, hyperscan.HS_MODE_BLOCK)
    except (OSError, subprocess.SubprocessError, hyperscan.error):
        return None


def _compiled_here(conditions: Sequence[Condition]) -> Any:
    database: Any = hyperscan.Database()
    database.compile(
        expressions=[condition.pattern for condition in conditions],
        ids=[int(condition.trace) for condition in conditions],
        elements=len(conditions),
        flags=[_flags(condition) for condition in conditions],
    )
    return database


def _flags(condition: Condition) -> int:
    once = hyperscan.HS_FLAG_SINGLEMATCH if condition.trace & ANYWHERE else 0
    return int(hyperscan.HS_FLAG_DOTALL | once)


def _note(trace: int, _start: int, end: int, _flags: int, found: Any) -> None:
    found.append((end, trace))
