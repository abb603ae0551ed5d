"""A file that one process holds at a time, which the operating system takes back from the dead."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# How Linux, macOS and Windows say that another holds a lock.
_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})


def hold(place: str) -> int | None:
    """Return the open file at *place*, made where it is not there and now held; ``None`` where another holds it.

    Raises OSError where it cannot be made, or the file system knows no locks.

    >>> import tempfile
    >>> place = tempfile.mkdtemp() + "/lock"
    >>> file = hold(place)
    >>> hold(place) is None
    True
    >>> let_go(place, file)
    """
    file = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _take(file)
    except OSError as error:
        os.close(file)
        if error.errno not in _HELD:
            raise
        return None
    if _is_still_at(file, place):
        return file
    os.close(file)
    return None


def let_go(place: str, file: int) -> None:
    """Remove a file that :func:`hold` gave, and let others hold the next of that name."""
    # Windows removes no file that is open; there it stays, as after a kill.
    with suppress(OSError):
        os.unlink(place)  # noqa: PTH108
    os.close(file)


def _is_still_at(file: int, place: str) -> bool:
    """Return whether the open file has not been removed by its last owner between opening and locking it."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(place))  # noqa: PTH116
    except FileNotFoundError:
        return False
