"""Inputs that are nearly what they say they are: nothing of them is lost in silence, and nothing ends the reading."""

from __future__ import annotations

import json
import os
import threading
import time
from datetime import datetime, timedelta, timezone
from io import BufferedReader
from typing import TYPE_CHECKING, Any

import pytest
from documents_samples import feed, read_all, texts, write, zstd_compress

from resolver.detect.blocked import vendor_rows
from resolver.detect.prefilter import Screening, Sieve
from resolver.documents import read
from resolver.documents.http_message import parse_http
from resolver.documents.published import published

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from resolver.documents import Row


@pytest.mark.parametrize(
    "text",
    [
        '[{"text": "one"}]\n[{"text": "two"}]',
        '[{"text": "one"}][{"text": "two"}]\n',
        '[]\n[{"text": "one"}, {"text": "two"}]',
        '{\n"text": "one"\n}\n{\n"text": "two"\n}\n',
    ],
    ids=["two arrays", "side by side", "an empty one first", "two objects"],
)
def test_json_files_that_were_joined_are_read_to_the_end(tmp_path: Path, text: str) -> None:
    """As `cat a.json b.json` joins them, and some programs write them."""
    rows, errors = read_all(write(tmp_path, "a.json", text))
    assert (texts(rows), errors) == (["one", "two"], [])


def test_what_stands_behind_an_array_is_named(tmp_path: Path) -> None:
    """It may be the rest of a file that was written over."""
    path = write(tmp_path, "a.json", '[{"text": "one"}] and more')
    rows, (error,) = read_all(path)
    assert (texts(rows), error.subject) == (["one"], f"{path}, row 2")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_numbers_that_json_does_not_have_are_null(tmp_path: Path, name: str) -> None:
    """What is written out again can be read by any program."""
    line = '{"text": "one", "a": NaN, "b": -Infinity, "c": 1e999, "d": 1.5}\n'
    rows, _ = read_all(write(tmp_path, name, line if name == "a.jsonl" else f"[{line}]"))
    assert [row.fields for row in rows] == [{"text": "one", "a": None, "b": None, "c": None, "d": 1.5}]


def test_an_empty_object_is_a_row_without_a_text(tmp_path: Path) -> None:
    """It is named, and its number is its own."""
    path = write(tmp_path, "a.jsonl", '{"text": "one"}\n{}\n\n{"text": "two"}\n')
    rows, (error,) = read_all(path)
    assert (texts(rows), error.subject) == (["one", "", "two"], f"{path}, line 2")


