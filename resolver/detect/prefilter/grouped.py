"""The conditions of each trace as one pattern, and all its matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.detect.prefilter.traces import ANYWHERE

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


def hits_of(trace: int, pattern: Pattern[bytes], data: bytes | memoryview) -> Iterator[tuple[int, int]]:
    """Yield the hits of a trace: where the matches of its pattern end that begin at different places.

    They may be within one another. Where the trace is told by that it is anywhere, the first is enough.

    >>> import re
    >>> from resolver.detect.prefilter.traces import Trace
    >>> pattern, text = re.compile(b"Posted by|by u/"), b"Posted by u/jo"
    >>> list(hits_of(int(Trace.WORDING), pattern, text)), list(hits_of(int(Trace.MARKUP), pattern, text))
    ([(9, 8), (12, 8)], [(9, 64)])
    """
    match = pattern.search(data)
    while match is not None:
        yield match.end(), trace
        match = None if trace & ANYWHERE else pattern.search(data, match.start() + 1)
