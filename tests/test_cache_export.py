"""The tables as files: complete, whole, the same bytes each time, and readable by other tools."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import (
    CUT_OFF,
    NOON,
    POST_ID,
    POST_URL,
    document,
    embed,
    identified,
    leading_to,
    link,
    observation,
    opened,
)

from cache.doctor import examine
from cache.export import ExportedFile, Format, copy_database, export_tables
from cache.export.columns import Column, columns
from cache.export.formats import write_csv, write_jsonl, write_parquet
from cache.export.tables import COMPLETE, REPRODUCIBLE
from resolver.errors import StoreError
from resolver.models import Outcome, Role

if TYPE_CHECKING:
    from pathlib import Path

pyarrow = pytest.importorskip("pyarrow.parquet", reason="Parquet needs pyarrow")

ODD = "=cmd|' /C calc'!A1\r\n\"Ünï\0\N{FULLWIDTH EQUALS SIGN}"
SCANNED = embed(link("a", Role.MEDIA), CUT_OFF, link("b"), hashtags=("Minsk", ODD), text=ODD)


def fill(path: Path, *, later: timedelta = timedelta(0), runs: int = 1) -> Path:
    """Two documents and what their links led to, kept by so many runs."""
    seen = leading_to("a", f"{POST_URL}/photo/1", observed_at=NOON + later)
    for _ in range(runs):
        with opened(path, now=NOON + later) as store:
            store.add(document(), [SCANNED, embed(start=200)])
            store.add(document("b.txt"), [])
    with opened(path, now=NOON + later) as store:
        store.record(observation("b", Outcome.DNS_ERROR, error="no such host", observed_at=NOON + later), {})
        store.record(seen, {key: identified(each, seen) for key, each in store.linking(seen.url).items()})
        store.record(observation("b", observed_at=NOON + later + timedelta(hours=1)), {})
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return fill(tmp_path / "provenance.db")


def read_jsonl(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]]


def read_csv(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_parquet(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pyarrow.read_table(file).to_pylist()
    return rows


READERS = {Format.JSONL: read_jsonl, Format.CSV: read_csv, Format.PARQUET: read_parquet}


def by_table(files: list[ExportedFile]) -> dict[str, ExportedFile]:
    return {file.table: file for file in files}


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("reproducible", [False, True])
def test_every_table_is_a_file(path: Path, tmp_path: Path, form: Format, reproducible: bool) -> None:
    """Each file has the rows, the columns, the size and the hash that are said of it, and nothing else is made."""
    folder = tmp_path / "deep" / "tables"
    files = export_tables(path, folder, form, reproducible=reproducible)
    assert [file.table for file in files] == list(REPRODUCIBLE if reproducible else COMPLETE)
    assert sorted(folder.iterdir()) == sorted(file.path for file in files)
    for file in files:
        content = file.path.read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        rows = READERS[form](file.path)
        assert len(rows) == file.rows
        assert all(list(row) == [column.name for column in file.columns] for row in rows)
        assert all(column.description and column.type for column in file.columns)
    assert by_table(files)["embeds"].rows == 2


def test_the_complete_export_is_what_the_database_holds(path: Path, tmp_path: Path) -> None:
    """Every table of ours with every column and row, in JSON Lines and in Parquet to the last character."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        ours = {name for (name,) in names if not name.startswith(("embeds_fts", "sqlite_", "_sqlite"))}
        assert ours == set(COMPLETE)
        connection.row_factory = sqlite3.Row
        for file in export_tables(path, tmp_path / "tables", Format.PARQUET):
            expected = [dict(row) for row in connection.execute(COMPLETE[file.table])]
            assert read_parquet(file.path) == expected
    embeds = read_jsonl(by_table(export_tables(path, tmp_path / "tables", Format.JSONL))["embeds"].path)
    assert (embeds[0]["text"], embeds[0]["hashtags"], embeds[0]["post_id"]) == (ODD, ["Minsk", ODD], None)


def test_a_csv_runs_nothing_in_a_spreadsheet(path: Path, tmp_path: Path) -> None:
    """A text that would be a formula has an apostrophe before it, and nothing is not the same as an empty text."""
    embeds = by_table(export_tables(path, tmp_path, Format.CSV))["embeds"].path
    assert read_csv(embeds)[0]["text"] == f"'{ODD}"
    out = io.BytesIO()
    columns = [Column(name=name, type="TEXT", description="x") for name in "abcd"]
    write_csv(out, columns, [(None, "", "-1", -1)])
    assert out.getvalue() == b'"a","b","c","d"\r\n,"","\'-1","-1"\r\n'


@pytest.mark.parametrize("form", Format)
def test_a_run_that_was_interrupted_exports_the_same_bytes(tmp_path: Path, form: Format) -> None:
    """Without keys, runs and times, what was found in three runs on another day is what was found in one."""
    one = fill(tmp_path / "one.db")
    three = fill(tmp_path / "three.db", later=timedelta(days=1, seconds=1), runs=3)
    exports = [export_tables(path, tmp_path / path.stem, form, reproducible=True) for path in (one, three)]
    assert [file.sha256 for file in exports[0]] == [file.sha256 for file in exports[1]]
    complete = [export_tables(path, tmp_path / path.stem, form) for path in (one, three)]
    assert [file.sha256 for file in complete[0]] != [file.sha256 for file in complete[1]]


