"""Whether hits in a text stand where a rule looks: most handles, links and addresses in texts do not.

Each is decided by what is around it, read by the rules themselves: too much may be found, never too little.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from resolver.detect.boilerplate import may_be_printed
from resolver.detect.prefilter.pieces import before, behind
from resolver.detect.prefilter.tails import may_be_tail
from resolver.detect.prefilter.traces import Trace
from resolver.detect.rests import may_be_rest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: What may stand behind the last link of a post, in bytes: white space, which may be above ASCII.
_END_OF_LINE = re.compile(rb"[\t\v-\r\x1c-\x20\x80-\xff]{0,32}(?:\n|\Z)")
#: How many bytes of its line stand before the host of an address that is alone on it, and behind it.
_BEFORE_HOST, _BEHIND_HOST = 400, 1_800
#: The most bytes of a wording that needs a date, and of what reaches from it to the end of its date.
_BEFORE_LINE, _BEHIND_LINE = 100, 2_000


def in_place(text: bytes | memoryview, hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the hits in a text but those at which no rule finds anything.

    >>> text, link = b"Rain! https://t.co/AbCdEf1234, he wrote", (29, int(Trace.LINK))
    >>> in_place(text, [link]), in_place(text[:29], [link])
    ([], [(29, 2)])
    """
    kept: list[tuple[int, int]] = []
    data: bytes | None = None
    decided = 0
    for end, trace in hits:
        may_be = _DECIDED_BY.get(trace)
        # One of each trace is enough to have the text read.
        if may_be is not None and not decided & trace:
            data = bytes(text) if data is None else data
            if not may_be(data, end):
                continue
            decided |= trace
        kept.append((end, trace))
    return kept


def _may_end_line(text: bytes, end: int) -> bool:
    return _END_OF_LINE.match(text, end) is not None


def _may_be_line(text: bytes, end: int) -> bool:
    """Return whether an address whose host ends at *end* may be a post's, alone on its line."""
    start = text.rfind(b"\n", max(0, end - _BEFORE_HOST), end) + 1
    if not start and end > _BEFORE_HOST:
        return False
    until = text.find(b"\n", end, end + _BEHIND_HOST)
    line = behind(text, start, most=(end + _BEHIND_HOST if until < 0 else until) - start)
    # A byte order mark is no part of the text.
    return line is None or may_be_rest(line.removeprefix("\ufeff"))


def _may_be_printed(text: bytes, end: int) -> bool:
    """Return whether a wording that ends at *end* may be a platform's: some have to have a date behind them."""
    left, right = before(text, end, most=_BEFORE_LINE), behind(text, end, most=_BEHIND_LINE)
    return left is None or right is None or may_be_printed(left, right)


_DECIDED_BY: Final[dict[int, Callable[[bytes, int], bool]]] = {
    int(Trace.TAIL): may_be_tail,
    int(Trace.LINK): _may_end_line,
    int(Trace.ADDRESS): _may_be_line,
    int(Trace.WORDING): _may_be_printed,
}
