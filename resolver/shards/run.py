"""The work on all shards: given out, and its results taken in order."""

from __future__ import annotations

from collections import deque
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from resolver.shards.scan import scan_shard

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from concurrent.futures import Executor, Future
    from datetime import date

    from resolver.shards.folder import Folder
    from resolver.shards.shard import Options, Shard, ShardResult
    from resolver.shards.workers import Workers

#: How many shards are given out at once. Their results wait on disk, in files, for those that come before them.
_WINDOW = 1000


class Finished(NamedTuple):
    """A shard on which the work has ended."""

    shard: Shard
    key: str
    #: ``None`` where every worker that was given it was lost.
    result: ShardResult | None


@dataclass(slots=True)
class _Task:
    shard: Shard
    key: str
    result: ShardResult | None = None
    future: Future[ShardResult] | None = None
    lost: bool = False

    @property
    def ended(self) -> bool:
        return self.result is not None or self.lost


def run(
    shards: Iterable[tuple[Shard, str]], options: Options, folder: Folder, workers: Workers, *, today: date
) -> Generator[Finished]:
    """Yield each shard, with its key, as soon as it and all before it are done, in their order.

    What is finished in the *folder* is not done again. Where a worker is lost, as one that takes too much memory is,
    the shards that were being worked on are each given to a process of its own; one that is lost again is given up.
    When the caller stops, so does all work.
    """
    work = _Work(deque(), iter(shards), options, folder, workers, today)
    while work.more():
        try:
            yield from work.in_order()
        except BrokenExecutor:
            work.after_loss()


@dataclass(slots=True)
class _Work:
    tasks: deque[_Task]
    shards: Iterator[tuple[Shard, str]]
    options: Options
    folder: Folder
    workers: Workers
    today: date

    def more(self) -> bool:
        """Take up shards as far as the window goes; whether any are left."""
        for shard, key in islice(self.shards, _WINDOW - len(self.tasks)):
            self.tasks.append(_Task(shard, key, self.folder.finished(key)))
        return bool(self.tasks)

    def in_order(self) -> Iterator[Finished]:
        """Yield what is done. Raises BrokenExecutor where the executor has lost a worker."""
        if all(task.ended for task in self.tasks):  # no worker is needed for what is done
            yield from self._taken()
            return
        with self.workers.executor(self.workers.count) as executor:
            while self.more():
                for task in self.tasks:
                    if not task.ended and task.future is None:
                        task.future = self._submit(executor, task)
                self._wait_for(self.tasks[0])
                yield from self._taken()

    def after_loss(self) -> None:
        """Do again, one by one, what was being done when a worker was lost; what is lost again is given up."""
        for task in self.tasks:
            with suppress(BrokenExecutor):
                if task.future is not None and task.future.done():
                    task.result = task.future.result()
            task.result = task.result or self.folder.finished(task.key)
            task.future = None
        suspects = [task for task in self.tasks if not task.ended][: self.workers.count]
        for task in suspects:
            try:
                with self.workers.executor(1) as executor:
                    task.result = self._submit(executor, task).result()
            except BrokenExecutor:
                task.lost = True

    def _taken(self) -> Iterator[Finished]:
        while self.tasks and self.tasks[0].ended:
            task = self.tasks.popleft()
            yield Finished(task.shard, task.key, task.result)

    def _wait_for(self, task: _Task) -> None:
        if task.future is not None:
            try:
                task.result = task.future.result()
            except self.workers.lost:
                task.lost = True

    def _submit(self, executor: Executor, task: _Task) -> Future[ShardResult]:
        try:
            # All by position: an executor may have keywords of its own, as Dask's has.
            return executor.submit(
                scan_shard, task.shard, self.options, self.folder.path, task.key, self.today
            )
        except OSError as error:
            # One process was lost while the pool was making another, of which it has closed the pipes since.
            raise BrokenExecutor(str(error)) from error
