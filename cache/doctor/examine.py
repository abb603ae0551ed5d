"""The examination of a database: every check in turn, also where one of them finds the file damaged."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from functools import partial
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING

from cache.connection import open_for_reading
from cache.doctor.checks import CHECKS, engine_findings, hashed_rows
from cache.doctor.recordings import recording_findings
from cache.doctor.report import Finding, Report, Severity
from cache.doctor.search import search_findings
from cache.failures import explained
from cache.lock import run_lock
from cache.transactions import snapshot
from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import PathLike

    from sqlite_utils import Database

#: What SQLite raises over a damaged file; its own messages can hold bytes of it.
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
#: How many findings of one kind are listed; more are counted.
LISTED = 20
_RESTORE = "restore a copy of it; what can still be read can be saved with: embed-resolver export"
_ORDER = list(Severity)


def examine(
    path: str | PathLike[str],
    *,
    wait: float = 0,
    patience: float = 15,
    warc: Iterable[str | PathLike[str]] = (),
    digests: bool = False,
) -> Report:
    """Return what is wrong with the database at *path*, or that nothing is. Nothing in it changes.

    The WARC files that it points to are looked for in the folders *warc*, and in those that the runs wrote to; with
    *digests*, what is recorded there is compared with its own digests, which reads all of it.

    A run that is using it is waited for, *wait* seconds at most, since what it writes meanwhile could not be told
    from damage. Raises :class:`~resolver.errors.StoreError` where there is no database of this tool, where a newer
    version has written it, or where another run is using it.
    """
    name = fspath(path)
    if not Path(name).is_file():
        raise StoreError(name, "there is no such database", "check the path given with --db")
    with (
        explained(name),
        _alone(name, wait=wait),
        closing(open_for_reading(name, patience=patience)) as db,
    ):
        # What a flipped bit has made of a text need not be UTF-8, and is to be compared all the same.
        db.conn.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        records: Counter[str] = Counter()
        recordings = partial(recording_findings, folders=[*map(Path, warc)], digests=digests, checked=records)
        with snapshot(db):
            findings = [
                *engine_findings(db, sqlite3.sqlite_version_info),
                *_checked(db, [*CHECKS, ("captures", recordings)]),
                *search_findings(name, patience=patience),
            ]
            return Report(
                path=name,
                bytes=_size(name),
                schema_version=_number(db, "user_version"),
                sqlite_version=sqlite3.sqlite_version,
                journal_mode=db.execute("PRAGMA journal_mode").fetchone()[0],
                hashed=hashed_rows(db),
                records=records.total(),
                findings=tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.severity))),
            )


@contextmanager
def _alone(path: str, *, wait: float) -> Iterator[None]:
    """Keep runs from beginning meanwhile; where no lock can be made, none of them can write either."""
    folder = Path(path).resolve().parent
    if not _may_write(folder):
        yield
        return
    with run_lock(path, patience=wait):
        yield


def _may_write(folder: Path) -> bool:
    import os

    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _checked(
    db: Database, checks: Iterable[tuple[str, Callable[[Database], Iterator[Finding]]]]
) -> list[Finding]:
    findings = []
    for where, check in checks:
        try:
            found = list(_first(check(db), where))
        except UNREADABLE as error:
            found = [
                Finding(
                    severity=Severity.PROBLEM, where=where, what=f"cannot be read: {error}", advice=_RESTORE
                )
            ]
        findings += found
    return findings


def _first(findings: Iterator[Finding], where: str) -> Iterator[Finding]:
    """Yield the first findings of a check, and how many more there are."""
    more = 0
    for number, finding in enumerate(findings):
        if number < LISTED:
            yield finding
        else:
            more += 1
            last = finding
    if more:
        yield Finding(
            severity=last.severity, where=where, what=f"{more:,} more of this kind", advice=last.advice
        )


def _size(path: str) -> int:
    files = (Path(path + ending) for ending in ("", "-wal", "-journal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _number(db: Database, pragma: str) -> int:
    return int(db.execute(f"PRAGMA {pragma}").fetchone()[0])
