"""A file read in parts gives what the file gives as a whole."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from documents_samples import STORIES, json_lines, parquet, read_all, record, separated, wet, wet_gz, write
from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.documents import Row
from resolver.documents.part_reader import PartReader
from resolver.documents.parts import Part, Unit, divided

if TYPE_CHECKING:
    from pathlib import Path

    from resolver.documents.complaint import Complaint

MANY = tuple(f"{story} {number}" for number in range(40) for story in STORIES)


def in_parts(path: Path, part_bytes: int, *, all_fields: bool = True) -> tuple[list[Row], list[str], int]:
    """What the parts of a file give, with their lines counted on, and how many parts there are."""
    rows, errors, lines = [], [], 0
    parts = divided(str(path), part_bytes=part_bytes)
    for part in parts:
        complaints: list[Complaint] = []
        reader = PartReader(part, all_fields=all_fields)
        for found in reader.rows(complaints.append):
            row = found.row
            if found.line is not None:
                row = Row(
                    type(row.document)(
                        id=f"{path}#{lines + found.line}",
                        text=row.document.text,
                        html=row.document.html,
                        url=row.document.url,
                        date=row.document.date,
                    ),
                    row.fields,
                )
            rows.append(row)
        errors += [str(complaint.error(lines_before=lines)) for complaint in complaints]
        lines += reader.lines
    return rows, errors, len(parts)


FILES = {
    "a.jsonl": json_lines(MANY),
    "with-ids.jsonl": b"".join(b'{"id": "%d", "text": "a story"}\n' % n for n in range(300)),
    "no-line-end.jsonl": json_lines(MANY).rstrip(b"\n"),
    "marked.jsonl": b"\xef\xbb\xbf" + json_lines(MANY),
    "a.json": json_lines(MANY),
    "a.wet": wet(MANY),
    "a.wet.gz": wet_gz(MANY),
    "a.parquet": parquet(MANY),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("all_fields", [True, False], ids=["all fields", "what documents are made of"])
def test_the_parts_of_a_file_give_what_it_gives(tmp_path: Path, name: str, all_fields: bool) -> None:
    """The same documents with the same ids and rows, in the same order, wherever it is cut."""
    path = write(tmp_path, name, FILES[name])
    expected, no_errors = read_all(path, all_fields=all_fields)
    for part_bytes in (len(FILES[name]) // 3, len(FILES[name]) // 10):
        rows, errors, parts = in_parts(path, part_bytes, all_fields=all_fields)
        assert parts > 2
        assert rows == expected
        assert errors == [] == no_errors


WHOLE = {
    "a.csv": separated(MANY),
    "a.tsv": b"id\ttext\n" + b"1\tStory\n" * 500,
    "utf-16.jsonl": json_lines(MANY).decode().encode("utf-16"),
    "a.jsonl.gz": gzip.compress(json_lines(MANY), compresslevel=0),
    "one-member.wet.gz": gzip.compress(wet(MANY), compresslevel=0),
    "a.txt": "Words. " * 1000,
    "one-line.jsonl": json.dumps({"text": "Words. " * 1000}),
    "one-group.parquet": parquet(MANY, rows_in_group=10_000),
    "damaged.parquet": b"PAR1" + b"\0" * 9000,
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_cannot_be_cut_for_certain_is_read_as_a_whole(tmp_path: Path, name: str) -> None:
    """A line break in CSV may stand in a field; what is compressed as one has no beginning but its own."""
    path = write(tmp_path, name, WHOLE[name])
    assert divided(str(path), part_bytes=200) == (
        Part(name=str(path), unit=divided(str(path), part_bytes=200)[0].unit),
    )


def test_what_is_not_there_is_one_part_that_says_so(tmp_path: Path) -> None:
    """Dividing a file never fails."""
    (part,) = divided(str(tmp_path / "none.jsonl"))
    errors: list[Complaint] = []
    assert list(PartReader(part).rows(errors.append)) == []
    assert "no such file" in str(errors[0].error())


def test_a_later_line_goes_by_the_columns_of_the_first(tmp_path: Path) -> None:
    """A part in which no line has the usual columns is read as the whole file reads it."""
    lines = [{"text": "first"}, *({"other": str(n)} for n in range(200)), {"text": "last"}]
    path = write(tmp_path, "a.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    expected, errors = read_all(path)
    rows, found, parts = in_parts(path, 500)
    assert parts > 3
    assert rows == expected
    assert found == [str(error) for error in errors]
    assert len(found) == 200


def test_a_damage_is_said_with_its_place_in_the_file(tmp_path: Path) -> None:
    """Also in the middle, where the part does not know its lines; and of the first line, only once."""
    good = json_lines(MANY[:50])
    path = write(tmp_path, "a.jsonl", b"{bad\n" + good + b"\n{worse\n" + good + b'["list"]\n')
    _, errors = read_all(path)
    _, found, parts = in_parts(path, 700)
    assert parts > 3
    assert found == [str(error) for error in errors]
    assert [error.partition(":")[0].rpartition(" ")[2] for error in found] == ["1", "53", "104"]


def test_a_damaged_record_is_said_with_its_byte(tmp_path: Path) -> None:
    """Bytes are counted from the beginning of the file, not of the part."""
    records = [record(n, "conversion", "text/plain", story.encode()) for n, story in enumerate(MANY[:60])]
    records[45] = records[45].replace(b"Content-Length: ", b"Content-Length: 9")
    path = write(tmp_path, "a.warc", b"".join(records))
    expected, errors = read_all(path)
    rows, found, parts = in_parts(path, 2500)
    assert parts > 3
    assert len(found) == 1
    assert found == [str(error) for error in errors]
    assert rows == expected


def test_the_parts_of_parquet_count_rows_as_the_file_does(tmp_path: Path) -> None:
    """Damage in a row group is said by the rows of the file."""
    data = bytearray(parquet(MANY, rows_in_group=20))
    at = data.find(b"\x28\xb5\x2f\xfd", len(data) // 2)
    data[at : at + 8] = b"\0" * 8
    path = write(tmp_path, "a.parquet", bytes(data))
    expected, errors = read_all(path)
    rows, found, parts = in_parts(path, len(data) // 5)
    assert parts > 3
    assert found == [str(error) for error in errors] != []
    assert rows == expected


def test_records_without_an_id_are_called_by_where_their_part_begins(tmp_path: Path) -> None:
    """The standard demands an id; those that have none are still told from one another."""
    records = wet(MANY).replace(b"WARC-Record-ID", b"X-Other")
    rows, _, parts = in_parts(write(tmp_path, "a.wet", records), 9000)
    assert parts > 2
    assert len({row.document.id for row in rows}) == len(MANY)
    assert all(row.document.id == row.fields["id"] for row in rows)


def test_where_no_record_begins_nearby_there_is_no_cut(tmp_path: Path) -> None:
    """What looks like a record within one is none: no other follows where it says that it ends."""
    inner = (
        b"words\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nwords and words\r\n\r\n" * 200
    )
    path = write(
        tmp_path, "a.wet", wet(MANY[:2]) + record(9, "conversion", "text/plain", inner) + wet(MANY[:2])
    )
    expected, _ = read_all(path)
    rows, errors, _ = in_parts(path, 2000)
    assert rows == expected
    assert errors == []


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(
        st.sampled_from(
            [
                b'{"text": "a"}',
                b'{"id": 7, "text": "b\\n"}',
                b"",
                b"{",
                b"[]",
                b'{"x": 1}',
                b'{"text": "\xff"}',
            ]
        ),
        min_size=1,
        max_size=40,
    ),
    part_bytes=st.integers(1, 80),
    ended=st.booleans(),
)
def test_json_lines_of_any_kind_read_the_same_in_parts(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], part_bytes: int, ended: bool
) -> None:
    """Whatever stands on the lines, and however small the parts are."""
    path = write(
        tmp_path_factory.mktemp("lines"),
        "a.jsonl",
        b'{"text": "first"}\n' + b"\n".join(lines) + b"\n" * ended,
    )
    expected, errors = read_all(path)
    rows, found, _ = in_parts(path, part_bytes)
    assert rows == expected
    assert found == [str(error) for error in errors]


def test_a_part_says_what_it_is_in_its_file() -> None:
    """Parts are small values that can be sent to other machines."""
    import pickle

    part = Part(name="a.jsonl", unit=Unit.LINES, begin=3, end=9)
    assert pickle.loads(pickle.dumps(part)) == part
    assert len(pickle.dumps(part)) < 300
