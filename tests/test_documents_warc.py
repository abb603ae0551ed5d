"""Pages and texts out of web archives, as archives are written by those who keep them."""

from __future__ import annotations

import gzip
import struct
from typing import TYPE_CHECKING

import pytest
from documents_samples import (
    COMPRESS,
    STORIES,
    deflate,
    page,
    read_all,
    record,
    texts,
    wet_gz,
    wet_records,
    write,
    zstd,
)
from hypothesis import example, given
from hypothesis import strategies as st

from resolver.documents.head import Field, Head
from resolver.documents.http_message import parse_http
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HTML = "HTTP/1.1 200 OK\r\nContent-Type: text/html"


def test_pages_that_servers_sent_are_read_and_nothing_else(tmp_path: Path) -> None:
    """Redirects, errors, requests, pictures and the archive's own records are no articles."""
    records = [
        record(1, "warcinfo", "application/warc-fields", b"software: tests\r\n"),
        record(2, "request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        page(3, "moved", status="HTTP/1.1 301 Moved Permanently\r\nContent-Type: text/html\r\nLocation: /a"),
        page(4, "an article", status="HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"),
        page(5, "nothing here", status="HTTP/1.1 404 Not Found\r\nContent-Type: text/html"),
        page(6, "a picture", status="HTTP/1.1 200 OK\r\nContent-Type: image/png"),
        page(7, "plain", status="HTTP/2 200\r\nContent-Type: Text/Plain"),
        page(8, "by XML", status="HTTP/1.0 203 Other\r\ncontent-type: application/xhtml+xml"),
        record(9, "revisit", "application/http; msgtype=response", b"HTTP/1.1 200 OK\r\n\r\n"),
        record(10, "resource", "text/html", b"<p>put in by hand</p>"),
        record(11, "metadata", "application/json", b'{"Envelope": {}}'),
        record(12, "response", "application/http", b"not HTTP at all"),
    ]
    path = write(tmp_path, "a.warc", b"".join(records))
    rows, errors = read_all(path)
    assert not errors
    assert [(row.document.id, row.document.source) for row in rows] == [
        ("<urn:uuid:4>", "<p>an article</p>"),
        ("<urn:uuid:7>", "<p>plain</p>"),
        ("<urn:uuid:8>", "<p>by XML</p>"),
        ("<urn:uuid:10>", "<p>put in by hand</p>"),
    ]
    assert rows[0].document == Document(
        id="<urn:uuid:4>", html="<p>an article</p>", url="https://news.example/4", date="2020-08-15T10:00:04Z"
    )
    assert rows[1].document.html is None
    offset = rows[0].fields["offset"]
    assert rows[0].fields["file"] == str(path)
    assert b"".join(records)[offset:].startswith(records[3])


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_the_offset_is_that_of_the_member_that_the_record_is(tmp_path: Path, suffix: str) -> None:
    """From the offset in the file, the record can be decompressed without what stands before it."""
    members = [COMPRESS[suffix](one) for one in wet_records()]
    path = write(tmp_path, f"a.warc.wet{suffix}", b"".join(members))
    rows, errors = read_all(path)
    assert (texts(rows), errors) == (list(STORIES), [])
    expected = [sum(map(len, members[:number])) for number in range(1, len(members))]
    assert [row.fields["offset"] for row in rows] == expected


def test_records_that_are_compressed_together_are_read(tmp_path: Path) -> None:
    """A file compressed as a whole, or in members that begin anywhere, holds the same records."""
    content = b"".join(wet_records())
    whole = gzip.compress(content)
    parts = b"".join(gzip.compress(content[at : at + 100]) for at in range(0, len(content), 100))
    for packed in (whole, parts):
        rows, errors = read_all(write(tmp_path, "a.wet.gz", packed))
        assert (texts(rows), errors) == (list(STORIES), [])
        assert all(packed[row.fields["offset"] :].startswith(b"\x1f\x8b") for row in rows)


@pytest.mark.parametrize("packed", [False, True])
def test_a_dictionary_at_the_front_of_the_file_is_used(tmp_path: Path, packed: bool) -> None:
    """Archives of many small pages come as zstd with a dictionary of their own, itself compressed or not."""
    module = zstd()
    records = wet_records(STORIES * 20)
    dictionary = module.train_dict(records, 2048)
    stored = module.compress(dictionary.dict_content) if packed else dictionary.dict_content
    front = struct.pack("<II", 0x184D2A5D, len(stored)) + stored
    frames = b"".join(module.compress(one, zstd_dict=dictionary) for one in records)
    rows, errors = read_all(write(tmp_path, "a.warc.zst", front + frames))
    assert (texts(rows), errors) == (list(STORIES * 20), [])


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Length: 12", b"<p>caf\xc3\xa9</p>"),
        ("Transfer-Encoding: chunked", b"5\r\n<p>ca\r\n7;x=1\r\nf\xc3\xa9</p>\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", b"<p>caf\xc3\xa9</p>"),
        ("Content-Encoding: gzip", gzip.compress(b"<p>caf\xc3\xa9</p>")),
        ("Content-Encoding: gzip", b"<p>caf\xc3\xa9</p>"),
        ("Content-Encoding: deflate", deflate(b"<p>caf\xc3\xa9</p>")),
        ("Content-Encoding: deflate", deflate(b"<p>caf\xc3\xa9</p>", window_bits=-15)),
        (
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip",
            b"%x\r\n%s\r\n0\r\n\r\n"
            % (len(gzip.compress(b"<p>caf\xc3\xa9</p>")), gzip.compress(b"<p>caf\xc3\xa9</p>")),
        ),
    ],
)
def test_bodies_are_read_as_they_were_before_transport(tmp_path: Path, head: str, body: bytes) -> None:
    """Chunks and compression are undone, and where the archive has undone them already, the body is left alone."""
    path = write(tmp_path, "a.warc", record(1, "response", "", body, status=f"{HTML}\r\n{head}"))
    rows, errors = read_all(path)
    assert (texts(rows), errors) == (["<p>café</p>"], [])


