"""The first of many, without keeping the rest."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Item = TypeVar("Item")


class Shortlist(Generic[Item]):
    """The *length* items with the largest ranks; of equal ones those that came first.

    >>> shortest = Shortlist(2, rank=lambda word: -len(word))
    >>> for word in ("harbour", "quay", "ship", "boat"):
    ...     shortest.add(word)
    >>> shortest.items(), shortest.left_out
    (['quay', 'ship'], 2)
    """

    def __init__(self, length: int, *, rank: Callable[[Item], Any]) -> None:
        self._length = length
        self._rank = rank
        self._heap: list[tuple[Any, int, Item]] = []
        self._added = 0

    def add(self, item: Item) -> None:
        """Take an item, or drop the one of least rank for it."""
        self._added += 1
        entry = (self._rank(item), -self._added, item)
        if len(self._heap) < self._length:
            heapq.heappush(self._heap, entry)
        elif self._heap:
            heapq.heappushpop(self._heap, entry)

    def items(self) -> list[Item]:
        """Return the items, the largest rank first."""
        return [item for _, _, item in sorted(self._heap, key=lambda entry: entry[:2], reverse=True)]

    @property
    def left_out(self) -> int:
        """How many were added and are not in the list."""
        return self._added - len(self._heap)
