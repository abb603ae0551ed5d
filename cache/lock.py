"""One run at a time on one database: a lock beside the file, which the operating system takes back from the dead.

SQLite's own locks make two runs take turns, but two that follow the same links at the same time ask everything
twice and share no limit per host. Reading is not kept from anybody.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cache.failures import PROBLEMS, explained
from resolver.errors import StoreError
from resolver.lock_file import hold, let_go

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        let_go(place, file)


def _locked(path: str, place: str, *, until: float) -> int:
    while True:
        try:
            file = hold(place)
        except PermissionError as error:
            raise StoreError(path, *PROBLEMS[sqlite3.SQLITE_READONLY]) from error
        if file is not None:
            return file
        if time.monotonic() >= until:
            raise StoreError(
                path,
                "another run is using it",
                "wait until that has ended, or let this one wait with --wait SECONDS",
            )
        time.sleep(PAUSE)
