"""Whether the full-text index agrees with the texts that it was made of."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from cache.doctor.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: FTS5 takes its commands as rows, so that this one needs the right to write. It writes nothing.
#: https://www.sqlite.org/fts5.html#the_integrity_check_command
_CHECK = "INSERT INTO embeds_fts (embeds_fts, rank) VALUES ('integrity-check', 1)"


def search_findings(path: str, *, patience: float) -> Iterator[Finding]:
    """Yield what is wrong with the full-text index, or that it could not be examined."""
    address = f"{Path(path).absolute().as_uri()}?mode=rw"
    try:
        with closing(
            sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_CHECK)
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            yield Finding(
                severity=Severity.NOTE,
                where="embeds_fts",
                what="the full-text index was not checked: the file may not be written to",
                advice="examine a copy of it",
            )
        else:
            yield Finding(
                severity=Severity.PROBLEM,
                where="embeds_fts",
                what=f"the full-text index does not agree with the texts: {error}",
                advice="make it anew: INSERT INTO embeds_fts (embeds_fts) VALUES ('rebuild')",
            )
