"""Every format is told by its suffix or its first bytes, read through every compression, by one name or a pattern."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

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
    wordpress,
    write,
)

from resolver.documents import Columns, named, read
from resolver.documents.formats import FORMATS, format_of, suffix_of
from resolver.documents.presets import PRESETS
from resolver.documents.published import published
from resolver.errors import ColumnError

ROOT = Path(__file__).parent.parent

#: A name and content of every format that is read through a stream.
STREAMED = {
    "a.txt": lambda: "\n".join(STORIES).encode(),
    "a.html": lambda: "<p>".join(STORIES).encode(),
    "a.jsonl": json_lines,
    "a.json": json_array,
    "a.csv": separated,
    "a.warc.wet": wet,
    "a.xml": wordpress,
}


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("name", STREAMED)
def test_every_format_is_read_through_every_compression(tmp_path: Path, name: str, suffix: str) -> None:
    """What comes out does not depend on how the file is packed."""
    content = STREAMED[name]()
    rows, errors = read_all(write(tmp_path, name + suffix, COMPRESS[suffix](content)))
    plain, _ = read_all(write(tmp_path, name, content))
    assert not errors
    assert texts(rows) == texts(plain)
    assert "".join(texts(rows)).count("Vlissingen") == len(STORIES)


@pytest.mark.parametrize("suffix", COMPRESS)
@pytest.mark.parametrize("name", [name for name in STREAMED if name != "a.csv"])
def test_a_file_without_a_suffix_is_told_by_its_first_bytes(tmp_path: Path, name: str, suffix: str) -> None:
    """Standard input and files with names of their own are read like all others, but for CSV, which looks like text."""
    content = STREAMED[name]()
    rows, _ = read_all(write(tmp_path, "download", COMPRESS[suffix](content)))
    plain, _ = read_all(write(tmp_path, name, content))
    assert texts(rows) == texts(plain)
    piped, _ = read_all("-", standard_input=COMPRESS[suffix](content))
    assert texts(piped) == texts(plain)


def test_members_of_one_file_follow_one_another(tmp_path: Path) -> None:
    """Compressed files may be joined, with zeros between them, as tapes and object stores do."""
    for suffix, compress in COMPRESS.items():
        if not suffix:
            continue
        packed = compress(json_lines(STORIES[:3])) + b"\0" * 512 + compress(json_lines(STORIES[3:]))
        rows, errors = read_all(write(tmp_path, f"a.jsonl{suffix}", packed))
        assert (texts(rows), errors) == (list(STORIES), [])


def test_a_file_that_is_not_compressed_as_its_suffix_says_is_read(tmp_path: Path) -> None:
    """Servers undo the compression of files that they send."""
    rows, errors = read_all(write(tmp_path, "a.jsonl.gz", json_lines()))
    assert (len(rows), errors) == (len(STORIES), [])


@pytest.mark.parametrize("name", ["parquet", "feed"])
def test_what_an_extra_reads_is_told_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    """The formats of the extras are recognised like those of the default install."""
    pytest.importorskip(
        {"parquet": "pyarrow", "feed": "feedparser"}[name], reason="the extra is not installed"
    )
    content = {"parquet": parquet, "feed": feed}[name]()
    rows, errors = read_all(write(tmp_path, "download", content))
    assert (texts(rows), errors) == (list(STORIES), [])


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("news.json.gz", b'{"text": "a"}\n{"text": "b"}', "JSON Lines"),
        ("news.json", b'[\n  {"text": "a"}]', "JSON"),
        ("news.json", b'{\n  "text": "a"\n}', "JSON"),
        ("news.json", b'{"id": 1,\n "text": "a"}', "JSON"),
        ("feed.xml", b'<?xml version="1.0"?>\n<rss version="2.0">', "a feed"),
        ("feed.xml", b'<feed xmlns="http://www.w3.org/2005/Atom">', "a feed"),
        (
            "blog.xml",
            b'<rss version="2.0"\n xmlns:wp="http://wordpress.org/export/1.1/">',
            "a WordPress export",
        ),
        ("page.xml", b'<?xml version="1.0"?><!doctype html>', "text or HTML"),
        ("CC-MAIN-20200804.warc.wet.gz", b"", "WARC"),
        ("NEWS.CSV.BZ2", b"", "CSV"),
        ("notes.v2", b"{ not what it looks like", "JSON Lines"),
        ("download", b"WARC/1.1\r\n", "WARC"),
        ("download", b"PAR1\x15\x04", "Parquet"),
        ("news.csv", b"PAR1\x15\x04", "Parquet"),
        ("news.txt", b"PAR1 is a kind of lamp.", "text"),
        ("news.jsonl", b'[{"text": "one"},', "JSON"),
        ("news.jsonl", b"{damaged", "JSON Lines"),
        ("news.ndjson", b"nothing that is known", "JSON Lines"),
    ],
)
def test_formats_are_told_apart(name: str, start: bytes, expected: str) -> None:
    """A suffix that only one format has decides; the first bytes decide where it leaves something open."""
    assert format_of(suffix_of(name), start).name == expected


def test_every_reader_of_the_table_is_there() -> None:
    """Readers are loaded by name, so that a scan of one text does not load them all."""
    for known in FORMATS:
        if known.needs is None:
            assert callable(known.load("a"))


def test_a_missing_library_is_named_with_the_extra_that_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user is told what to install."""
    monkeypatch.setattr("resolver.documents.formats.find_spec", lambda _name: None)
    _, errors = read_all(write(tmp_path, "a.parquet", b"PAR1"), write(tmp_path, "a.rss", b"<rss>"))
    assert [str(error).partition(": ")[2] for error in errors] == [
        "is Parquet, which needs pyarrow; install embed-resolver[corpus]",
        "is a feed, which needs feedparser; install embed-resolver[feeds]",
    ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.warc.wet"])
def test_gzip_is_read_without_the_faster_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The default install reads the same, cut off or damaged files included."""
    monkeypatch.setitem(sys.modules, "isal", None)
    content = STREAMED[name]()
    packed = COMPRESS[".gz"](content)
    rows, errors = read_all(write(tmp_path, f"{name}.gz", packed * 2))
    assert (texts(rows), errors) == (list(STORIES) * 2, [])
    rows, errors = read_all(write(tmp_path, f"{name}.gz", packed[:-20] + packed))
    assert texts(rows)[-len(STORIES) :] == list(STORIES)
    assert "byte 0: is damaged" in str(errors[0])


def test_a_compression_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user is told what to install."""
    for module in ("compression.zstd", "backports.zstd", "backports", "compression"):
        monkeypatch.setitem(sys.modules, module, None)
    _, errors = read_all(write(tmp_path, "a.jsonl.zst", b"\x28\xb5\x2f\xfd"))
    assert [str(error).partition(": ")[2] for error in errors] == [
        "is compressed with zstd, which needs another library; install embed-resolver[corpus]"
    ]


def test_a_pattern_stands_for_the_files_that_match_it(tmp_path: Path) -> None:
    """Patterns that no shell has put in place of files are, in the order of names; a file of that name goes before."""
    for name in ("b.jsonl", "a.jsonl", "c.csv", "sub/d.jsonl"):
        write(tmp_path, name, json_lines([name]))
    assert texts(read_all(tmp_path / "*.jsonl")[0]) == ["a.jsonl", "b.jsonl"]
    assert texts(read_all(tmp_path / "**" / "*.jsonl")[0]) == ["a.jsonl", "b.jsonl", "sub/d.jsonl"]
    write(tmp_path, "[1].jsonl", json_lines(["bracketed"]))
    assert texts(read_all(tmp_path / "[1].jsonl")[0]) == ["bracketed"]
    _, errors = read_all(tmp_path / "*.warc")
    assert [error.problem for error in errors] == ["no file is called so, and none matches it as a pattern"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_header_says_what_separates_the_fields(tmp_path: Path, separator: str) -> None:
    """Spreadsheets of many countries write semicolons."""
    content = f'title{separator}text\nA{separator}"one, two; three"\n'
    rows, _ = read_all(write(tmp_path, "a.csv", content))
    assert texts(rows) == ["one, two; three"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.txt", "a.html"])
def test_byte_order_marks_are_obeyed_in_every_format(tmp_path: Path, name: str, encoding: str) -> None:
    """Windows writes UTF-16 where its shell redirects output."""
    content = STREAMED[name]().decode().replace("Vlissingen", "Zürich")
    rows, errors = read_all(write(tmp_path, name, content.encode(encoding)))
    assert not errors
    assert "".join(texts(rows)).count("Zürich") == len(STORIES)
    assert not any("\ufeff" in text for text in texts(rows))


def test_rows_in_a_western_encoding_are_read_and_others_counted(tmp_path: Path) -> None:
    """A table is put together from many sources; a row that cannot be read does not change the others."""
    lines = ["café".encode(), "café".encode("cp1252"), "гавань".encode("cp1251")]
    path = write(tmp_path, "a.jsonl", b"".join(b'{"text": "' + line + b'"}\n' for line in lines))
    rows, errors = read_all(path)
    assert texts(rows) == ["café", "café", "\ufffd" * 6]
    assert [str(error).partition(": ")[2] for error in errors] == [
        "6 characters could not be read in utf-8; they stand as U+FFFD"
    ]


def test_markup_inside_a_json_line_does_not_say_how_the_line_is_encoded(tmp_path: Path) -> None:
    """The page in a field declares what it was served in; the table is UTF-8."""
    page = '<meta charset="iso-8859-1"><p>café'
    rows, errors = read_all(write(tmp_path, "a.jsonl", json.dumps({"html": page}, ensure_ascii=False)))
    assert (texts(rows), errors) == ([page], [])


def test_rows_of_different_forms_are_read_by_their_own_columns(tmp_path: Path) -> None:
    """A column that the first row does not have is found where it is there."""
    lines = [{"text": "one"}, {"text": "two", "date": "2020-08-15"}, {"body": "three"}, {"none": 4}]
    rows, errors = read_all(write(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines))))
    assert [(row.document.source, row.document.date) for row in rows] == [
        ("one", None),
        ("two", "2020-08-15"),
        ("three", None),
        ("", None),
    ]
    assert [error.problem for error in errors] == ["has no text in column 'text'"]


def test_one_object_in_a_file_is_one_row(tmp_path: Path) -> None:
    """Extractors write one file per article."""
    article = {"maintext": "words", "url": "https://a.example", "date_publish": "2017-07-17 17:03:00"}
    rows, _ = read_all(write(tmp_path, "a.json", json.dumps({**article, "source_domain": "a"}, indent=1)))
    assert (rows[0].document.id, rows[0].document.date) == (f"{tmp_path / 'a.json'}#1", "2017-07-17T17:03:00")


#: A row of each data set, in its own form, and what its document is: id (``#`` for a number), url, date, text.
KNOWN = {
    "oscar": (
        {
            "id": 5,
            "text": "T",
            "meta": {
                "warc_headers": {"warc-target-uri": "https://a.example", "warc-date": "2021-12-01T00:01:02Z"}
            },
        },
        ("5", "https://a.example", "2021-12-01T00:01:02Z", "T"),
    ),
    "oscar-jsonl": (
        {
            "content": "T",
            "warc_headers": {"warc-target-uri": "https://a.example", "warc-date": "2022-11-26T21:43:57Z"},
            "metadata": {"identification": {"label": "nl", "prob": 0.9}},
        },
        ("#", "https://a.example", "2022-11-26T21:43:57Z", "T"),
    ),
    "fineweb": (
        {
            "text": "T",
            "id": "<urn:uuid:1>",
            "dump": "CC-MAIN-2013-20",
            "url": "https://a.example",
            "date": "2013-05-18T05:48:59Z",
            "file_path": "s3://commoncrawl/1.warc.gz",
            "language": "en",
            "token_count": 1,
        },
        ("<urn:uuid:1>", "https://a.example", "2013-05-18T05:48:59Z", "T"),
    ),
    "hplt": (
        {
            "f": "a.warc.gz",
            "o": 7,
            "u": "https://a.example",
            "ts": "2020-08-15T10:00:00Z",
            "text": "T",
            "id": "h1",
        },
        ("h1", "https://a.example", "2020-08-15T10:00:00Z", "T"),
    ),
    "trafilatura": (
        {
            "title": "t",
            "date": "2020-08-15",
            "fingerprint": "f",
            "id": None,
            "raw_text": "other",
            "text": "T",
            "source": "https://a.example",
            "source-hostname": "A",
        },
        ("#", "https://a.example", "2020-08-15", "T"),
    ),
    "news-please": (
        {
            "date_download": "2020-09-01 00:00:00",
            "date_publish": "2020-08-15 10:00:00",
            "maintext": "T",
            "source_domain": "a.example",
            "url": "https://a.example",
        },
        ("#", "https://a.example", "2020-08-15T10:00:00", "T"),
    ),
    "c4": (
        {"text": "T", "timestamp": "2019-04-25T12:57:54Z", "url": "https://a.example"},
        ("#", "https://a.example", "2019-04-25T12:57:54Z", "T"),
    ),
    "isot": (
        {"title": "t", "text": "T", "subject": "politics", "date": "December 31, 2017 "},
        ("#", None, "2017-12-31", "T"),
    ),
}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_known_data_sets_are_read_by_their_columns(tmp_path: Path, preset: object) -> None:
    """Each data set is told by its columns, and read in the same way by its name."""
    name = getattr(preset, "name", "")
    row, (id_, url, date, text) = KNOWN[name]
    path = write(tmp_path, "a.jsonl", json.dumps(row))
    for columns in (None, named(name)):
        ((found,), errors) = read_all(path, columns=columns)
        document = found.document
        assert not errors
        assert (document.id, document.url, document.date, document.text) == (
            id_.replace("#", f"{path}#1"),
            url,
            date,
            text,
        )
        assert found.fields == row


@pytest.mark.parametrize("name", ["mC4", "CulturaX", "Kaggle", "OSCAR-2301"])
def test_data_sets_of_a_known_form_are_known_by_their_own_names(name: str) -> None:
    """As people call them."""
    assert named(name).text is not None


def test_a_name_that_no_data_set_has_says_which_there_are() -> None:
    """The message holds what can be typed instead."""
    with pytest.raises(ColumnError, match=r"pile: is not a data set that is known; known are oscar, .*isot"):
        named("pile")


def test_nested_columns_are_named_with_a_dot(tmp_path: Path) -> None:
    """A column inside of another can be named like any other, and is among those that a message lists."""
    path = write(tmp_path, "a.jsonl", json.dumps({"doc": {"story": "words", "at": "https://a.example"}}))
    rows, _ = read_all(path, columns=Columns(text="doc.story", url="doc.at"))
    assert (rows[0].document.text, rows[0].document.url) == ("words", "https://a.example")
    _, errors = read_all(path)
    assert "it has: doc, doc.story, doc.at; say --text-col" in str(errors[0])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020", "2020"),
        ("2020-08", "2020-08"),
        ("2020-08-15T10:00:00+02:00", "2020-08-15T08:00:00Z"),
        ("2020-08-15 10:00:00 UTC", "2020-08-15T10:00:00Z"),
        ("2020-08-15T10:00:00.5Z", "2020-08-15T10:00:00.500000Z"),
        ("20200815100000", "2020-08-15T10:00:00Z"),
        ("20200815", "2020-08-15"),
        (1597485600, "2020-08-15T10:00:00Z"),
        (1597485600000, "2020-08-15T10:00:00Z"),
        ("Sat, 15 Aug 2020 10:00:00 GMT", "2020-08-15T10:00:00Z"),
        ("15 août 2020", "2020-08-15"),
        ("14-Feb-18", "2018-02-14"),
        ("14-Foo-18", None),
        ("2020-13", None),
        ("2020-02-30", None),
        ("0000-00-00 00:00:00", None),
        ("99999999999999", None),
        ("03/04/2020", None),
        ("", None),
        (True, None),
        ("x" * 10_000, None),
    ],
)
def test_dates_of_publication_become_iso_8601_or_nothing(value: object, expected: str | None) -> None:
    """What a table calls a date is one, or unknown: never a guess which of two numbers is the month."""
    assert published(value) == expected


