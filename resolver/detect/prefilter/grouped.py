"""The conditions of each trace as one pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
