"""Inputs of every kind are read row by row; what is wrong with one is said and costs no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documents_samples import read_all, write
from hypothesis import given
from hypothesis import strategies as st

from resolver import Document
from resolver.documents import Columns, as_document, read
from resolver.documents.decode import decode
from resolver.errors import ColumnError, LossyInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.documents import Row


def test_a_text_file_is_one_document_with_the_date_in_front_of_it(tmp_path: Path) -> None:
    """A crawler's date line is the document's date, and stays in the text so that spans point into the file."""
    path = write(tmp_path, "a.txt", " date 2020-08 The harbour reopens\n")
    rows, errors = read_all(path)
    assert not errors
    assert rows[0].document == Document(
        id=str(path), text=" date 2020-08 The harbour reopens\n", date="2020-08"
    )
    assert rows[0].fields == {
        "id": str(path),
        "date": "2020-08",
        "text": " date 2020-08 The harbour reopens\n",
    }


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", "plain words", "html"),
        ("a.txt", "<p>an example of markup</p>", "text"),
        ("article", "<!doctype html><title>x</title>", "html"),
        ("article", "a < b and words", "text"),
    ],
)
def test_a_suffix_decides_what_a_file_is_and_its_content_where_there_is_none(
    tmp_path: Path, name: str, content: str, kind: str
) -> None:
    """A file called .txt is text whatever it holds; a file without a suffix is looked at."""
    rows, _ = read_all(write(tmp_path, name, content))
    assert getattr(rows[0].document, kind) == content


def test_a_folder_is_read_in_the_order_of_names_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    """The order is the same on every machine."""
    for name in ("b.txt", "a.html", "sub/c.md", ".hidden.txt", ".git/x.txt", "picture.png"):
        write(tmp_path, name, "words")
    rows, errors = read_all(tmp_path)
    assert not errors
    assert [Path(row.document.id).relative_to(tmp_path).as_posix() for row in rows] == [
        "a.html",
        "b.txt",
        "sub/c.md",
    ]


def test_rows_of_json_lines_get_their_fields_by_the_usual_names(tmp_path: Path) -> None:
    """Names are compared without case; a row without an id is called after its line."""
    lines = [{"Body": "one", "guid": 7, "link": "https://a.example/1"}, {"Body": "two", "date": "2020-08-15"}]
    path = write(tmp_path, "a.jsonl", "\n".join(json.dumps(line) for line in lines) + "\n")
    rows, errors = read_all(path)
    assert not errors
    assert rows[0].document == Document(id="7", text="one", url="https://a.example/1")
    assert (rows[1].document.id, rows[1].fields) == (f"{path}#2", lines[1])


def test_a_row_may_have_text_and_html(tmp_path: Path) -> None:
    """Both are kept, since each can hold what the other has lost."""
    path = write(tmp_path, "a.jsonl", json.dumps({"text": "words", "html": "<p>words</p>"}))
    rows, _ = read_all(path)
    assert (rows[0].document.text, rows[0].document.html) == ("words", "<p>words</p>")


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """One line of a table that cannot be read costs that line; a row without its column is still a row."""
    lines = ['{"text": "one"}', "{broken", "[1]", '{"no": "text"}', "", '{"text": "five"}']
    path = write(tmp_path, "a.jsonl", "\n".join(lines))
    rows, errors = read_all(path)
    assert [row.document.text for row in rows] == ["one", "", "five"]
    assert [error.subject for error in errors] == [f"{path}, line {number}" for number in (2, 3, 4)]


def test_a_deeply_nested_line_is_a_broken_line(tmp_path: Path) -> None:
    """Nesting that no parser should follow is not a crash."""
    path = write(tmp_path, "a.jsonl", '{"text": "one"}\n' + '{"a":' * 100_000 + "\n")
    rows, errors = read_all(path)
    assert (len(rows), len(errors)) == (1, 1)


def test_csv_is_read_with_line_breaks_in_its_fields(tmp_path: Path) -> None:
    """Ids are counted in rows, as the fields may hold lines of their own."""
    path = write(tmp_path, "a.csv", 'title,content\nA,"one\n\ntwo"\nB,three\n')
    rows, errors = read_all(path)
    assert not errors
    assert [(row.document.id, row.document.text) for row in rows] == [
        (f"{path}#1", "one\n\ntwo"),
        (f"{path}#2", "three"),
    ]


def test_csv_rows_with_too_many_fields_or_bad_bytes_are_read_and_said(tmp_path: Path) -> None:
    """What was lost of a row is said once for the row."""
    path = write(tmp_path, "a.csv", b"text,id\none,1,extra\n\x81\x9d,2\n")
    rows, errors = read_all(path)
    assert [row.document.text for row in rows] == ["one", "\ufffd\ufffd"]
    assert [type(error) for error in errors] == [LossyInputError, LossyInputError]
    assert "2 characters" in str(errors[1])


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (Columns(text="body"), "has no column 'body'; it has: title, words"),
        (Columns(), "no column is called as those with articles are; it has: title, words; say --text-col"),
    ],
)
def test_a_wrong_column_says_which_there_are(tmp_path: Path, columns: Columns, problem: str) -> None:
    """The message holds what is needed to type the right one."""
    path = write(tmp_path, "a.csv", "title,words\nA,one\n")
    rows, errors = read_all(path, columns=columns)
    assert not rows
    assert [(type(error), str(error)) for error in errors] == [(ColumnError, f"{path}: {problem}")]


def test_named_columns_are_used_as_named(tmp_path: Path) -> None:
    """A caller's word goes before any guess."""
    path = write(tmp_path, "a.csv", "text,story,key,when,at\nno,yes,k1,2020-01-02,https://a.example\n")
    rows, _ = read_all(path, columns=Columns(text="story", id="key", date="when", url="at"))
    assert rows[0].document == Document(id="k1", text="yes", date="2020-01-02", url="https://a.example")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.txt", b"", "is empty"),
        ("empty.jsonl", b"", "is empty"),
        ("empty.csv", b"", "is empty"),
        ("image.txt", b"\x89PNG\r\n\0\0\0", "is not text"),
    ],
)
def test_what_is_no_article_is_said_in_one_line(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    """Each bad file gets one clear line."""
    rows, errors = read_all(write(tmp_path, name, content))
    assert not rows
    assert [error.problem for error in errors] == [problem]


def test_missing_files_and_empty_folders_are_said_and_the_rest_is_read(tmp_path: Path) -> None:
    """The inputs after a bad one are read as if it had not been there."""
    (tmp_path / "folder").mkdir()
    good = write(tmp_path, "good.txt", "words")
    rows, errors = read_all(tmp_path / "missing.txt", tmp_path / "folder", good)
    assert [row.document.id for row in rows] == [str(good)]
    assert ["no such file" in str(errors[0]), "no file in this folder" in str(errors[1])] == [True, True]


@pytest.mark.parametrize(
    ("data", "field", "value"),
    [
        (b"words", "text", "words"),
        (b"<p>words</p>", "html", "<p>words</p>"),
        (b'{"text": "words"}', "text", "words"),
    ],
)
def test_standard_input_is_what_it_looks_like(data: bytes, field: str, value: str) -> None:
    """Text, HTML and JSON Lines can all be piped in."""
    rows, errors = read_all("-", standard_input=data)
    assert not errors
    assert getattr(rows[0].document, field) == value


@pytest.mark.parametrize(
    ("data", "text", "replaced"),
    [
        ("café".encode(), "café", 0),
        ("\ufeffcafé".encode(), "café", 0),
        ("café".encode("utf-16"), "café", 0),
        (b'<meta charset="iso-8859-1">caf\xe9 \x80', '<meta charset="iso-8859-1">café €', 0),
        (b'<meta charset="utf-7">caf+AOk-', '<meta charset="utf-7">caf+AOk-', 0),
        (b'<meta charset="rot13">abc', '<meta charset="rot13">abc', 0),
        (b'<meta charset="idna">abc', '<meta charset="idna">abc', 0),
        (b'<meta charset="none such">caf\xe9', '<meta charset="none such">café', 0),
        (b'<meta charset="Shift_JIS">\x83n\x81[\x83o\x81[', '<meta charset="Shift_JIS">ハーバー', 0),
        (b"caf\xe9", "café", 0),
        ("наша гавань".encode("cp1251"), "\ufffd" * 4 + " " + "\ufffd" * 6, 10),
        ("déjà vu, déjà".encode()[:-1], "déjà vu, déj\ufffd", 1),
    ],
)
def test_bytes_become_text_by_what_they_declare(data: bytes, text: str, replaced: int) -> None:
    """Marks go before declarations, those mean what they do on the web, and without one Western text is told."""
    assert (decode(data).text, decode(data).replaced) == (text, replaced)


@given(st.binary(max_size=300))
def test_any_bytes_make_a_document(data: bytes) -> None:
    """Nothing that bytes hold is an error for the library."""
    document = as_document(data)
    assert (document.text is None) != (document.html is None)
    assert len(document.sha256) == 64


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path) -> None:
    """A row is read when it is asked for: the first of a table is there before the rest is."""
    path = write(tmp_path, "a.jsonl", '{"text": "one"}\n' * 3)
    rows = read([str(path)], report=pytest.fail)
    assert next(rows).document.text == "one"
    with path.open("ab") as more:
        more.write(b'{"text": "added"}\n' * 2)
    assert [row.document.text for row in rows][-1] == "added"


def identified(rows: Sequence[Row]) -> list[str]:
    return [row.document.id for row in rows]


def test_the_same_input_gives_the_same_ids_again(tmp_path: Path) -> None:
    """Ids do not depend on what else is read, so that a run can be continued."""
    path = write(tmp_path, "a.jsonl", '{"text": "one"}\n{"text": "two"}\n')
    alone, _ = read_all(path)
    after, _ = read_all(write(tmp_path, "b.txt", "words"), path)
    assert identified(alone) == identified(after)[1:]
