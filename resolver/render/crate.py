"""The form in which a database is deposited: a folder that an archive can describe, by two files of metadata.

``ro-crate-metadata.json`` after RO-Crate 1.1 (https://www.researchobject.org/ro-crate/specification/1.1/) names every
file of the folder, ``datapackage.json`` after Data Package 1 (https://specs.frictionlessdata.io/data-package/) the
columns of the tables.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from resolver.render.json_lines import whole_file
from resolver.render.record import utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from os import PathLike

#: For those who do not say under which licence they deposit: nobody has looked into the rights.
#: https://rightsstatements.org/page/CNE/1.0/
NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/"

_TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}


class CrateFile(Protocol):
    """A file in the folder."""

    @property
    def name(self) -> str:
        """Its path within the folder, with slashes."""

    @property
    def bytes(self) -> int:
        """Its size."""

    @property
    def sha256(self) -> str:
        """The hex SHA-256 of it."""

    @property
    def media_type(self) -> str:
        """Its media type."""

    @property
    def description(self) -> str:
        """What it is, in a sentence."""


class CrateColumn(Protocol):
    """A column of a table."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def type(self) -> str:
        """``TEXT``, ``INTEGER`` or ``REAL``."""

    @property
    def description(self) -> str:
        """What it holds."""


@runtime_checkable
class CrateTable(CrateFile, Protocol):
    """A file that is a table."""

    @property
    def table(self) -> str:
        """The name of the table."""

    @property
    def columns(self) -> Sequence[CrateColumn]:
        """Its columns, in their order."""


def write_metadata(
    folder: str | PathLike[str],
    files: Iterable[CrateFile],
    *,
    name: str,
    description: str,
    license: str = NOT_EVALUATED,  # noqa: A002 - the word of the standard
    made_at: datetime,
    tool_version: str,
) -> None:
    """Write both files of metadata into a folder that holds *files*, some of which are tables.

    The parameters are those of :func:`crate_metadata`. Raises :class:`~resolver.errors.OutputError`.
    """
    listed = list(files)
    tables = [file for file in listed if isinstance(file, CrateTable)]
    package = data_package(tables, name=_slug(name), description=description, made_at=made_at)
    listed.append(_written(Path(folder) / "datapackage.json", package))
    crate = crate_metadata(
        listed,
        name=name,
        description=description,
        license=license,
        made_at=made_at,
        tool_version=tool_version,
    )
    _written(Path(folder) / "ro-crate-metadata.json", crate)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Metadata:
    """A file of metadata in the folder."""

    name: str
    bytes: int
    sha256: str
    media_type: str = "application/json"
    description: str = "The columns of the tables (Data Package)"


def _written(path: Path, content: dict[str, Any]) -> _Metadata:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    with whole_file(str(path)) as out:
        out.write(text)
    written = text.encode()
    return _Metadata(name=path.name, bytes=len(written), sha256=hashlib.sha256(written).hexdigest())


def _slug(name: str) -> str:
    """Return a name as a Data Package wants it.

    >>> _slug("Ferries in the news, 2019")
    'ferries-in-the-news-2019'
    """
    return "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "deposit"


def crate_metadata(
    files: Iterable[CrateFile],
    *,
    name: str,
    description: str,
    license: str,  # noqa: A002 - the word of the standard
    made_at: datetime,
    tool_version: str,
) -> dict[str, Any]:
    """Return the content of ``ro-crate-metadata.json`` for a folder with these *files*.

    *license* is an address; *made_at* is when the folder was made (UTC), *tool_version* that of this tool.

    >>> from datetime import UTC, datetime
    >>> made = crate_metadata([], name="Ferries", description="Posts about ferries in the news of 2019.",
    ...     license="https://creativecommons.org/licenses/by/4.0/", made_at=datetime(2026, 11, 22, tzinfo=UTC),
    ...     tool_version="1.0")
    >>> [entity["@id"] for entity in made["@graph"]][:2]
    ['ro-crate-metadata.json', './']
    """
    listed = list(files)
    parts = [{"@id": file.name} for file in listed]
    tool = "#embed-resolver"
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": name,
        "description": description,
        "datePublished": made_at.date().isoformat(),
        "license": {"@id": license},
        "hasPart": parts,
    }
    action = {
        "@id": "#deposit",
        "@type": "CreateAction",
        "name": "The folder was made",
        "endTime": utc(made_at),
        "instrument": {"@id": tool},
        "result": parts,
    }
    software = {
        "@id": tool,
        "@type": "SoftwareApplication",
        "name": "embed-resolver",
        "version": tool_version,
    }
    terms = {"@id": license, "@type": "CreativeWork", "name": license}
    return {
        "@context": ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"}],
        "@graph": [_DESCRIPTOR, root, *map(_file, listed), action, software, terms],
    }


_DESCRIPTOR = {
    "@id": "ro-crate-metadata.json",
    "@type": "CreativeWork",
    "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    "about": {"@id": "./"},
}


def data_package(
    tables: Iterable[CrateTable], *, name: str, description: str, made_at: datetime
) -> dict[str, Any]:
    """Return the content of ``datapackage.json`` for the tables of a folder.

    *name* is in lower case, of letters, digits and hyphens, as the standard wants it.

    >>> from datetime import UTC, datetime
    >>> data_package([], name="ferries", description="x", made_at=datetime(2026, 11, 22, tzinfo=UTC))["created"]
    '2026-11-22T00:00:00Z'
    """
    return {
        "profile": "data-package",
        "name": name,
        "description": description,
        "created": utc(made_at),
        "resources": [_resource(table) for table in tables],
    }


def _file(file: CrateFile) -> dict[str, Any]:
    return {
        "@id": file.name,
        "@type": "File",
        "name": file.name.rpartition("/")[2],
        "description": file.description,
        "encodingFormat": file.media_type,
        # A number in a string, as the standard has it.
        "contentSize": str(file.bytes),
        "sha256": file.sha256,
    }


def _resource(table: CrateTable) -> dict[str, Any]:
    fields = [
        {"name": each.name, "type": _TYPES[each.type], "description": each.description}
        for each in table.columns
    ]
    return {
        "name": table.table.replace("_", "-"),
        "path": table.name,
        "description": table.description,
        "format": table.name.rpartition(".")[2],
        "mediatype": table.media_type,
        "encoding": "utf-8",
        "bytes": table.bytes,
        "hash": f"sha256:{table.sha256}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
