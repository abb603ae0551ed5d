"""What SQLite and the disk report, said for people: one line with what to do next."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUSY = ("another run is writing to it", "wait until that has ended, then run this again")

#: Problem and advice by primary result code (https://www.sqlite.org/rescode.html).
PROBLEMS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_NOTADB: ("it is not a SQLite database", "give another path with --db"),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "restore a copy of it, or begin another with --db"),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and run this again: what was reported is kept"),
    sqlite3.SQLITE_IOERR: ("the disk reports an error", "check the disk and run this again"),
    sqlite3.SQLITE_READONLY: ("it may not be written to", "make it writable, or give another path with --db"),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened or created",
        "check the permissions of the file and its folder, or give another path with --db",
    ),
    sqlite3.SQLITE_CONSTRAINT: ("it refuses what was to be written", "please report this"),
}


def is_busy(error: sqlite3.Error) -> bool:
    """Return whether another connection holds the lock that was needed."""
    return _primary(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Raise what SQLite and the disk report inside as :class:`~resolver.errors.StoreError` about *path*.

    A wrong use of the database by this program itself stays what it is.

    >>> with explained("a.txt"):
    ...     sqlite3.connect("file:/?mode=ro", uri=True)
    Traceback (most recent call last):
    resolver.errors.StoreError: a.txt: it cannot be opened or created; check the permissions of the file ...
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        problem, advice = PROBLEMS.get(_primary(error), (str(error), None))
        if _primary(error) == sqlite3.SQLITE_CONSTRAINT:
            problem = f"{problem} ({error})"
        raise StoreError(path, problem, advice) from error
    except UnicodeDecodeError as error:
        # A message of SQLite that quotes what is no UTF-8, as only a damaged schema holds.
        raise StoreError(path, *PROBLEMS[sqlite3.SQLITE_CORRUPT]) from error
    except OverflowError as error:
        raise StoreError(path, "a number is too large for it", "please report this") from error
    except OSError as error:
        raise StoreError(path, error.strerror or str(error), "give another path with --db") from error


def _primary(error: sqlite3.Error) -> int:
    # Errors that the module itself raises, such as "query aborted", carry no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
