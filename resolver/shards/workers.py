"""Who does the work: something with the interface of :mod:`concurrent.futures`, on this machine or on a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager


@dataclass(frozen=True, kw_only=True)
class Workers:
    """How workers are come by.

    An executor whose worker is lost may break as a whole (:class:`concurrent.futures.BrokenExecutor`), and is made
    anew then; or see to it itself, and give up one shard with one of the exceptions *lost*.
    """

    #: Returns an executor of so many workers. When its block ends with an exception, so has all work.
    executor: Callable[[int], AbstractContextManager[Executor]]
    #: How many there are; where that changes by itself, any number.
    count: int
    lost: tuple[type[Exception], ...] = ()
