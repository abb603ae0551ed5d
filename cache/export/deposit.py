"""The files of a deposit: a copy of the database, its tables, and the records of what the web answered."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cache.connection import open_for_reading
from cache.export.copy import copy_database
from cache.export.files import PATIENCE, Format, export_tables, sha256_of, writing
from cache.failures import explained
from cache.schema import table_sentence
from cache.warc.files import warc_files
from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from os import PathLike

    from cache.export.columns import Column
    from cache.export.files import ExportedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositedFile:
    """A file of a deposit, and what it is."""

    #: Its path within the folder, with slashes.
    name: str
    description: str
    media_type: str
    bytes: int
    #: Hex SHA-256 of the file.
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositedTable(DepositedFile):
    """A table of a deposit."""

    table: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """What a deposit holds."""

    #: The database first.
    files: tuple[DepositedFile, ...]
    #: The WARC files that the database points to and that were not found.
    missing: tuple[str, ...]


def deposit(
    path: str | PathLike[str],
    folder: str | PathLike[str],
    *,
    form: Format,
    warc: Iterable[str | PathLike[str]] = (),
) -> Deposit:
    """Fill a new *folder* with a copy of the database at *path*, its tables in *form*, and the WARC files it points to.

    These are looked for in the folders *warc*, and in those that its runs wrote to. Raises
    :class:`~resolver.errors.StoreError` where the folder is there and not empty, or where something cannot be read or
    written.
    """
    place = Path(folder)
    with writing(place):
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            raise StoreError(str(place), "it is there already, and not empty", "choose another folder")
    database = copy_database(path, place / "provenance.db")
    files = [_described(database, place, "The database: every observation, and what was concluded", _SQLITE)]
    # Of the copy, so that the tables are of the same moment.
    files += [_table(file, place) for file in export_tables(database, place / "tables", form)]
    with explained(str(database)), closing(open_for_reading(str(database), patience=PATIENCE)) as db:
        warcs = warc_files(db, map(Path, warc))
    files += _copied(warcs.found.values(), place)
    return Deposit(files=tuple(files), missing=warcs.missing)


_SQLITE = "application/vnd.sqlite3"
_WARC = "application/warc"


def _described(path: Path, folder: Path, description: str, media_type: str) -> DepositedFile:
    return DepositedFile(
        name=path.relative_to(folder).as_posix(),
        description=description,
        media_type=media_type,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
    )


def _table(file: ExportedFile, folder: Path) -> DepositedTable:
    return DepositedTable(
        name=file.path.relative_to(folder).as_posix(),
        description=table_sentence(file.table),
        media_type=file.media_type,
        bytes=file.bytes,
        sha256=file.sha256,
        table=file.table,
        columns=file.columns,
    )


def _copied(warcs: Iterable[Path], folder: Path) -> Iterator[DepositedFile]:
    for warc in warcs:
        copy = folder / "warc" / warc.name
        with writing(copy):
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(warc, copy)
        yield _described(copy, folder, "What was asked and what the web answered (WARC)", _WARC)
