"""An event loop in a thread of its own, in which a pool works for callers in other threads."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from resolver.expand.call import Call

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from resolver.expand.pool import Pool

#: For breaking off what is under way. It takes milliseconds; more would keep a user from leaving.
_STOPPING_SECONDS = 5.0


class Background:
    """Runs the pool that *open_pool* makes, until it is stopped. Raises what *open_pool* raises."""

    def __init__(self, open_pool: Callable[[], Awaitable[Pool]]) -> None:
        self._opened: Future[tuple[Pool, asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        self._lock = threading.Lock()
        self._stopped = False
        # A daemon: a client that was never closed must not keep the process from ending.
        self._thread = threading.Thread(
            target=self._run, args=(open_pool,), name="embed-resolver", daemon=True
        )
        self._thread.start()
        self._pool, self._loop, self._stopping = self._opened.result()

    def call(self) -> Call:
        """Return a new call, for one caller."""
        return Call(self._pool.follow, self._post, concurrency=self._pool.concurrency)

    def stop(self) -> None:
        """Break off what is under way, close all connections and end the thread."""
        with self._lock:
            self._stopped = True
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(_STOPPING_SECONDS)

    def _post(self, function: Callable[..., None], *arguments: Any) -> None:
        # What is posted before the end is begun before it, and so is broken off by it: nobody waits for ever.
        with self._lock:
            if self._stopped:
                raise RuntimeError("the client is closed")
            self._loop.call_soon_threadsafe(function, *arguments)

    def _run(self, open_pool: Callable[[], Awaitable[Pool]]) -> None:
        asyncio.run(self._serve(open_pool))

    async def _serve(self, open_pool: Callable[[], Awaitable[Pool]]) -> None:
        try:
            pool, stopping = await open_pool(), asyncio.Event()
        except Exception as error:  # noqa: BLE001 - it is raised in the caller's thread
            self._opened.set_exception(error)
            return
        self._opened.set_result((pool, asyncio.get_running_loop(), stopping))
        await stopping.wait()
        following = asyncio.all_tasks() - {asyncio.current_task()}
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        await pool.aclose()
