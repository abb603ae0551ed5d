"""Parquet as data sets are published in it: nested columns, values that JSON does not have, damaged row groups."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from documents_samples import COMPRESS, STORIES, parquet, read_all, texts, write

from resolver.detect.prefilter import Screening, Sieve
from resolver.documents import Columns, read
from resolver.models import Document

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")


def table(columns: dict[str, Any], **options: Any) -> bytes:
    from pyarrow import parquet as format_

    sink = io.BytesIO()
    format_.write_table(pa.table(columns), sink, **options)
    return sink.getvalue()


def test_rows_are_documents_with_the_columns_of_their_data_set(tmp_path: Path) -> None:
    """Nested columns included, as OSCAR has them."""
    headers = [
        {"warc_headers": {"warc-target-uri": "https://a.example", "warc-date": "2021-12-01T00:01:02Z"}}
    ]
    rows, errors = read_all(
        write(tmp_path, "a.parquet", table({"id": [7], "text": ["words"], "meta": headers}))
    )
    assert not errors
    assert rows[0].document == Document(
        id="7", text="words", url="https://a.example", date="2021-12-01T00:01:02Z"
    )
    assert rows[0].fields == {"id": 7, "text": "words", "meta": headers[0]}


@pytest.mark.parametrize("column", ["html", "meta.page"])
def test_only_the_columns_of_the_document_need_be_read(tmp_path: Path, column: str) -> None:
    """A scan that does not write the rows out again does not pay for their other columns."""
    columns = {"html": ["<p>a"], "meta": [{"page": "<p>b", "other": 1}], "tokens": [[1, 2, 3]], "url": ["u"]}
    path = write(tmp_path, "a.parquet", table(columns))
    rows, _ = read_all(path, columns=Columns(html=column), all_fields=False)
    assert rows[0].document == Document(id=f"{path}#1", html="<p>a" if column == "html" else "<p>b", url="u")
    assert "tokens" not in rows[0].fields


def test_values_that_json_does_not_have_are_written_as_text(tmp_path: Path) -> None:
    """So that a row can be written out again with its embeds."""
    columns = {
        "text": pa.array(["words"]).dictionary_encode(),
        "timestamp": [datetime(2020, 8, 15, 10, tzinfo=UTC)],
        "day": [date(2020, 8, 15)],
        "price": [Decimal("1.50")],
        "score": [float("nan")],
        "ids": [[1, 2]],
        "nothing": [None],
        "flag": [True],
        "nested": [{"raw": b"\xff\x00"}],
    }
    rows, errors = read_all(write(tmp_path, "a.parquet", table(columns)))
    assert not errors
    assert (rows[0].document.text, rows[0].document.date) == ("words", "2020-08-15T10:00:00Z")
    assert json.loads(json.dumps(rows[0].fields, allow_nan=False)) == {
        "text": "words",
        "timestamp": "2020-08-15T10:00:00+00:00",
        "day": "2020-08-15",
        "price": "1.50",
        "score": None,
        "ids": [1, 2],
        "nothing": None,
        "flag": True,
        "nested": {"raw": "/wA="},
    }


def test_pages_that_are_stored_as_bytes_are_decoded(tmp_path: Path) -> None:
    """By what they declare, else by what they look like; what cannot be read is counted."""
    pages = ['<meta charset="koi8-r">гавань'.encode("koi8-r"), b"caf\xe9", "гавань".encode("cp1251"), None]
    rows, errors = read_all(write(tmp_path, "a.parquet", table({"html": pages})))
    assert texts(rows) == ['<meta charset="koi8-r">гавань', "café", "\ufffd" * 6, ""]
    assert [error.subject.rpartition(", ")[2] for error in errors] == ["row 3"]


def test_texts_that_are_not_utf_8_are_read(tmp_path: Path) -> None:
    """Some writers put any bytes into a column of text."""
    broken = pa.Array.from_buffers(pa.string(), 2, pa.array([b"one", b"caf\xe9"], pa.binary()).buffers())
    rows, errors = read_all(write(tmp_path, "a.parquet", table({"text": broken})))
    assert (texts(rows), errors) == (["one", "café"], [])


def test_a_damaged_row_group_costs_its_rows_only(tmp_path: Path) -> None:
    """It is named with its rows, and the rows after it keep their numbers."""
    data = bytearray(parquet())
    place = data.index(
        b"\x28\xb5\x2f\xfd", data.index(b"\x28\xb5\x2f\xfd", data.index(b"\x28\xb5\x2f\xfd") + 1) + 1
    )
    data[place : place + 20] = bytes(20)
    path = write(tmp_path, "a.parquet", bytes(data))
    rows, errors = read_all(path)
    assert [row.document.id for row in rows] == [f"{path}#{number}" for number in (1, 2, 5, 6, 7)]
    assert [error.subject for error in errors] == [f"{path}, row group 1, rows 3 to 4"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PAR1 and then nothing", "is no whole Parquet file"),
        (b"not Parquet", "is no whole Parquet file"),
        (parquet()[:-40], "is no whole Parquet file"),
        (COMPRESS[".gz"](parquet()), "is Parquet that comes through a pipe or is compressed"),
        (table({"title": ["t"], "story": ["s"]}), "no column is called as those with articles are"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path: Path, data: bytes, problem: str) -> None:
    """With what to do about it, and the names of its columns where they can be read."""
    rows, errors = read_all(write(tmp_path, "a.parquet", data))
    assert not rows
    assert len(errors) == 1
    assert errors[0].problem.startswith(problem)
    assert errors[0].advice


def test_row_groups_of_all_sizes_are_read_in_order(tmp_path: Path) -> None:
    """Batches do not begin anew where row groups do."""
    for size in (1, 3, 100, 1000):
        stories = [f"{number} {STORIES[0]}" for number in range(300)]
        rows, errors = read_all(write(tmp_path, "a.parquet", parquet(stories, rows_in_group=size)))
        assert (texts(rows), errors) == (stories, [])


def test_groups_of_rows_of_which_none_is_wanted_are_passed_over(tmp_path: Path) -> None:
    """A screen that wants nothing is no damage; the row by which the columns are known is read all the same."""
    screening = Screening(Sieve(worth=0))
    path = write(tmp_path, "a.parquet", parquet())
    rows = list(read([str(path)], report=lambda error: pytest.fail(str(error)), screen=screening))
    assert len(rows) + screening.passed_over == len(STORIES)
    assert screening.passed_over >= len(STORIES) - 1
