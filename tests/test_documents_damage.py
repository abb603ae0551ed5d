"""A damaged file costs what is damaged, is named with its place, and the rest is read, whatever its format."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documents_samples import (
    COMPRESS,
    STORIES,
    feed,
    json_array,
    json_lines,
    parquet,
    read_all,
    separated,
    texts,
    wet,
    wet_gz,
    wordpress,
    write,
)
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

#: Every format that holds many documents. A document that is cut is passed over, but in feeds, where it may be read
#: in part, and in CSV outside of quotation marks, where a cut row looks like a short one.
TABLES: dict[str, Callable[[], bytes]] = {
    "a.jsonl": json_lines,
    "a.csv": separated,
    "a.json": json_array,
    "a.wet": wet,
    "a.wet.gz": wet_gz,
    "a.wxr": wordpress,
    "a.rss": feed,
    "a.parquet": parquet,
}


def in_folder(name: str, data: bytes) -> tuple[list[str], list[str]]:
    """The texts and the errors of a file of its own: hypothesis asks for many in one test."""
    with tempfile.TemporaryDirectory() as folder:
        rows, errors = read_all(write(Path(folder), name, data))
        return texts(rows), [str(error) for error in errors]


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=25, deadline=None)
@given(part=st.floats(0, 1, exclude_max=True))
def test_a_file_that_is_cut_anywhere_is_read_up_to_there(name: str, suffix: str, part: float) -> None:
    """No cut is an exception, and what is read is what was there: the first documents, unchanged."""
    if suffix and name in {"a.wet.gz", "a.parquet"}:
        pytest.skip("this format is not compressed once more")
    if name == "a.rss":
        pytest.importorskip("feedparser", reason="feedparser is not installed")
    whole = COMPRESS[suffix](TABLES[name]())
    found, errors = in_folder(name + suffix, whole[: int(len(whole) * part)])
    complete = found[:-1] if name in {"a.rss", "a.csv"} else found
    assert complete == list(STORIES[: len(complete)])
    assert all(story.startswith(read) for read, story in zip(found, STORIES, strict=False))
    assert errors or found in ([], list(STORIES)) or name in {"a.csv", "a.jsonl", "a.wet", "a.wet.gz"}


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_bytes_in_a_file_are_an_exception(name: str, data: st.DataObject) -> None:
    """Whatever is overwritten, the rest of the file is read or said to be unreadable."""
    if name == "a.rss":
        pytest.importorskip("feedparser", reason="feedparser is not installed")
    whole = bytearray(TABLES[name]())
    at = data.draw(st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=40))
    whole[at : at + len(noise)] = noise
    found, _ = in_folder(name, bytes(whole))
    assert len(found) <= len(STORIES) + 1


@pytest.mark.parametrize("name", [*TABLES, "a.txt", "a.html", "a"])
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=400))
def test_no_bytes_at_all_are_an_exception(name: str, data: bytes) -> None:
    """A file may be called anything and hold anything."""
    if name == "a.rss":
        pytest.importorskip("feedparser", reason="feedparser is not installed")
    found, errors = in_folder(name, data)
    assert isinstance(found, list)
    assert (
        found
        or errors
        or not data.strip(b"\0 \t\r\n")
        or name in {"a.wxr", "a.jsonl", "a.json", "a.rss", "a.csv"}
    )


def lines(start: int, end: int) -> bytes:
    return json_lines([f"{number} {STORIES[0]}" for number in range(start, end)])


@pytest.mark.parametrize("suffix", [suffix for suffix in COMPRESS if suffix])
def test_a_damaged_member_costs_the_lines_that_are_in_it(tmp_path: Path, suffix: str) -> None:
    """Reading goes on in the next member, and a line is not joined to one of another member."""
    members = [COMPRESS[suffix](lines(start, start + 500)) for start in (0, 500, 1000)]
    middle = bytearray(members[1])
    middle[len(middle) // 2 : len(middle) // 2 + 8] = b"\xff" * 8
    rows, errors = read_all(write(tmp_path, f"a.jsonl{suffix}", members[0] + middle + members[2]))
    untouched = [f"{number} {STORIES[0]}" for number in (*range(500), *range(1000, 1500))]
    assert set(untouched) <= set(texts(rows))
    assert any(f"byte {len(members[0])}: is damaged" in str(error) for error in errors)


def test_what_stands_before_a_damage_in_a_member_is_read(tmp_path: Path) -> None:
    """All of it, not only what was decompressed before the damage came in sight."""
    whole = gzip.compress(lines(0, 50), mtime=0)
    damaged = whole[:-8] + b"\0\0\0\0" + whole[-4:]
    rows, errors = read_all(write(tmp_path, "a.jsonl.gz", damaged))
    assert len(rows) == 50
    assert ["byte 0: is damaged" in str(error) for error in errors] == [True]


def test_something_behind_the_compressed_data_is_said(tmp_path: Path) -> None:
    """It may be what was to be read."""
    rows, errors = read_all(write(tmp_path, "a.jsonl.gz", gzip.compress(json_lines()) + b"and more"))
    assert len(rows) == len(STORIES)
    assert len(errors) == 1


def test_one_document_that_is_cut_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """The embed may stand in the part that is there."""
    whole = gzip.compress(b"".join(f"{n} {STORIES[0]}\n".encode() for n in range(99)), mtime=0)
    rows, errors = read_all(write(tmp_path, "a.txt.gz", whole[:-50]))
    assert texts(rows)[0].startswith(f"0 {STORIES[0]}\n")
    assert [error.problem for error in errors] == ["is cut off"]


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_row(tmp_path: Path) -> None:
    """It would take all that follows into one field."""
    path = write(tmp_path, "a.csv", 'text,id\none,1\n"two,2\nthree,3\n')
    rows, errors = read_all(path)
    assert texts(rows) == ["one"]
    assert [error.subject for error in errors] == [f"{path}, row 2"]


def test_a_line_that_is_too_long_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held in memory is bounded; the lines after it are read."""
    monkeypatch.setattr("resolver.documents.readers.json_lines.LARGEST_DOCUMENT", 1000)
    path = write(tmp_path, "a.jsonl", json_lines(["one", "x" * 5000, "three"]))
    rows, errors = read_all(path)
    assert [(row.document.text, row.document.id) for row in rows] == [
        ("one", f"{path}#1"),
        ("three", f"{path}#3"),
    ]
    assert [error.subject for error in errors] == [f"{path}, line 2"]


@pytest.mark.parametrize(
    ("module", "name", "data"),
    [
        ("json_document", "a.json", json_array(["x" * 5000])),
        ("page", "a.txt", b"x" * 5000),
        ("page", "a.html.gz", gzip.compress(b"x" * 5000)),
    ],
)
def test_a_file_that_must_be_held_in_memory_may_not_be_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, data: bytes
) -> None:
    """Compressed or not; the message says what to do."""
    monkeypatch.setattr(f"resolver.documents.readers.{module}.LARGEST_DOCUMENT", 1000)
    rows, errors = read_all(write(tmp_path, name, data))
    assert not rows
    assert [error.advice is not None and "JSON Lines" in error.advice for error in errors] == [True]
