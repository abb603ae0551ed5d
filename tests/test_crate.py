"""A deposit: every file is there and described, and the metadata is as the standards demand."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import CAPTURE, document, embed, leading_to, link, opened

from cache.doctor import examine
from cache.export import DepositedFile, DepositedTable, Format, deposit
from cache.export.tables import COMPLETE
from resolver.errors import StoreError
from resolver.render.crate import NOT_EVALUATED, crate_metadata, data_package, write_metadata

if TYPE_CHECKING:
    from pathlib import Path

MADE_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "provenance.db"
    with opened(path) as store:
        store.add(document(), [embed(link("a"))])
        store.record(leading_to("a", "https://example.org/", captures=(CAPTURE,)), {})
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deposit"


@pytest.fixture
def files(path: Path, folder: Path, tmp_path: Path) -> tuple[DepositedFile, ...]:
    (tmp_path / "warc").mkdir()
    for name in (CAPTURE.file, "of another database.warc.gz"):
        (tmp_path / "warc" / name).write_bytes(b"WARC")
    return deposit(path, folder, form=Format.CSV, warc=[tmp_path / "warc"]).files


def metadata(files: tuple[DepositedFile, ...]) -> dict[str, Any]:
    return crate_metadata(
        files,
        name="Ferries",
        description="What the news said.",
        license=LICENSE,
        made_at=MADE_AT,
        tool_version="1.0",
    )


def test_a_deposit_holds_what_it_says(folder: Path, files: tuple[DepositedFile, ...]) -> None:
    """The database, each table and each WARC file that it points to, with size and hash; the copy of the database is sound."""
    there = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    assert there == {file.name for file in files}
    assert there == {
        "provenance.db", f"warc/{CAPTURE.file}", *(f"tables/{table}.csv" for table in COMPLETE)
    }  # fmt: skip
    for file in files:
        content = (folder / file.name).read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert file.description
    assert examine(folder / "provenance.db").is_sound


def test_a_folder_that_is_in_use_is_left_alone(
    path: Path, folder: Path, files: tuple[DepositedFile, ...]
) -> None:
    """A second deposit does not mix into the first."""
    with pytest.raises(StoreError, match="it is there already, and not empty"):
        deposit(path, folder, form=Format.JSONL)
    assert not list(folder.rglob("*.jsonl"))


def test_warc_files_that_are_not_there_are_named(path: Path, folder: Path) -> None:
    """The rest is deposited; what becomes of that is the caller's to decide."""
    made = deposit(path, folder, form=Format.CSV)
    assert made.missing == (CAPTURE.file,)
    assert not (folder / "warc").exists()


def test_the_warc_files_of_a_run_are_found_by_themselves(tmp_path: Path, folder: Path) -> None:
    """A run writes down in which folder it has recorded."""
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / CAPTURE.file).write_bytes(b"WARC")
    with opened(tmp_path / "a.db", arguments={"warc": str(tmp_path / "warc")}) as store:
        store.record(leading_to("a", "https://example.org/", captures=(CAPTURE,)), {})
    made = deposit(tmp_path / "a.db", folder, form=Format.JSONL)
    assert made.missing == ()
    assert made.files[-1].name == f"warc/{CAPTURE.file}"


def test_the_metadata_is_written(folder: Path, files: tuple[DepositedFile, ...]) -> None:
    """Two files beside the others; the crate names every file but itself, the other one the tables."""
    write_metadata(
        folder,
        files,
        name="Ferries, 2019",
        description="What the news said.",
        made_at=MADE_AT,
        tool_version="1.0",
    )
    crate = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    there = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    assert {part["@id"] for part in entities["./"]["hasPart"]} == there - {"ro-crate-metadata.json"}
    assert entities["./"]["license"] == {"@id": NOT_EVALUATED}
    described = (folder / "datapackage.json").read_bytes()
    assert entities["datapackage.json"]["sha256"] == hashlib.sha256(described).hexdigest()
    package = json.loads(described)
    assert package["name"] == "ferries-2019"
    assert len(package["resources"]) == len(COMPLETE)


def test_the_crate_is_as_the_standard_demands(files: tuple[DepositedFile, ...]) -> None:
    """RO-Crate 1.1: the descriptor, the root with its four properties, each part described, no reference loose.

    https://www.researchobject.org/ro-crate/specification/1.1/root-data-entity.html
    """
    made = metadata(files)
    assert made["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    entities = {entity["@id"]: entity for entity in made["@graph"]}
    assert len(entities) == len(made["@graph"])
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert (descriptor["@type"], descriptor["about"]) == ("CreativeWork", {"@id": "./"})
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    assert [part["@id"] for part in root["hasPart"]] == [file.name for file in files]
    for file in files:
        entity = entities[file.name]
        assert entity["@type"] == "File"
        assert (entity["contentSize"], entity["sha256"]) == (str(file.bytes), file.sha256)
        assert (entity["encodingFormat"], entity["description"]) == (file.media_type, file.description)
    assert loose_references(made["@graph"], set(entities)) == set()


def loose_references(value: Any, known: set[str]) -> set[str]:
    if isinstance(value, list):
        return {each for item in value for each in loose_references(item, known)}
    if not isinstance(value, dict):
        return set()
    if set(value) == {"@id"}:
        return {value["@id"]} - known - {"https://w3id.org/ro/crate/1.1"}
    return {each for item in value.values() for each in loose_references(item, known)}


def test_the_tables_are_a_data_package(files: tuple[DepositedFile, ...]) -> None:
    """Each table is a resource with path, size, hash, and a schema with a sentence for each column."""
    tables = [file for file in files if isinstance(file, DepositedTable)]
    made = data_package(tables, name="ferries", description="x", made_at=MADE_AT)
    assert [resource["path"] for resource in made["resources"]] == [
        f"tables/{table}.csv" for table in COMPLETE
    ]
    for resource, table in zip(made["resources"], tables, strict=True):
        # https://specs.frictionlessdata.io/data-resource/: in lower case, without anything a path could misread
        assert resource["name"] == table.table.replace("_", "-")
        assert (resource["hash"], resource["bytes"]) == (f"sha256:{table.sha256}", table.bytes)
        assert [field["name"] for field in resource["schema"]["fields"]] == [
            column.name for column in table.columns
        ]
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert {field["type"] for field in resource["schema"]["fields"]} <= {"string", "integer", "number"}
    assert json.loads(json.dumps(made)) == made
