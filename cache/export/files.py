"""The tables as files, each whole or not there, and the same bytes each time."""

from __future__ import annotations

import hashlib
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cache.connection import open_for_reading
from cache.export.columns import columns
from cache.export.formats import write_csv, write_jsonl, write_parquet
from cache.export.tables import COMPLETE, REPRODUCIBLE
from cache.failures import explained
from cache.transactions import snapshot
from resolver.errors import StoreError
from resolver.whole_file import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from sqlite_utils import Database

    from cache.export.columns import Column

#: How long to wait for a run that is writing, in seconds.
PATIENCE = 15.0


class Format(StrEnum):
    """A form of the exported tables."""

    JSONL = "jsonl"
    CSV = "csv"
    #: Needs pyarrow.
    PARQUET = "parquet"

    @property
    def media_type(self) -> str:
        """The media type of a file of that form.

        >>> Format.CSV.media_type
        'text/csv'
        """
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.JSONL: "application/jsonl",
    Format.CSV: "text/csv",
    Format.PARQUET: "application/vnd.apache.parquet",
}
_WRITERS = {Format.JSONL: write_jsonl, Format.CSV: write_csv, Format.PARQUET: write_parquet}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """One table in a file."""

    path: Path
    table: str
    rows: int
    bytes: int
    #: Hex SHA-256 of the file.
    sha256: str
    media_type: str
    columns: tuple[Column, ...]


def export_tables(
    path: str | PathLike[str],
    folder: str | PathLike[str],
    form: Format,
    *,
    reproducible: bool = False,
) -> list[ExportedFile]:
    """Write every table of the database at *path* into a file of its own in *folder*, which is made where it is not.

    All files are of one moment. *reproducible* leaves out what differs between two runs that found the same (keys,
    runs, times, durations, hashes of rows) and names rows by what they are: then the export of a run that was
    interrupted and continued has the bytes of one that was not. Runs that write wait for the end of it. Raises
    :class:`~resolver.errors.StoreError` where something cannot be read or written, or the database itself is called as
    one of the files; each file that is there is whole.
    """
    name, target = fspath(path), Path(folder)
    queries = REPRODUCIBLE if reproducible else COMPLETE
    places = {table: target / f"{table}.{form.value}" for table in queries}
    with explained(name), closing(open_for_reading(name, patience=PATIENCE)) as db, snapshot(db):
        _refuse_to_replace(name, places.values())
        _make(target)
        return [_export(db, table, query, places[table], form) for table, query in queries.items()]


def _refuse_to_replace(name: str, places: Iterable[Path]) -> None:
    for place in places:
        # Whatever the two are called: some file systems take upper and lower case for the same.
        if place.exists() and place.samefile(name):
            raise StoreError(
                name, f"the export would write {place} in its place", "choose another folder with --output"
            )


def _export(db: Database, table: str, query: str, path: Path, form: Format) -> ExportedFile:
    cursor = db.execute(query)
    described = columns(table, [column[0] for column in cursor.description])
    counted = _Counted(cursor)
    with writing(path), written_whole(path) as out:
        _WRITERS[form](out, described, counted)
    return ExportedFile(
        path=path,
        table=table,
        rows=counted.rows,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
        media_type=form.media_type,
        columns=described,
    )


class _Counted:
    """Rows, and how many of them were read."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._rows = rows
        self.rows = 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._rows:
            self.rows += 1
            yield row


def sha256_of(path: Path) -> str:
    """Return the hex SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make(folder: Path) -> None:
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise what goes wrong in writing to *path* as :class:`~resolver.errors.StoreError` with advice."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            fspath(path), (error.strerror or str(error)).lower(), "choose another folder"
        ) from error
