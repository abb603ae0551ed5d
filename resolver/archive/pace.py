"""How fast an archive is asked, by the whole process together."""

from __future__ import annotations

import threading
import time
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

#: Questions to an index in a minute. The Wayback Machine refuses more than 30; its people ask clients to keep 80 % of
#: that: https://github.com/edgi-govdata-archiving/wayback, src/wayback/_client.py.
INDEX_PER_MINUTE: Final = 24
#: Copies in a minute, by the same source.
COPIES_PER_MINUTE: Final = 480


class Pace:
    """Lets at most *per_minute* through in any minute, evenly. May be shared by threads.

    *clock* gives seconds that never go back, *sleep* waits for so many.

    >>> slept = []
    >>> pace = Pace(24, clock=lambda: 100.0 + sum(slept), sleep=slept.append)
    >>> pace.wait(), pace.wait(), slept
    (None, None, [2.5])
    """

    def __init__(
        self,
        per_minute: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not per_minute > 0:
            raise ValueError(f"not a number of questions in a minute: {per_minute!r}")
        self._seconds = 60 / per_minute
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next_at = 0.0

    def wait(self) -> None:
        """Wait for one's turn."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next_at)
            self._next_at = at + self._seconds
        if at > now:
            self._sleep(at - now)


@cache
def shared_pace(archive: str, per_minute: float) -> Pace:
    """Return the one pace of this process for an archive, however many ask it.

    >>> shared_pace("https://web.archive.org", 24) is shared_pace("https://web.archive.org", 24)
    True
    """
    del archive
    return Pace(per_minute)
