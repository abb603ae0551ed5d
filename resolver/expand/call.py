"""The links of one caller, on their way from the caller's thread into the event loop's and back."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from resolver.models import Observation

    Followed = asyncio.Task[Observation]

#: So many links change threads at once. One at a time, it takes about a seventh more CPU to follow them (measured).
_BATCH = 16

#: So many results are taken at once, about: whoever writes them down does so for all in one go, and what is under way
#: must not run dry meanwhile.
_TAKEN = 256

#: So many links are taken ahead for each request that can be under way: where many of one host come in a row and
#: wait for their turn, those of others that follow are asked meanwhile.
_AHEAD = 32

#: For so long a result waits for others at most.
_BATCH_SECONDS = 0.005


class Call:
    """Has links followed by *follow* in an event loop, for a caller in another thread.

    *post* has a function called in the loop's thread; it raises :class:`RuntimeError` once that has ended. About
    *concurrency* requests are to be under way at once.
    """

    def __init__(
        self,
        follow: Callable[[str], Awaitable[Observation]],
        post: Callable[..., None],
        *,
        concurrency: int,
    ) -> None:
        self._follow = follow
        self._post = post
        self._concurrency = concurrency
        self._handed_over: SimpleQueue[list[Followed]] = SimpleQueue()
        # In the caller's thread: links that have been taken and not been submitted, and all whose results are due.
        self._waiting: list[str] = []
        self.pending = 0
        # In the loop's thread.
        self._following: set[Followed] = set()
        self._finished: list[Followed] = []
        self._timer: asyncio.TimerHandle | None = None

    def submit(self, link: str) -> None:
        """Have *link* followed."""
        self._waiting.append(link)
        self.pending += 1
        # Where there is too little to do, links do not wait for others.
        if self.pending - len(self._waiting) < self._concurrency or len(self._waiting) >= _BATCH:
            self._send()

    def ready(self) -> bool:
        """Return whether it is time for :meth:`results`: there are some, or more than enough is under way."""
        return not self._handed_over.empty() or self.pending >= _AHEAD * self._concurrency

    def results(self) -> list[Observation]:
        """Wait for what came of some of the links, and return it.

        Raises :class:`RuntimeError` if the client was closed meanwhile.
        """
        self._send()
        finished = self._handed_over.get()
        while len(finished) < _TAKEN and not self._handed_over.empty():
            finished += self._handed_over.get()
        try:
            observations = [task.result() for task in finished]
        except asyncio.CancelledError:
            raise RuntimeError("the client was closed while it followed links") from None
        self.pending -= len(observations)
        return observations

    def cancel(self) -> None:
        """Break off what is under way."""
        with suppress(RuntimeError):
            self._post(self._break_off)

    def _send(self) -> None:
        if self._waiting:
            # The coroutines are not made here, where an interrupt could leave one that is never awaited.
            self._post(self._begin, self._waiting)
            self._waiting = []

    def _begin(self, links: list[str]) -> None:
        for link in links:
            task = asyncio.ensure_future(self._follow(link))
            self._following.add(task)
            task.add_done_callback(self._finish)

    def _finish(self, task: Followed) -> None:
        self._following.discard(task)
        # The first error ends the call; asyncio is not to complain of those that nobody will have looked at.
        if not task.cancelled():
            task.exception()
        self._finished.append(task)
        if len(self._finished) >= _BATCH or not self._following:
            self._hand_over()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_BATCH_SECONDS, self._hand_over)

    def _hand_over(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._handed_over.put(self._finished)
        self._finished = []

    def _break_off(self) -> None:
        for task in self._following:
            task.cancel()
