"""Patterns compiled by RE2: one pass tells which traces there are, and only what has some is read again for places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import re2

from resolver.detect.prefilter.grouped import grouped, hits_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.prefilter.conditions import Condition

#: What the states of one expression may take, in bytes. With less, they are thrown away and made again while reading.
_MEMORY: Final = 64 * 1024 * 1024


def compiled(conditions: Sequence[Condition]) -> _Re2:
    """Return the engine for some conditions."""
    return _Re2(conditions)


class _Re2:
    def __init__(self, conditions: Sequence[Condition]) -> None:
        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1  # every byte is a character
        options.max_mem = _MEMORY
        options.dot_nl = True
        groups = grouped(conditions)
        self._traces = [trace for trace, _ in groups]
        self._set = re2.Set.SearchSet(options)
        for _, pattern in groups:
            self._set.Add(pattern)
        self._set.Compile()
        self._patterns = [re2.compile(pattern, options) for _, pattern in groups]

    def hits(self, data: bytes | memoryview) -> list[tuple[int, int]]:
        return [
            hit
            for number in self._set.Match(data) or ()
            for hit in hits_of(self._traces[number], self._patterns[number], data)
        ]
