"""What belongs together is written as a whole, and can be read as of one moment."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cache.failures import explained, is_busy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

#: How often a lock that is held is asked for; the time to wait is shared among the tries.
TRIES = 3
#: Seconds between two of them.
PAUSE = 0.05


@contextmanager
def transaction(db: Database, path: str) -> Iterator[None]:
    """Make what is written inside one: all of it is on disk at the end, or nothing of it after an error.

    Within another one it is a part of that. The lock for writing is taken at the start: a transaction that began
    with reading would be refused at once, without waiting, where another run writes in between.
    """
    if db.conn.in_transaction:
        yield
        return
    with explained(path):
        patiently(db, "BEGIN IMMEDIATE")
        try:
            yield
            patiently(db, "COMMIT")
        except BaseException:
            db.rollback()
            raise


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """Make what is read inside be of one moment, whatever other runs write meanwhile. Nothing is written."""
    db.begin()
    try:
        yield
    finally:
        db.rollback()


def patiently(db: Database, statement: str) -> None:
    """Execute a statement that takes a lock, again while another run holds it.

    SQLite itself waits for a lock, but not always: it answers at once where waiting could end in a deadlock,
    and among many that wait it may always serve another first.
    """
    for _ in range(TRIES - 1):
        try:
            db.execute(statement).fetchone()
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            time.sleep(PAUSE)
        else:
            return
    db.execute(statement).fetchone()
