"""Rates of several ways of doing one work, measured in turns over the same documents."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    #: Works on documents and returns how many finds there are in them; ``None`` where it does not find.
    Work = Callable[[Sequence[bytes]], int | None]


@dataclass
class Rate:
    """What one way took."""

    name: str
    work: Work
    #: Bytes and documents it worked on, CPU seconds, and finds.
    size: int = 0
    documents: int = 0
    seconds: float = 0.0
    finds: int | None = None

    @property
    def speed(self) -> float:
        """Megabytes (10^6 bytes) a CPU second."""
        return self.size / 1e6 / self.seconds if self.seconds else 0.0


def measure(ways: dict[str, Work], documents: Sequence[bytes], *, seconds: float, at_once: int) -> list[Rate]:
    """Return what each way took, *at_once* documents in turn; a way stops after so many *seconds* of CPU time."""
    rates = [Rate(name, work) for name, work in ways.items()]
    for start in range(0, len(documents), at_once):
        some = documents[start : start + at_once]
        for rate in rates:
            if rate.seconds < seconds:
                _add(rate, some)
    return rates


def _add(rate: Rate, documents: Sequence[bytes]) -> None:
    begun = time.process_time()
    finds = rate.work(documents)
    rate.seconds += time.process_time() - begun
    rate.size += sum(map(len, documents))
    rate.documents += len(documents)
    rate.finds = None if finds is None else (rate.finds or 0) + finds
