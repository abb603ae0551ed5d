"""The conditions of each trace as one pattern, and all its matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from re import Pattern

    from resolver.detect.prefilter.conditions import Condition


def grouped(conditions: Sequence[Condition]) -> list[tuple[int, bytes]]:
    """Return each trace as a number, with one pattern for all its conditions.

    >>> from resolver.detect.prefilter.conditions import Condition
    >>> from resolver.detect.prefilter.traces import Trace
    >>> grouped([Condition(Trace.LINK, b"a"), Condition(Trace.TAIL, b"b"), Condition(Trace.LINK, b"c")])
    [(2, b'(?:a|c)'), (1, b'(?:b)')]
    """
    patterns: dict[int, list[bytes]] = {}
    for condition in conditions:
        patterns.setdefault(int(condition.trace), []).append(condition.pattern)
    return [(trace, b"(?:" + b"|".join(each) + b")") for trace, each in patterns.items()]


def ends(pattern: Pattern[bytes], data: bytes | memoryview) -> Iterator[int]:
    """Yield where the matches of a pattern end that begin at different places, be they within one another.

    >>> import re
    >>> list(ends(re.compile(b"Posted by|by u/"), b"Posted by u/jo"))
    [9, 12]
    """
    match = pattern.search(data)
    while match is not None:
        yield match.end()
        match = pattern.search(data, match.start() + 1)
