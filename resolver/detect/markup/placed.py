"""A reading and the place in the source that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resolver.detect.markup.reading import Reading


@dataclass(frozen=True)
class Placed:
    """What stands at a span of the source."""

    start: int
    end: int
    reading: Reading


def apart(found: Iterable[Placed]) -> Iterator[Placed]:
    """Yield what was found by its place, without what begins before the one before it ends."""
    floor = 0
    for placed in sorted(found, key=lambda placed: (placed.start, -placed.end)):
        if placed.start >= floor:
            yield placed
            floor = placed.end