def test_files_in_other_stores_are_read_where_the_user_names_them(tmp_path: Path) -> None:
    """Addresses and patterns of addresses are read by fsspec, ids are the addresses."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
    store = fsspec.filesystem("memory")
    for name in ("b.jsonl", "a.jsonl"):
        store.pipe(f"/corpus/{name}", json_lines([name]))
    rows, errors = read_all("memory://corpus/*.jsonl")
    assert not errors
    assert [(row.document.id, row.document.text) for row in rows] == [
        ("memory:///corpus/a.jsonl#1", "a.jsonl"),
        ("memory:///corpus/b.jsonl#1", "b.jsonl"),
    ]
    _, errors = read_all("memory://corpus/c.jsonl", "nostore://a/b.txt", "memory://none/*.txt")
    assert ["cannot be opened" in str(error) for error in errors] == [True, True, False]


def test_a_file_within_an_archive_in_a_store_is_read(tmp_path: Path) -> None:
    """Its store stays open as long as the file is read."""
    pytest.importorskip("fsspec")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "text\none\n")
    rows, errors = read_all(f"zip://a.csv::{tmp_path / 'a.zip'}")
    assert (texts(rows), errors) == (["one"], [])


def test_a_folder_in_a_store_says_how_to_give_its_files(tmp_path: Path) -> None:
    """As a pattern: to list a store may take long."""
    pytest.importorskip("fsspec")
    _, (error,) = read_all(tmp_path.as_uri())
    assert (
        str(error)
        == f"{tmp_path.as_uri()}: is a folder; give a pattern for its files, such as ADDRESS/*.jsonl"
    )


def test_parquet_is_read_from_other_stores() -> None:
    """A format that is read from here to there works over an address that can be sought in."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
    fsspec.filesystem("memory").pipe("/parquet/a.parquet", parquet())
    rows, errors = read_all("memory://parquet/a.parquet")
    assert (texts(rows), errors) == (list(STORIES), [])