def test_rows_are_named_by_what_they_are(path: Path, tmp_path: Path) -> None:
    """The reproducible export holds what connects the rows, without the database's own numbers."""
    files = by_table(export_tables(path, tmp_path, Format.JSONL, reproducible=True))
    rows = {name: read_jsonl(file.path) for name, file in files.items()}
    assert [(row["link"], row["observation"], row["outcome"]) for row in rows["observations"]] == [
        ("https://t.co/a", 1, "post"),
        ("https://t.co/b", 1, "dns_error"),
        ("https://t.co/b", 2, "ok"),
    ]
    (hop,) = rows["hops"]
    assert (hop["link"], hop["observation"], hop["number"], hop["status"]) == ("https://t.co/a", 1, 0, 301)
    (post,) = rows["identifications"]
    assert (post["document"], post["embed"], post["link"], post["post_id"]) == (
        "a.txt",
        0,
        "https://t.co/a",
        POST_ID,
    )
    assert [row["url"] for row in rows["embed_links"]] == ["https://t.co/a", None, "https://t.co/b"]


def test_a_file_that_was_not_finished_is_not_there(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier export stays whole where a later one fails, and the half of the later one is taken away."""
    export_tables(path, tmp_path / "tables", Format.JSONL)
    before = {file.name: file.read_bytes() for file in (tmp_path / "tables").iterdir()}

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cache.export.formats.json.dumps", fails)
    with pytest.raises(StoreError, match=r"runs\.jsonl: no space left on device; choose another folder"):
        export_tables(path, tmp_path / "tables", Format.JSONL)
    assert {file.name: file.read_bytes() for file in (tmp_path / "tables").iterdir()} == before


def test_a_folder_that_cannot_be_made_is_said(path: Path) -> None:
    """The path that is in the way is named."""
    with pytest.raises(StoreError, match="choose another folder"):
        export_tables(path, path / "tables", Format.JSONL)


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is only needed where Parquet is asked for."""
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(StoreError, match=r"pip install 'embed-resolver\[corpus\]'"):
        write_parquet(io.BytesIO(), [], [])


def test_parquet_in_several_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many rows are written a group at a time, and come back in their order."""
    monkeypatch.setattr("cache.export.formats.GROUP", 3)
    out = io.BytesIO()
    columns = [
        Column(name="a", type="INTEGER", description="x"),
        Column(name="b", type="REAL", description="x"),
    ]
    rows = [(number, None if number % 2 else number / 4) for number in range(8)]
    write_parquet(out, columns, rows)
    assert [tuple(row.values()) for row in read_parquet(out)] == rows  # type: ignore[arg-type]
    assert pyarrow.ParquetFile(out).num_row_groups == 3


def test_columns_that_hold_json_are_no_texts_in_json_lines() -> None:
    """A list is a list; a column of that kind that is empty is null."""
    out = io.BytesIO()
    described = columns("embeds", ["hashtags", "mentions", "text"])
    write_jsonl(out, described, [('["a"]', None, '["a"]')])
    assert json.loads(out.getvalue()) == {"hashtags": ["a"], "mentions": None, "text": '["a"]'}


@pytest.mark.parametrize("form", Format)
def test_no_table_takes_the_place_of_the_database(tmp_path: Path, form: Format) -> None:
    """Where that is called as one of them, nothing is written, by whichever name it was given."""
    path = fill(tmp_path / f"observations.{form}")
    before = path.read_bytes()
    (tmp_path / "link.db").symlink_to(path)
    for name in (path, tmp_path / "link.db"):
        with pytest.raises(
            StoreError, match=r"the export would write .* in its place; choose another folder"
        ):
            export_tables(name, tmp_path, form)
    assert (path.read_bytes(), {each.name for each in tmp_path.iterdir()}) == (before, {path.name, "link.db"})
    assert export_tables(path, tmp_path / "tables", form)


def test_a_file_of_the_user_beside_an_export_stays(path: Path, tmp_path: Path) -> None:
    """Whatever it is called: it could be the database."""
    mine = tmp_path / "links.csv.part"
    mine.write_text("mine")
    export_tables(path, tmp_path, Format.CSV)
    assert mine.read_text() == "mine"


def test_a_copy_is_a_database_of_its_own(path: Path, tmp_path: Path) -> None:
    """It is sound and holds the same, also while a run has the other open."""
    with opened(path):
        copy = copy_database(path, tmp_path / "copy.db")
    assert examine(copy).is_sound
    exports = [
        export_tables(each, tmp_path / each.stem, Format.JSONL, reproducible=True) for each in (path, copy)
    ]
    assert [file.sha256 for file in exports[0]] == [file.sha256 for file in exports[1]]
    with pytest.raises(StoreError, match=r"copy\.db: it is there already; choose another file"):
        copy_database(path, copy)
    with pytest.raises(StoreError, match="cannot be opened or created"):
        copy_database(path, tmp_path / "none" / "copy.db")
