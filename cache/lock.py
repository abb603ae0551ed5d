"""One run at a time on one database: a lock beside the file, which the operating system takes back from the dead.

SQLite's own locks make two runs take turns, but two that follow the same links at the same time ask everything
twice and share no limit per host. Reading is not kept from anybody.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from cache.failures import PROBLEMS, explained
from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


#: How Linux, macOS and Windows say that another holds a lock.
HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
#: Seconds between two tries to get the lock.
PAUSE = 0.1


@contextmanager
def run_lock(path: str, *, patience: float) -> Iterator[None]:
    """Hold the database at *path* for one run, as long as the block lasts.

    Another run that holds it is waited for, *patience* seconds at most; then
    :class:`~resolver.errors.StoreError` is raised. The lock is a file beside the database, gone at the end. Where
    the owner was killed the file stays and locks nothing: it is taken over.

    >>> import tempfile
    >>> path = tempfile.mkdtemp() + "/provenance.db"
    >>> with run_lock(path, patience=0), run_lock(path, patience=0):
    ...     pass
    Traceback (most recent call last):
    resolver.errors.StoreError: ...provenance.db: another run is using it; wait until that has ended, ...
    """
    # The same database under another name must find the same lock.
    place = f"{os.path.realpath(path)}-lock"
    with explained(path):
        file = _locked(path, place, until=time.monotonic() + patience)
    try:
        yield
    finally:
        # Windows removes no file that is open; there it stays, as after a kill.
        with suppress(OSError):
            os.unlink(place)  # noqa: PTH108
        os.close(file)


def _locked(path: str, place: str, *, until: float) -> int:
    while True:
        file = _try_to_lock(path, place)
        if file is not None:
            return file
        if time.monotonic() >= until:
            raise StoreError(
                path,
                "another run is using it",
                "wait until that has ended, or let this one wait with --wait SECONDS",
            )
        time.sleep(PAUSE)


def _try_to_lock(path: str, place: str) -> int | None:
    """Return the open lock file, ``None`` where another run holds it."""
    try:
        file = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError as error:
        raise StoreError(path, *PROBLEMS[sqlite3.SQLITE_READONLY]) from error
    try:
        _take(file)
    except OSError as error:
        os.close(file)
        if error.errno not in HELD:
            raise
        return None
    if _is_still_at(file, place):
        return file
    os.close(file)
    return None


def _is_still_at(file: int, place: str) -> bool:
    """Return whether the open file has not been removed by its last owner between opening and locking it."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(place))  # noqa: PTH116
    except FileNotFoundError:
        return False
