"""What SQLite and the disk report, said for people: one line with what to do next."""

from __future__ import annotations

import sqlite3

from resolver.errors import StoreError

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


class explained:  # noqa: N801 - a context, called as a function is
    """Raise what SQLite and the disk report inside as :class:`~resolver.errors.StoreError` about *path*.

    A wrong use of the database by this program itself stays what it is. It can be entered again.

    >>> with explained("a.txt"):
    ...     sqlite3.connect("file:/?mode=ro", uri=True)
    Traceback (most recent call last):
    resolver.errors.StoreError: a.txt: it cannot be opened or created; check the permissions of the file ...
    """

    # A generator would take five times as long, several times for each link.
    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Watch what is raised from here on."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise what has to be explained."""
        explanation = None if error is None else _explanation(error)
        if explanation is not None:
            raise StoreError(self._path, *explanation) from error


def _explanation(error: BaseException) -> tuple[str, str | None] | None:
    """Return the problem and the advice; ``None`` for an error that is not the disk's or the database's."""
    match error:
        case sqlite3.ProgrammingError():
            return None
        case sqlite3.DatabaseError():
            problem, advice = PROBLEMS.get(_primary(error), (str(error), None))
            constrained = _primary(error) == sqlite3.SQLITE_CONSTRAINT
            return f"{problem} ({error})" if constrained else problem, advice
        case UnicodeDecodeError():
            # A message of SQLite that quotes what is no UTF-8, as only a damaged schema holds.
            return PROBLEMS[sqlite3.SQLITE_CORRUPT]
        case OverflowError():
            return "a number is too large for it", "please report this"
        case OSError():
            return error.strerror or str(error), "give another path with --db"
    return None


def _primary(error: sqlite3.Error) -> int:
    # Errors that the module itself raises, such as "query aborted", carry no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
