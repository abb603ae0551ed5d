"""A short sketch of a text, by which it can be told how much two texts have in common without keeping either.

The smallest hashes of all runs of three words ("bottom-k sketch", A. Broder, On the resemblance and containment of
documents, 1997, https://doi.org/10.1109/SEQUEN.1997.666900). With 64 of them the likeness is right within about 0.06.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Hashes in a sketch, at most.
SIZE: Final = 64

_WORDS_IN_A_ROW: Final = 3


def sketch(words: Sequence[str]) -> tuple[int, ...]:
    """Return the sketch of a text, given as its words: at most :data:`SIZE` numbers below 2**32, ascending.

    >>> sketch(["page", "not", "found"]) == sketch(["page", "not", "found"]), sketch([])
    (True, ())
    """
    last = max(1, len(words) - _WORDS_IN_A_ROW + 1)
    rows = (" ".join(words[start : start + _WORDS_IN_A_ROW]) for start in range(last if words else 0))
    # No secret and no collision is at stake, and it is the fastest that gives the same on every machine.
    hashes = {crc32(row.encode("utf-8", "surrogatepass")) for row in rows}
    return tuple(heapq.nsmallest(SIZE, hashes))


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Return about which share of all runs of words two texts have in common, from 0 to 1.

    Two texts without a word are not alike: there is nothing to be said of them.

    >>> story = "the new bridge over the harbour opens on saturday two weeks early".split()
    >>> likeness(sketch(story), sketch(story)), likeness(sketch(story), sketch(["page", "not", "found"]))
    (1.0, 0.0)
    """
    both = heapq.nsmallest(SIZE, {*one, *other})
    common = set(one) & set(other)
    return sum(each in common for each in both) / len(both) if both else 0.0