@pytest.mark.parametrize("column", ["html", "Raw_HTML"])
def test_a_row_of_html_among_rows_of_text_is_asked_as_html(tmp_path: Path, column: str) -> None:
    """Else what hides embeds in it would be passed over."""
    pages = [row.sample for row in vendor_rows()]
    lines = [{"text": "No post."}, *({column: page} for page in pages)]
    path = write(tmp_path, "a.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    screen = Screening(Sieve(worth=0))
    rows = list(read([str(path)], report=pytest.fail, screen=screen))
    assert [row.document.html for row in rows if row.document.html] == pages


@pytest.mark.parametrize("ends", [("\n", "\n\n"), ("\r\n", "\r\n\r\n"), ("\r\n", "\n\n"), ("\n", "\n\r\n")])
def test_the_first_empty_line_ends_the_head_of_an_answer(ends: tuple[str, str]) -> None:
    """However lines end in it, and whatever empty lines the page has."""
    end, empty = ends
    body = b"<p>One</p>\r\n\r\n<p>Two</p>\n\n"
    found = parse_http(f"HTTP/1.1 200 OK{end}Content-Type: text/html{empty}".encode() + body, limit=999)
    assert found is not None
    assert (found.content_type, found.body) == (b"text/html", body)


def test_times_that_python_does_not_have_cost_no_row(tmp_path: Path) -> None:
    """Nanoseconds, and what some programs write for a missing time; alone, in lists and in objects."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {
        "text": ["one", "two"],
        "date": pa.array([2**62, 0], pa.timestamp("us")),
        "seen": pa.array([1, 0], pa.timestamp("ns")),
        "times": pa.array([[0, 2**61], []], pa.list_(pa.timestamp("us"))),
        "at": pa.array([{"t": 2**61}, None], pa.struct([("t", pa.timestamp("us"))])),
    }
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    rows, errors = read_all(tmp_path / "a.parquet")
    assert (texts(rows), errors) == (["one", "two"], [])
    assert [row.document.date for row in rows] == [None, "1970-01-01T00:00:00"]
    json.dumps([row.fields for row in rows], allow_nan=False)


def test_of_two_columns_of_one_name_the_last_one_counts_with_a_screen_too(tmp_path: Path) -> None:
    """As without one."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    post = "The bridge is open! — Jo Doe (@jodoe) May 2, 2019"
    parquet.write_table(
        pa.Table.from_arrays([pa.array(["no"]), pa.array([post])], names=["text", "text"]),
        tmp_path / "a.parquet",
    )
    rows = read([str(tmp_path / "a.parquet")], report=pytest.fail, screen=Screening(Sieve(worth=0)))
    assert [row.document.text for row in rows] == [post]


@pytest.mark.parametrize("dictionary", [b"abc", b"\x28\xb5\x2f\xfdabc", b"\x37\xa4\x30\xec" + b"\0" * 8])
def test_a_dictionary_that_is_none_is_named(tmp_path: Path, dictionary: bytes) -> None:
    """What can be read without it is read."""
    frame = b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little") + dictionary
    path = write(tmp_path, "a.jsonl.zst", frame + zstd_compress(b'{"text": "one"}\n'))
    rows, errors = read_all(path)
    assert texts(rows) == ["one"]
    assert all(str(path) in error.subject for error in errors)


@pytest.mark.parametrize("date", ["Fri, 31 Dec 9999 23:59:59 -0500", "Mon, 01 Jan 0001 00:00:00 +0500"])
def test_a_feed_with_a_date_at_the_end_of_time_is_read(tmp_path: Path, date: str) -> None:
    """The entry has none then."""
    start, _, rest = feed().decode().partition("<pubDate>")
    content = f"{start}<pubDate>{date}{rest[rest.index('</pubDate>') :]}"
    rows, errors = read_all(write(tmp_path, "a.rss", content))
    assert (len(rows) > 0, errors) == (True, [])


@pytest.mark.parametrize(
    "value",
    [
        "٢٠٢٠-٠٨-١٥",
        "１５９７４４９６００",
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_what_is_no_iso_date_and_what_is_out_of_time_is_not_written_as_one(value: object) -> None:
    """Digits of other scripts are read as printed dates are, and written as ISO 8601 has them."""
    found = published(value)
    assert found is None or found.isascii()


def test_a_reader_that_fails_costs_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever nobody has thought of: it is one line, and the next file is read."""

    def fails(_source: Any) -> Iterator[Row]:
        raise ZeroDivisionError("by nothing")
        yield

    monkeypatch.setattr("resolver.documents.readers.page.read_html", fails)
    write(tmp_path, "a.html", "<p>one</p>")
    write(tmp_path, "b.jsonl", '{"text": "two"}\n')
    rows, (error,) = read_all(tmp_path)
    assert texts(rows) == ["two"]
    assert str(error) == (
        f"{tmp_path / 'a.html'}: this tool fails to read it (ZeroDivisionError: by nothing); please report that"
    )


@pytest.mark.parametrize("first", [1, 3])
def test_a_pipe_that_begins_slowly_is_told_by_more_than_its_first_bytes(first: int) -> None:
    """What was written so far says nothing of what it is."""
    data = b"id,text\n1,one\n"
    reading, writing = os.pipe()

    def write_slowly() -> None:
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            pipe.write(data[:first])
            time.sleep(0.1)
            pipe.write(data[first:])

    writer = threading.Thread(target=write_slowly)
    writer.start()
    with os.fdopen(reading, "rb") as stream:
        assert isinstance(stream, BufferedReader)
        rows = list(read(["-"], report=pytest.fail, standard_input=stream))
    writer.join(10)
    assert [row.document.text for row in rows] == ["one"]