@pytest.mark.parametrize(
    ("status", "body", "text"),
    [
        (f"{HTML}; charset=iso-8859-1", b"caf\xe9 \x80", "café €"),
        (f'{HTML};charset="windows-1251"', "гавань".encode("cp1251"), "гавань"),
        (f"{HTML}; charset=utf-8", b'<meta charset="koi8-r">caf\xc3\xa9', '<meta charset="koi8-r">café'),
        (
            f"{HTML}; charset=none",
            '<meta charset="koi8-r">гавань'.encode("koi8-r"),
            '<meta charset="koi8-r">гавань',
        ),
        (HTML, "\ufeffcafé".encode("utf-16-le"), "café"),
        (HTML, b"caf\xe9", "café"),
    ],
)
def test_the_header_declares_the_encoding_before_the_page(
    tmp_path: Path, status: str, body: bytes, text: str
) -> None:
    """A byte order mark, then the server's word, then the page's own, then what it looks like."""
    rows, errors = read_all(write(tmp_path, "a.warc", record(1, "response", "", body, status=status)))
    assert (texts(rows), errors) == ([text], [])


def without(number: int, start: int, count: int) -> Callable[[list[bytes]], bytes]:
    """The records in members of gzip, from one of which some bytes are gone."""

    def damaged(records: list[bytes]) -> bytes:
        members = [gzip.compress(one, mtime=0) for one in records]
        members[number] = members[number][:start] + members[number][start + count :]
        return b"".join(members)

    return damaged


def changed(number: int, start: int) -> Callable[[list[bytes]], bytes]:
    def damaged(records: list[bytes]) -> bytes:
        members = [bytearray(gzip.compress(one, mtime=0)) for one in records]
        members[number][start] ^= 0xFF
        return b"".join(members)

    return damaged


def with_length(number: int, length: int) -> Callable[[list[bytes]], bytes]:
    def damaged(records: list[bytes]) -> bytes:
        story = STORIES[number - 1].encode()
        return b"".join(
            record(number, "conversion", "text/plain", story, length=length) if at == number else one
            for at, one in enumerate(records)
        )

    return damaged


