"""How much longer four times the input takes."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Below this many seconds a measurement is of the clock, not of the code.
_SHORTEST = 0.005

#: What four times the input may take at the most, and how often that is measured on a busy machine.
LIMIT, _TRIALS = 6, 12


def growth(run: Callable[[int], object], size: int) -> float:
    """Return the CPU time of *run* at four times *size* over that at *size*: the first ratio below the limit, or the least.

    Other work on the machine can only make a ratio worse, so that one good trial of several shows what the code does.
    """
    least = float("inf")
    for _ in range(_TRIALS):
        small = max(min(_seconds(run, size), _seconds(run, size)), _SHORTEST)
        least = min(least, _seconds(run, 4 * size) / small)
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