def test_reading_one_text_loads_no_reader_of_another_format(tmp_path: Path) -> None:
    """The start-up of a scan does not pay for what it does not read."""
    write(tmp_path, "a.txt", "words")
    program = (
        "import sys\n"
        "from resolver.documents import read\n"
        f"assert [row for row in read([{str(tmp_path / 'a.txt')!r}], report=print)]\n"
        "unwanted = ['csv', 'json', 'gzip', 'lzma', 'bz2', 'pyarrow', 'fastwarc', 'feedparser', 'fsspec', 'isal',\n"
        "    'lxml', 'email', 'backports.zstd', 'resolver.dates']\n"
        "print(sorted(set(unwanted) & set(sys.modules)), sorted(name for name in sys.modules if 'readers.' in name))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[] ['resolver.documents.readers.page']"


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"id,body\n1,words\n", "CSV"),
        (b"\xef\xbb\xbftitle;Text;date\r\n", "CSV"),
        (b'"url"\t"content"\n', "CSV"),
        (b"body\nwords\n", "text or HTML"),
        (b"Dear body, text and all,\nwords\n", "text or HTML"),
        (b"Snow, rain\nwords, text\n", "text or HTML"),
    ],
)
def test_a_table_without_a_suffix_is_told_by_its_header(start: bytes, name: str) -> None:
    """A line of short names, one of which is usual for articles, is a header; prose is not."""
    assert format_of("", start).name == name


