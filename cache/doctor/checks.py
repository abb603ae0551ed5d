"""The checks of an examination, each over the whole database. They read; none of them changes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.connection import journal_mode
from cache.digests import KEYS, UNITS, digest, unit
from cache.doctor.report import Finding, Severity
from cache.migrations import STEPS
from cache.schema import expected_schema, schema
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

_RESTORE = "restore a copy of the database; this row cannot be trusted any more"
_REBUILD = "export what is there, and begin another database with --db"


def engine_findings(db: Database, version: tuple[int, int, int]) -> Iterator[Finding]:
    """Yield what is to be known of a version of SQLite and the journal that the database has.

    https://www.sqlite.org/wal.html#walresetbug
    """
    if journal_mode(version) == "wal":
        return
    name = ".".join(map(str, version))
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        yield Finding(
            severity=Severity.WARNING,
            where="journal",
            what=f"it is a WAL, which SQLite {name} can damage, rarely, where two write",
            advice="nothing to do: the next run changes it to a rollback journal",
        )
    else:
        yield Finding(
            severity=Severity.NOTE,
            where="journal",
            what=f"SQLite {name} can damage a WAL (the WAL-reset bug), so that a rollback journal is used",
            advice="nothing to do; with SQLite 3.51.3 or newer, writing is faster",
        )


def hashed_rows(db: Database) -> int:
    """Return how many rows have a hash; 0 where that cannot be read."""
    import sqlite3

    try:
        return int(db.execute("SELECT count(*) FROM digests").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0


def _integrity(db: Database) -> Iterator[Finding]:
    for (message,) in db.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Finding(severity=Severity.PROBLEM, where="file", what=message, advice=_REBUILD)


def _references(db: Database) -> Iterator[Finding]:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        where = table if row is None else f"{table} {row}"
        yield Finding(
            severity=Severity.PROBLEM,
            where=where,
            what=f"points to a row of {parent} that is not there",
            advice=_RESTORE,
        )


def _schema(db: Database) -> Iterator[Finding]:
    found = schema(db)
    expected = expected_schema()
    for name in sorted(expected.keys() | found.keys()):
        if found.get(name) == expected.get(name):
            continue
        missing, known = name not in found, name in expected
        yield Finding(
            # What somebody has added of their own, such as an index, does no harm.
            severity=Severity.PROBLEM if known else Severity.WARNING,
            where=name,
            what="is missing in the schema" if missing else "is not as this tool makes it",
            advice=_REBUILD if known else "nothing to do if you have added it yourself",
        )
    steps = {name for (name,) in db.execute("SELECT name FROM _sqlite_migrations")}
    if steps != set(STEPS):
        yield Finding(
            severity=Severity.PROBLEM,
            where="_sqlite_migrations",
            what="the steps of the schema are not known",
            advice=_REBUILD,
        )


def _outcomes(db: Database) -> Iterator[Finding]:
    rows = {name: rest for name, *rest in db.execute("SELECT outcome, sentence, settled FROM outcomes")}
    for outcome in Outcome:
        if rows.get(outcome.value) != [outcome.sentence, int(outcome.settled)]:
            yield Finding(
                severity=Severity.PROBLEM,
                where=f"outcomes {outcome.value}",
                what="is not as this tool writes it",
                advice="run any command that writes: it is written anew",
            )


def _hashes(table: str) -> Callable[[Database], Iterator[Finding]]:
    key = KEYS[table]
    query = f"""
    SELECT {table}.{key}, digests.sha256 FROM {table}
    LEFT JOIN digests ON table_name = '{table}' AND digests.key = {table}.{key}
    """  # noqa: S608 - the names are constants
    lost = f"""
    SELECT key FROM digests WHERE table_name = '{table}' AND key NOT IN (SELECT {key} FROM {table})
    """  # noqa: S608

    def check(db: Database) -> Iterator[Finding]:
        for number, sha256 in db.execute(query):
            if sha256 is None:
                yield Finding(
                    severity=Severity.WARNING,
                    where=f"{table} {number}",
                    what="has no hash: another tool has added it",
                    advice="nothing to do if that was you",
                )
            elif digest(unit(db, table, number)) != sha256:
                yield Finding(
                    severity=Severity.PROBLEM,
                    where=f"{table} {number}",
                    what="is not what was written, by its hash",
                    advice=_RESTORE,
                )
        for (number,) in db.execute(lost):
            yield Finding(
                severity=Severity.PROBLEM,
                where=f"{table} {number}",
                what="is gone, though its hash is there",
                advice=_RESTORE,
            )

    return check


def _strange_hashes(db: Database) -> Iterator[Finding]:
    for table, count in db.execute("SELECT table_name, count(*) FROM digests GROUP BY table_name"):
        if table not in UNITS:
            yield Finding(
                severity=Severity.PROBLEM,
                where="digests",
                what=f"{count} for a table {table!r} that is not known",
                advice=_RESTORE,
            )


def _unended_runs(db: Database) -> Iterator[Finding]:
    query = "SELECT id, command, started_at FROM runs WHERE ended_at IS NULL ORDER BY id"
    for number, command, started_at in db.execute(query):
        yield Finding(
            severity=Severity.WARNING,
            where=f"runs {number}",
            what=f"{command}, begun {started_at}, did not end: it was killed, or the machine stopped",
            advice="run the same command again: it goes on from what was kept",
        )


#: The checks in their order, by what they look at.
CHECKS: tuple[tuple[str, Callable[[Database], Iterator[Finding]]], ...] = (
    ("file", _integrity),
    ("references", _references),
    ("schema", _schema),
    ("outcomes", _outcomes),
    *((table, _hashes(table)) for table in UNITS),
    ("digests", _strange_hashes),
    ("runs", _unended_runs),
)