DAMAGES = {
    "a member without its first bytes": (without(3, 0, 5), ".gz", 3),
    "a member without its middle": (without(3, 60, 20), ".gz", 3),
    "a member without its end": (without(3, 150, 999), ".gz", 3),
    "a member with a wrong byte": (changed(3, 100), ".gz", 3),
    "a member with a wrong checksum": (changed(3, -6), ".gz", 3),
    "the first member": (changed(0, 40), ".gz", 0),
    "a length that is too large": (with_length(3, 500), "", 3),
    "a length that is larger than the file": (with_length(3, 10_000_000), "", 3),
    "a length that is larger than what is read": (with_length(3, 10**12), "", 3),
    "a length that is too small": (with_length(3, 11), "", 3),
    "a length below zero": (with_length(3, -1), "", 3),
    "a lie in a member": (
        lambda records: b"".join(map(gzip.compress, split(with_length(3, 500)(records)))),
        ".gz",
        3,
    ),
    "something between records": (
        lambda records: b"".join(records[:4]) + b"noise\r\n" * 9 + b"".join(records[4:]),
        "",
        0,
    ),
    "something before the records": (lambda records: b"noise\r\n" * 9 + b"".join(records), "", 0),
    "zeros in place of a record": (
        lambda records: b"".join(b"\0" * len(one) if at == 3 else one for at, one in enumerate(records)),
        "",
        3,
    ),
}


def split(content: bytes) -> list[bytes]:
    return [b"WARC/1.0" + part for part in content.split(b"WARC/1.0")[1:]]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_costs_the_record_that_it_is_in(tmp_path: Path, damage: str) -> None:
    """Reading goes on at the next record, and the damage is named with its place in the file."""
    make, suffix, lost = DAMAGES[damage]
    rows, errors = read_all(write(tmp_path, f"a.wet{suffix}", make(wet_records())))
    assert texts(rows) == [story for number, story in enumerate(STORIES, start=1) if number != lost]
    assert errors
    assert all(", byte " in error.subject for error in errors)


def test_an_archive_without_pages_says_so(tmp_path: Path) -> None:
    """Metadata files (WAT) look like archives of pages, and hold none."""
    _, errors = read_all(write(tmp_path, "a.warc.wat", record(1, "metadata", "application/json", b"{}")))
    assert [error.problem for error in errors] == ["holds no page and no text"]


def test_records_without_an_id_are_called_by_their_number(tmp_path: Path) -> None:
    """As the rows of a table are."""
    content = b"".join(wet_records()).replace(b"WARC-Record-ID", b"X-Other-ID")
    path = write(tmp_path, "a.wet", content)
    assert [row.document.id for row in read_all(path)[0]] == [f"{path}#{number}" for number in range(2, 9)]


def test_another_reader_of_archives_finds_the_same(tmp_path: Path) -> None:
    """FastWARC reads the same records at the same offsets."""
    fastwarc = pytest.importorskip("fastwarc", reason="FastWARC is not installed")
    path = write(tmp_path, "a.wet.gz", wet_gz(STORIES * 10))
    theirs = [
        (found.stream_pos, found.headers["WARC-Record-ID"], found.reader.read().decode())
        for found in fastwarc.ArchiveIterator(str(path), record_types=fastwarc.WarcRecordType.conversion)
    ]
    rows, _ = read_all(path)
    assert [(row.fields["offset"], row.document.id, row.document.text) for row in rows] == theirs


HEAD_PIECES = st.sampled_from(["A", "a", "bc", "A-bc", ":", ": ", " ", "\t", "\r\n", "\n", "x", "é"])


@given(st.lists(HEAD_PIECES, max_size=20).map("".join), st.sampled_from(["a", "bc", "a-bc"]))
@example("a : x\nA: bc", "a")
@example("a-bc: x\nabc:\na:", "a")
def test_a_field_is_what_stands_behind_its_name(lines: str, name: str) -> None:
    """The first of that name, in letters of any size; not a part of another name, and not a line that goes on."""
    fields = [line.partition(":") for line in lines.split("\n")]
    values = [value for written, colon, value in fields if colon and written.rstrip(" \t").lower() == name]
    expected = values[0].strip(" \t\r\n") if values else ""
    assert Head(f"WARC/1.0\n{lines}".encode()).text(Field(name)) == expected


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", ""]))
def test_any_bytes_are_some_answer_or_none(data: bytes, coding: str) -> None:
    """Nothing that a server sends is an error, and no body is larger than the limit."""
    assert parse_http(data, limit=100) is None or data.startswith(b"HTTP/")
    head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: {coding}\r\n\r\n".encode()
    assert parse_http(head + data, limit=100) is not None
    bomb = parse_http(
        b"HTTP/1.1 200\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(10_000)), limit=100
    )
    assert bomb is not None
    assert len(bomb.body) == 100
