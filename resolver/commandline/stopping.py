"""What the system sends to end a program, taken as Ctrl-C is: so that what was begun is put in order."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

#: By ``kill``, ``timeout``, systemd, Slurm and Kubernetes; and when the terminal is closed. Windows has no such thing.
_SIGNALS = ("SIGTERM", "SIGHUP")


class Stopped(KeyboardInterrupt):
    """The system wants the program to end. Whoever handles Ctrl-C handles this as well.

    >>> Stopped(signal.SIGTERM).exit_code
    143
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        #: By the convention of shells, where Ctrl-C, signal 2, is 130.
        self.exit_code = 128 + number


@contextmanager
def stoppable() -> Iterator[None]:
    """Have signals that end the program raise :class:`Stopped` in it, as long as the block lasts.

    A signal that is ignored, as nohup has it, or that the caller's own program handles, is left as it is.
    """
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    # Only the main thread may say what a signal does.
    is_main = threading.current_thread() is threading.main_thread()
    ours = [number for number in numbers if is_main and signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _frame: FrameType | None) -> None:
    # It may come twice, as by timeout, which sends it to the process and to its group: that must not break off the
    # putting in order.
    if not isinstance(sys.exception(), KeyboardInterrupt):
        raise Stopped(number)
