"""Patterns compiled by Python's own engine: slow, and always there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from resolver.detect.prefilter.grouped import grouped, hits_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.prefilter.conditions import Condition


def compiled(conditions: Sequence[Condition]) -> _Re:
    """Return the engine for some conditions."""
    return _Re(conditions)


class _Re:
    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._patterns = [(trace, re.compile(pattern, re.DOTALL)) for trace, pattern in grouped(conditions)]

    def hits(self, data: bytes | memoryview) -> list[tuple[int, int]]:
        return [hit for trace, pattern in self._patterns for hit in hits_of(trace, pattern, data)]
