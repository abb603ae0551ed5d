"""Opening the database: for a run that writes, and for one that only reads."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cache.failures import explained
from cache.migrations import STEPS, migrations
from cache.seals import seal_all
from cache.transactions import TRIES, patiently, transaction
from resolver.errors import NewerSchemaError, StoreError
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    Version = tuple[int, int, int]

#: Marks the file as ours (https://www.sqlite.org/pragma.html#pragma_application_id): "EmbR".
APPLICATION_ID = 0x456D6252
#: The step that brought the hashes of the rows.
STEPS_WITH_DIGESTS = 5
#: The first version with all that the schema uses (iif).
OLDEST_SQLITE = (3, 32, 0)


def journal_mode(version: Version) -> str:
    """Return the journal for a version of SQLite: ``wal``, or ``delete`` where a WAL can lose data.

    Two connections that write to a WAL can damage the database, rarely, in the versions from 3.7.0 to 3.51.2,
    but for those that had the fix ported back (https://www.sqlite.org/wal.html#walresetbug).

    >>> journal_mode((3, 40, 1)), journal_mode((3, 44, 6)), journal_mode((3, 53, 0))
    ('delete', 'wal', 'wal')
    """
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)
    return "wal" if fixed else "delete"


def open_for_writing(
    path: str, *, patience: float, version: Version = sqlite3.sqlite_version_info
) -> Database:
    """Return the database at *path*, created where there is none, its schema up to date, every commit synced.

    *patience* is how many seconds to wait for another run that is writing; *version* is SQLite's. Raises
    :class:`~resolver.errors.StoreError`, and has written nothing then, unless the file is new or ours.
    """
    if version < OLDEST_SQLITE:
        raise StoreError(
            path, f"SQLite {'.'.join(map(str, version))} is too old", "use a Python with SQLite 3.32 or newer"
        )
    with explained(path):
        _check_place(path)
        connection = sqlite3.connect(path, timeout=patience / TRIES, isolation_level=None)
        with _closed_on_error(connection):
            db = _database(connection)
            is_new = not _is_ours(db, path)
            _pragma(db, f"journal_mode = {journal_mode(version)}")
            _pragma(db, "synchronous = FULL")
            if is_new or _steps(db) < len(STEPS) or _outcomes(db) != _known_outcomes():
                _migrate(db, path)
    return db


def open_for_reading(path: str, *, patience: float) -> Database:
    """Return the database at *path*, of which nothing can be changed; a folder that is read-only will do.

    Raises :class:`~resolver.errors.StoreError` where there is none of this version's schema.
    """
    with explained(path):
        if not Path(path).is_file():
            raise StoreError(path, "there is no such database", "check the path given with --db")
        connection = _connect_for_reading(path, timeout=patience)
        with _closed_on_error(connection):
            db = _database(connection)
            _check_readable(db, path)
    return db


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _check_place(path: str) -> None:
    place = Path(path)
    if place.is_dir():
        raise StoreError(path, "it is a folder", "give the path of a file with --db")
    if not place.parent.is_dir():
        raise StoreError(path, "its folder does not exist", "create it, or give another path with --db")


def _database(connection: sqlite3.Connection) -> Database:
    # Here and not above: it takes half a second to load, and only a store that is opened needs it.
    from sqlite_utils import Database

    db = Database(connection, execute_plugins=False)
    _pragma(db, "foreign_keys = ON")
    # What the schema of a file from elsewhere calls must not be able to do harm.
    _pragma(db, "trusted_schema = OFF")
    return db


def _connect_for_reading(path: str, *, timeout: float) -> sqlite3.Connection:
    address = Path(path).absolute().as_uri()
    try:
        return _connect_and_read(f"{address}?mode=ro", timeout=timeout)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
            _undo_interrupted_write(path, address, timeout=timeout)
            return _connect_and_read(f"{address}?mode=ro", timeout=timeout)
        # A WAL database that was closed in order is all in its one file, and nobody can change that in a
        # read-only folder: so SQLite can do without the files by which connections know of one another.
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_DIRECTORY and not Path(f"{path}-wal").exists():
            return _connect_and_read(f"{address}?immutable=1", timeout=timeout)
        raise


def _connect_and_read(address: str, *, timeout: float) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None)
    with _closed_on_error(connection):
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _undo_interrupted_write(path: str, address: str, *, timeout: float) -> None:
    """Let SQLite take back what a run left half-written when it was killed: before that nobody can read."""
    try:
        _connect_and_read(f"{address}?mode=rw", timeout=timeout).close()
    except sqlite3.OperationalError as error:
        raise StoreError(
            path,
            "a run was stopped while it wrote to it, and here that cannot be undone",
            "copy it, with the file beside it that ends in -journal, to a folder that can be written to",
        ) from error


def _is_ours(db: Database, path: str) -> bool:
    """Return whether the file holds our database, ``False`` where it holds nothing; raise for any other."""
    application_id = db.execute("PRAGMA application_id").fetchone()[0]
    if application_id == APPLICATION_ID:
        unknown = _steps(db) > len(STEPS) or _outcomes(db).keys() - _known_outcomes().keys()
        if unknown:
            raise NewerSchemaError(
                path, "it was written by a newer version of this tool", "install that version, or a later one"
            )
        return True
    if application_id or db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(path, "it is a database of something else", "give another path with --db")
    return False


def _check_readable(db: Database, path: str) -> None:
    if not _is_ours(db, path):
        raise StoreError(path, "it holds nothing yet", "run enrich with it first")
    if _steps(db) < len(STEPS):
        raise StoreError(path, "it was written by an older version of this tool", "run enrich with it first")


def _migrate(db: Database, path: str) -> None:
    with transaction(db, path):
        # Another run may have been here while this one waited for the lock.
        _is_ours(db, path)
        has_no_digests = _steps(db) < STEPS_WITH_DIGESTS
        migrations().apply(db)
        if has_no_digests:
            seal_all(db)
        _pragma(db, f"application_id = {APPLICATION_ID}")
        _pragma(db, f"user_version = {len(STEPS)}")
        for outcome, row in _known_outcomes().items():
            db.execute(
                "INSERT INTO outcomes (outcome, sentence, settled) VALUES (?, ?, ?) ON CONFLICT (outcome)"
                " DO UPDATE SET sentence = excluded.sentence, settled = excluded.settled",
                (outcome, *row),
            )


def _steps(db: Database) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _outcomes(db: Database) -> dict[str, tuple[str, int]]:
    rows = db.execute("SELECT outcome, sentence, settled FROM outcomes")
    return {outcome: (sentence, settled) for outcome, sentence, settled in rows}


def _known_outcomes() -> dict[str, tuple[str, int]]:
    return {outcome.value: (outcome.sentence, int(outcome.settled)) for outcome in Outcome}


def _pragma(db: Database, pragma: str) -> None:
    patiently(db, f"PRAGMA {pragma}")
