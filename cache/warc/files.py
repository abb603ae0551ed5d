"""Where the WARC files are that a database points to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cache.values import json_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlite_utils import Database

_FILES = "SELECT DISTINCT file FROM captures ORDER BY file"
_ARGUMENTS = "SELECT arguments FROM runs WHERE json_valid(arguments) ORDER BY id"


@dataclass(frozen=True, slots=True)
class WarcFiles:
    """The files by their names."""

    found: Mapping[str, Path]
    #: Those that are in none of the folders.
    missing: tuple[str, ...]
    #: Whether any of the folders is there.
    looked: bool


def warc_files(db: Database, folders: Iterable[Path]) -> WarcFiles:
    """Look for the files that a database points to in *folders*, and in those that its runs wrote to."""
    places = [*folders, *_folders_of_runs(db)]
    found, missing = {}, []
    for (name,) in db.execute(_FILES).fetchall():
        # A name out of a database is not to lead anywhere else.
        paths = (place / name for place in places if Path(name).name == name)
        path = next((path for path in paths if path.is_file()), None)
        if path is None:
            missing.append(name)
        else:
            found[name] = path
    return WarcFiles(found, tuple(missing), looked=any(place.is_dir() for place in places))


def _folders_of_runs(db: Database) -> Iterator[Path]:
    for (arguments,) in db.execute(_ARGUMENTS).fetchall():
        known = json_from(arguments)
        folder = known.get("warc") if isinstance(known, dict) else None
        if isinstance(folder, str):
            yield Path(folder)