def test_an_output_among_the_inputs_is_passed_over(tmp_path: Path) -> None:
    """What an earlier run wrote into the folder that it read is not read by the next one."""
    write(tmp_path, "a.txt", "words")
    output = write(tmp_path, "out.jsonl", '{"text": "words"}')
    read_rows = read([str(tmp_path)], report=lambda error: pytest.fail(str(error)), output=str(output))
    assert [row.document.text for row in read_rows] == ["words"]
    itself = read([str(output)], report=lambda error: pytest.fail(str(error)), output=str(output))
    assert len(list(itself)) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_a_pattern_matches_and_cannot_be_read_does_not_end_it(tmp_path: Path) -> None:
    """A folder without files to read among the matches is named, a pipe is passed over, the rest is read."""
    for name in ("a.txt", "c.txt", "d/e.txt"):
        write(tmp_path, name, name)
    (tmp_path / "b").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "b.txt")
    rows, (error,) = read_all(tmp_path / "*")
    assert (texts(rows), error.subject) == (["a.txt", "c.txt", "d/e.txt"], str(tmp_path / "b"))


def test_a_folder_that_links_to_one_around_it_is_read_once(tmp_path: Path) -> None:
    """Not once for each way to it."""
    write(tmp_path, "a/b.txt", "one")
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    rows, errors = read_all(tmp_path / "**")
    assert (texts(rows), errors) == (["one"], [])


def test_a_column_of_objects_is_no_text(tmp_path: Path) -> None:
    """The row is named, and what to say."""
    lines = [
        {"text": {"body": "one"}},
        {"text": [{"body": "two"}]},
        {"text": ["three", None]},
        {"text": None},
    ]
    path = write(tmp_path, "a.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    rows, errors = read_all(path)
    assert texts(rows) == ["", "", "three", ""]
    assert [error.subject for error in errors] == [f"{path}, line 1", f"{path}, line 2"]
    assert "has no text in column 'text', but objects; say with --text-col" in str(errors[0])


def test_a_named_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("text")
    found = read([str(tmp_path)], report=lambda error: pytest.fail(str(error)))
    assert [row.document.text for row in found] == ["text"]
