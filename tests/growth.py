"""How much longer many times the input takes."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Below this many seconds a measurement is of the clock, not of the code.
_SHORTEST = 0.005

#: How many times the input is taken, and how much longer that may take: what grows with the square takes 256 times as long,
#: and a busy machine has been seen to double a figure.
_TIMES, LIMIT = 16, 40

_TRIALS = 5


def growth(run: Callable[[int], object], size: int) -> float:
    """Return the CPU time of *run* at sixteen times *size* over that at *size*: the first ratio below the limit, or the least.

    Other work on the machine can only make a ratio worse, so that one good trial of several shows what the code does.
    """
    least = float("inf")
    for _ in range(_TRIALS):
        small = max(min(_seconds(run, size), _seconds(run, size)), _SHORTEST)
        least = min(least, _seconds(run, _TIMES * size) / small)
        if least < LIMIT:
            break
    return least


def _seconds(run: Callable[[int], object], size: int) -> float:
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        run(size)
        return time.process_time() - begun
    finally:
        gc.enable()
