"""Starting Datasette (extra ``ui``) on a database, for reading only."""

from __future__ import annotations

import json
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cache.connection import open_for_reading
from cache.serve.configuration import configuration
from resolver.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Rows on a page, characters of a cell, and how long a question may take.
_SETTINGS = {
    "default_page_size": 50,
    "truncate_cells_html": 280,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1000,
}
#: Where the header of a SQLite file says whether it has a write-ahead log, and how
#: (https://www.sqlite.org/fileformat.html#file_format_version_numbers).
_WRITE_VERSION, _WITH_LOG = 18, 2


def serve(path: str, *, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve the database at *path* until the process is stopped.

    Raises :class:`~resolver.errors.StoreError` where it is none of this version, and
    :class:`~resolver.errors.OutputError` where Datasette is not installed.
    """
    installed = datasette_version()
    open_for_reading(path, patience=5).close()
    from datasette.cli import cli

    with TemporaryDirectory(prefix="embed-resolver-") as folder:
        cli.main(
            arguments(path, Path(folder), host=host, port=port, installed=installed), prog_name="datasette"
        )


def datasette_version() -> str:
    """Return the version of Datasette that is installed. Raises ``OutputError`` where none is."""
    try:
        return version("datasette")
    except PackageNotFoundError as error:
        raise OutputError(
            "serve", "Datasette is not installed", "pip install 'embed-resolver[ui]'"
        ) from error


def arguments(path: str, folder: Path, *, host: str, port: int, installed: str) -> Sequence[str]:
    """Write Datasette's files for a database into *folder*, and return the arguments to start it with.

    *installed* is its version: from 1.0 on it takes words and ways in two files.
    """
    told = configuration(path)
    if installed.startswith("0."):
        files = {"--metadata": told.merged()}
    else:
        files = {"--metadata": told.metadata, "--config": told.config}
    given = ["serve", "--immutable", path] if must_be_immutable(path) else ["serve", path]
    given += ["--host", host, "--port", str(port)]
    for option, content in files.items():
        file = folder / f"{option.strip('-')}.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        given += [option, str(file)]
    for name, value in _SETTINGS.items():
        given += ["--setting", name, str(value)]
    return given


def must_be_immutable(path: str) -> bool:
    """Return whether a database can be read only as a file that nobody changes.

    Datasette opens for reading, which sees what other runs write meanwhile. A write-ahead log wants files beside
    the database even for that; in a folder that is read-only they cannot be made, but no run can write there either.
    """
    place = Path(path)
    with place.open("rb") as file:
        header = file.read(_WRITE_VERSION + 1)
    with_log = header[_WRITE_VERSION:] == bytes([_WITH_LOG])
    return with_log and not os.access(place.absolute().parent, os.W_OK) and not Path(f"{path}-wal").exists()
