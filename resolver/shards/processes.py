"""Workers that are processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import context as contexts
from typing import TYPE_CHECKING, Any

from resolver.shards.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.process import BaseProcess

#: Seconds that a process is given to end before it is killed.
_PATIENCE = 5.0
#: What a process needs for its work: loaded once, and every process begins with it.
_PRELOADED = ("__main__", "resolver.shards.warm")


def processes(count: int, *, preload: Sequence[str] = ()) -> Workers:
    """Return workers that are *count* processes of this machine.

    The modules *preload* are loaded once for all of them, where the system can (:attr:`Job.preload` says which are
    worth it). Callers whose own program starts them must guard it with ``if __name__ == "__main__"``: each process
    imports it.
    """
    return Workers(executor=partial(_pool, (*_PRELOADED, *preload)), count=count)


@contextmanager
def _pool(preload: Sequence[str], count: int) -> Iterator[ProcessPoolExecutor]:
    started: list[BaseProcess] = []
    pool = ProcessPoolExecutor(count, mp_context=_context(started, preload), initializer=_begin)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        _end(started)
        raise
    pool.shutdown()


def _context(started: list[BaseProcess], preload: Sequence[str]) -> contexts.BaseContext:
    """Return how processes are started, each noted in *started*: only these are ours to end.

    Not by a fork of this process: what other threads hold would be held in it for ever.
    """
    context: Any
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = contexts.ForkServerContext()
        context.set_forkserver_preload(list(preload))
        _start_server()
    else:
        context = contexts.SpawnContext()
    start = context.Process

    def noted(*arguments: Any, **options: Any) -> BaseProcess:
        process: BaseProcess = start(*arguments, **options)
        started.append(process)
        return process

    context.Process = noted
    return context  # type: ignore[no-any-return]


def _start_server() -> None:
    """Start the process that the others are made from, with the modules of this one.

    By itself it looks for them where a bare ``python`` would, which may be another version of this package.
    """
    from multiprocessing.forkserver import ensure_running

    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
    try:
        with _ignored_by_children():
            ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


@contextmanager
def _ignored_by_children() -> Iterator[None]:
    """Have the processes that are started meanwhile ignore Ctrl-C, which is for this one: they end with it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end(started: list[BaseProcess]) -> None:
    # One that was still being started when all was stopped has no number.
    running = [process for process in started if process.pid is not None]
    if len(running) < len(started):
        _end_server()
    for process in running:
        process.terminate()
    for process in running:
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()


def _end_server() -> None:
    """End the process that others are made from: it would make one of which the parent is gone, and complain."""
    from multiprocessing import forkserver

    number = getattr(getattr(forkserver, "_forkserver", None), "_forkserver_pid", None)
    if isinstance(number, int):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGTERM)


def _begin() -> None:
    """Prepare a process: Ctrl-C is for the one that started it, and without that one it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
