"""CSV is cut into records by bytes: as the standard library reads it, and asked of before it is decoded."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from documents_samples import read_all, texts, write
from hypothesis import example, given
from hypothesis import strategies as st

from resolver.documents import read
from resolver.documents.separated_records import LongRecordError, SeparatedRecords, UnendedRecordError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from resolver.errors import InputError


class InPieces(io.RawIOBase):
    """A stream that gives so many bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._stream = io.BytesIO(data)
        self._size = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self._stream.readinto(memoryview(buffer)[: self._size])


def cut(
    data: bytes, *, size: int = 1 << 20, field: int = 1, fields: int = 2
) -> Iterator[tuple[bytes, bytes | None]]:
    stream = io.BufferedReader(InPieces(data, size), size)
    return SeparatedRecords(stream).values(b",", field=field, fields=fields)


def by_csv(data: bytes) -> tuple[list[list[str]], bool]:
    """The rows of a table by the standard library, and whether it ended within quotation marks."""
    asked_for_more = False
    text = data.decode("utf-8", "surrogateescape")

    def lines() -> Iterator[str]:
        nonlocal asked_for_more
        yield from io.StringIO(text.removeprefix("\ufeff"), newline="")
        asked_for_more = True

    rows = []
    for row in csv.reader(lines()):
        if asked_for_more:
            return [row for row in rows if row], True
        rows.append(row)
    return [row for row in rows if row], False


PIECES = st.sampled_from(['"', '"', '""', ",", "\n", "\r\n", "\r", "a", " ", "\0", "é", '"b"', ',"', '",'])


@given(pieces=st.lists(PIECES | st.binary(max_size=3), max_size=30), size=st.integers(1, 40))
@example(pieces=['a"', ",", '"b"c"', "\r"], size=1)
@example(pieces=["\ufeff", '"a', '""', '"', "\r", "\n", '"b'], size=2)
def test_any_bytes_are_cut_where_the_standard_library_ends_a_row(
    pieces: list[str | bytes], size: int
) -> None:
    """With the same values, however little is read at once; and a field that does not end is told."""
    data = b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
    rows, unended = by_csv(data)
    found = []
    try:
        for record, value in cut(data, size=size):
            (row,) = csv.reader([record.decode("utf-8", "surrogateescape")])
            assert value == (row[1].encode("utf-8", "surrogateescape") if len(row) == 2 else None)
            found.append(row)
    except UnendedRecordError:
        assert unended
    else:
        assert not unended
    assert found == rows


def test_a_record_of_any_length_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to a limit: a quotation mark that nobody closes would else take the rest of the file into memory."""
    long = b'1,"' + b"words, \n" * 200_000 + b'"\n'
    assert [len(record) for record, _ in cut(long * 2)] == [len(long)] * 2
    monkeypatch.setattr("resolver.documents.separated_records.LARGEST_DOCUMENT", 1_000_000)
    with pytest.raises(LongRecordError):
        list(cut(b"2,two\n" + long[:-2]))


def test_a_row_that_is_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands before it is read."""
    monkeypatch.setattr("resolver.documents.separated_records.LARGEST_DOCUMENT", 1000)
    path = write(tmp_path, "a.csv", 'text\none\n"' + "x" * 1_000_000)
    rows, errors = read_all(path)
    assert texts(rows) == ["one"]
    assert [error.subject for error in errors] == [f"{path}, row 2"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("text,id\n\n\r\none,1\n", ["one"]),
        (",text\n0,one\n1,two\n", ["one", "two"]),
        ("text,id,text\nfirst,1,last\n", ["last"]),
        ("\ufeff\"text\"\n'one'\n", ["'one'"]),
        ('id,text\n1,"one"" 5""\n2"\n', ['one" 5"\n2']),
        ('id,text\n1,5" disk\n2,"a" b"\n', ['5" disk', 'a b"']),
    ],
    ids=[
        "empty lines",
        "a column without a name",
        "two of one name",
        "a byte order mark",
        "doubled",
        "loose marks",
    ],
)
def test_tables_of_every_kind_are_read(tmp_path: Path, table: str, expected: list[str]) -> None:
    """As spreadsheets, data frames and people write them."""
    rows, errors = read_all(write(tmp_path, "a.csv", table))
    assert (texts(rows), errors) == (expected, [])


@pytest.mark.parametrize(
    ("table", "expected"),
    [("id,text\n1\n2,two", ["", "two"]), ("text,id,text\nfirst\n1,2,last\n", ["", "last"])],
    ids=["too few fields", "too few for the last of one name"],
)
def test_a_row_without_the_field_of_its_text_is_named(
    tmp_path: Path, table: str, expected: list[str]
) -> None:
    """It may be that a line break was lost, or a quotation mark."""
    path = write(tmp_path, "a.csv", table)
    rows, errors = read_all(path)
    assert (texts(rows), [error.subject for error in errors]) == (expected, [f"{path}, row 1"])


def test_a_row_may_lack_what_stands_behind_its_text(tmp_path: Path) -> None:
    """Spreadsheets leave out the empty fields at the end."""
    rows, errors = read_all(write(tmp_path, "a.csv", "text,note\none\n"))
    assert ([row.fields for row in rows], errors) == ([{"text": "one", "note": None}], [])


def test_fields_that_the_header_does_not_name_are_left_out_and_said(tmp_path: Path) -> None:
    """They have no name to be written out by."""
    path = write(tmp_path, "a.csv", "id,text\n1,one,more\n")
    rows, errors = read_all(path)
    assert [row.fields for row in rows] == [{"id": "1", "text": "one"}]
    assert [error.subject for error in errors] == [f"{path}, row 1"]


class Asked:
    """A screen that notes what it is asked, and wants what holds a word."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []
        self.pages: list[bytes] = []

    def text(self, data: bytes | memoryview) -> bool:
        self.texts.append(bytes(data))
        return b"wanted" in self.texts[-1]

    def page(self, data: bytes | memoryview) -> bool:
        self.pages.append(bytes(data))
        return b"wanted" in self.pages[-1]

    def line(self, data: bytes | memoryview, *, html: bool) -> bool:
        raise AssertionError(data, html)


def test_the_screen_is_asked_of_the_field_as_its_document_has_it(tmp_path: Path) -> None:
    """Without its quotation marks, those doubled within it single; rows keep their numbers, and odd rows are read."""
    path = write(
        tmp_path, "a.csv", 'x,text\n\n1,"a ""b"", c\n"\n2,wanted\n3\n4,wanted,too\n5,\xff\n'.encode("latin-1")
    )
    errors: list[InputError] = []
    screen = Asked()
    rows = list(read([str(path)], report=errors.append, screen=screen))
    assert screen.texts == [b'a "b", c\n', b"wanted", b"\xff"]
    assert [(row.document.id, row.document.text) for row in rows] == [
        (f"{path}#2", "wanted"),
        (f"{path}#3", ""),
        (f"{path}#4", "wanted"),
    ]


def test_a_table_of_pages_is_asked_of_as_pages(tmp_path: Path) -> None:
    """And one with texts and pages is read: a document is both."""
    screen = Asked()
    pages = write(tmp_path, "pages.csv", "id,html\n1,<p>\n")
    both = write(tmp_path, "both.csv", "text,html\na,<p>\n")
    assert len(list(read([str(pages), str(both)], report=lambda _: None, screen=screen))) == 1
    assert (screen.texts, screen.pages) == ([], [b"<p>"])
