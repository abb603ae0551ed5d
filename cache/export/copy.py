"""A copy of the database as one file, whatever runs write meanwhile."""

from __future__ import annotations

from contextlib import closing
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING

from cache.connection import open_for_reading
from cache.failures import explained
from resolver.errors import StoreError

if TYPE_CHECKING:
    from os import PathLike

#: How long to wait for a run that is writing, in seconds.
PATIENCE = 15.0


def copy_database(path: str | PathLike[str], target: str | PathLike[str]) -> Path:
    """Write a copy of the database at *path*, as of one moment and without free space, and return where.

    https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause. Raises
    :class:`~resolver.errors.StoreError` where *target* is there already, or cannot be written.
    """
    name, place = fspath(path), Path(target)
    if place.exists():
        raise StoreError(fspath(place), "it is there already", "choose another file")
    with closing(open_for_reading(name, patience=PATIENCE)) as db, explained(fspath(place)):
        db.execute("VACUUM INTO ?", (fspath(place),))
    return place
