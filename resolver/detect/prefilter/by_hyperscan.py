"""Patterns compiled by hyperscan (of Intel; elsewhere by its fork Vectorscan)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import hyperscan

from resolver.detect.prefilter.traces import ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.prefilter.conditions import Condition


def compiled(conditions: Sequence[Condition]) -> _Hyperscan:
    """Return the engine for some conditions."""
    return _Hyperscan(conditions)


class _Hyperscan:
    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._database: Any = hyperscan.Database()
        self._database.compile(
            expressions=[condition.pattern for condition in conditions],
            ids=[int(condition.trace) for condition in conditions],
            elements=len(conditions),
            flags=[_flags(condition) for condition in conditions],
        )
        # What the library needs while it scans may serve one scan at a time.
        self._local = threading.local()

    def hits(self, data: bytes | memoryview) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        scratch = getattr(self._local, "scratch", None)
        if scratch is None:
            scratch = self._local.scratch = hyperscan.Scratch(self._database)
        self._database.scan(data, match_event_handler=_note, context=found, scratch=scratch)
        return found


def _flags(condition: Condition) -> int:
    once = hyperscan.HS_FLAG_SINGLEMATCH if condition.trace & ANYWHERE else 0
    return int(hyperscan.HS_FLAG_DOTALL | once)


def _note(trace: int, _start: int, end: int, _flags: int, found: Any) -> None:
    found.append((end, trace))
