"""What is made one by one, as far as it is asked for, and then kept for whoever asks again."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")


class Again(Generic[Item]):
    """The items of an iterable, each taken from it once however often they are gone through.

    >>> squares = Again(number * number for number in range(1_000_000_000))
    >>> [next(iter(squares)), next(square for square in squares if square > 5)]
    [0, 9]
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = iter(items)
        self._taken: list[Item] = []

    def __iter__(self) -> Iterator[Item]:
        at = 0
        # Others may have taken more meanwhile.
        while at < len(self._taken) or self._take():
            yield self._taken[at]
            at += 1

    def _take(self) -> bool:
        known = len(self._taken)
        self._taken.extend(islice(self._items, 1))
        return len(self._taken) > known
