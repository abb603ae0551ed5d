"""Rates of several ways of doing one work, which take turns over the same documents."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    #: Works on documents and returns what that took.
    Way = Callable[[Sequence[bytes]], "Done"]


class Done(NamedTuple):
    """What one way took for one batch: CPU seconds, and how much it found; ``None`` where it does not count that."""

    seconds: float
    finds: int | None = None


@dataclass
class Rate:
    """What one way took, batch by batch. It has the batches from the first on, until its time was up."""

    name: str
    sizes: list[int] = field(default_factory=list)
    documents: int = 0
    done: list[Done] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """CPU seconds."""
        return sum(done.seconds for done in self.done)

    @property
    def speed(self) -> float:
        """Megabytes (10^6 bytes) a CPU second."""
        return sum(self.sizes) / 1e6 / self.seconds if self.seconds else 0.0

    @property
    def finds(self) -> int | None:
        """How much it found; ``None`` where it does not count that."""
        counts = [done.finds for done in self.done if done.finds is not None]
        return sum(counts) if counts else None

    def times(self, other: Rate) -> float:
        """Return how many times as fast as *other* this is, over the batches that both have done.

        >>> fast, slow = Rate("a", done=[Done(1), Done(9)]), Rate("b", done=[Done(4)])
        >>> fast.times(slow)
        4.0
        """
        both = min(len(self.done), len(other.done))
        own = sum(done.seconds for done in self.done[:both])
        return sum(done.seconds for done in other.done[:both]) / own if own else 0.0


def timed(work: Callable[[Sequence[bytes]], int | None]) -> Way:
    """Return a way of what is done in this process."""

    def way(documents: Sequence[bytes]) -> Done:
        begun = time.process_time()
        finds = work(documents)
        return Done(time.process_time() - begun, finds)

    return way


def measure(ways: dict[str, Way], batches: Iterable[list[bytes]], *, seconds: float) -> list[Rate]:
    """Return what each way took, batch by batch in turn; a way stops after so many *seconds* of CPU time.

    Each does one document before, which does not count: it loads what it needs.
    """
    rates = [Rate(name) for name in ways]
    for number, batch in enumerate(batches):
        for rate in rates:
            if number == 0:
                ways[rate.name](batch[:1])
            if rate.seconds < seconds:
                rate.done.append(ways[rate.name](batch))
                rate.sizes.append(sum(map(len, batch)))
                rate.documents += len(batch)
        if all(rate.seconds >= seconds for rate in rates):
            break
    return rates
