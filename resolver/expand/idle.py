"""Connections that are kept open for the next request to their origin: which to take, which to close."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


class Kept(Protocol):
    """What is kept."""

    def is_open(self) -> bool:
        """Return whether it can still be used."""
        ...


KeptT = TypeVar("KeptT", bound=Kept)


class Idle(Generic[KeptT]):
    """At most so *many* of them, each for so many *seconds* by the *clock*; each step takes the same time.

    >>> class Line:
    ...     def is_open(self): return True
    >>> idle, line = Idle(many=1, seconds=5.0, clock=lambda: 0.0), Line()
    >>> idle.put("t.co", line), len(idle.put("bit.ly", Line()))
    ([], 1)
    >>> idle.take("t.co") is None
    True
    """

    def __init__(self, *, many: int, seconds: float, clock: Callable[[], float]) -> None:
        self._many = many
        self._seconds = seconds
        self._clock = clock
        # Both in the order in which they were put: those of each origin, and all with their origin and end.
        self._of_origin: dict[Hashable, OrderedDict[KeptT, None]] = {}
        self._all: OrderedDict[KeptT, tuple[Hashable, float]] = OrderedDict()

    def take(self, origin: Hashable) -> KeptT | None:
        """Return the one that was put last, of those of the origin that are open; ``None`` where none is.

        Those of the origin that are not open are forgotten; the next :meth:`put` gives back those whose time is up.
        """
        while self._of_origin.get(origin):
            newest = next(reversed(self._of_origin[origin]))
            _, ends_at = self._all[newest]
            if newest.is_open() and self._clock() >= ends_at:
                return None  # the others of the origin were put before it
            self._remove(newest)
            if newest.is_open():
                return newest
        return None

    def put(self, origin: Hashable, kept: KeptT) -> list[KeptT]:
        """Keep one for its origin, and return those that are to be closed now."""
        now = self._clock()
        self._of_origin.setdefault(origin, OrderedDict())[kept] = None
        self._all[kept] = (origin, now + self._seconds)
        leaving: list[KeptT] = []
        for oldest, (_, ends_at) in self._all.items():
            if len(self._all) - len(leaving) <= self._many and now < ends_at:
                break
            leaving.append(oldest)
        for oldest in leaving:
            self._remove(oldest)
        return leaving

    def empty(self) -> list[KeptT]:
        """Return all of them, and keep none."""
        leaving = list(self._all)
        self._all.clear()
        self._of_origin.clear()
        return leaving

    def _remove(self, kept: KeptT) -> None:
        origin, _ = self._all.pop(kept)
        others = self._of_origin[origin]
        del others[kept]
        if not others:
            del self._of_origin[origin]
