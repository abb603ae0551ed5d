"""Answers in web archives as servers send them: coded, in chunks, in both, cut off, or decoded by the archive."""

from __future__ import annotations

import gzip
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from documents_samples import deflate, read_all, record, texts, write, zstd_compress
from hypothesis import given
from hypothesis import strategies as st

from resolver.documents.content_coding import decoded, joined
from resolver.documents.http_message import parse_http

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = b"<p>The lighthouse is lit again.</p>" + b"".join(b"<p>%d and %d</p>" % (n, n * n) for n in range(400))


def brotli(data: bytes) -> bytes:
    return bytes(pytest.importorskip("brotli").compress(data))


CODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-Gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "bare deflate": ("deflate", lambda data: deflate(data, window_bits=-15)),
    "brotli": ("br", brotli),
    "zstd": ("zstd", zstd_compress),
    "twice": ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
    "two": ("deflate,br", lambda data: brotli(zlib.compress(data))),
    "identity": ("identity", bytes),
    "unknown": ("x-of-their-own", bytes),
    "as the archive has decoded it": ("br", bytes),
    "and of gzip": ("gzip", bytes),
    "and of zstd": ("zstd", bytes),
}


def in_chunks(data: bytes, size: int = 1000) -> bytes:
    parts = (data[at : at + size] for at in range(0, len(data), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def archive(folder: Path, head: str, body: bytes, *, fields: str = "") -> Path:
    """A file with one answer, and another one behind it."""
    answer = record(1, "response", "", body, status=f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}")
    behind = record(2, "response", "", b"<p>Two</p>", status="HTTP/1.1 200 OK\r\nContent-Type: text/html")
    return write(
        folder, "a.warc", answer.replace(b"WARC/1.0\r\n", b"WARC/1.0\r\n" + fields.encode()) + behind
    )


@pytest.mark.parametrize("chunked", [False, True], ids=["in one piece", "in chunks"])
@pytest.mark.parametrize("coding", CODINGS)
def test_pages_are_read_however_they_were_sent(tmp_path: Path, coding: str, *, chunked: bool) -> None:
    """Each coding, and one inside another, is undone; what the archive has undone is taken as it is."""
    name, code = CODINGS[coding]
    body = in_chunks(code(PAGE)) if chunked else code(PAGE)
    head = f"Content-Encoding: {name}" + "\r\nTransfer-Encoding: chunked" * chunked
    rows, errors = read_all(archive(tmp_path, head, body))
    assert (texts(rows), errors) == ([PAGE.decode(), "<p>Two</p>"], [])


CUT = ["gzip", "deflate", "bare deflate", "brotli", "zstd", "twice"]


@pytest.mark.parametrize("coding", CUT)
def test_a_body_that_is_cut_off_is_named_and_its_beginning_read(tmp_path: Path, coding: str) -> None:
    """Which record it is in is said; where the archive says itself that it kept only a part, nothing is."""
    name, code = CODINGS[coding]
    body = code(PAGE)
    path = archive(tmp_path, f"Content-Encoding: {name}", body[: len(body) * 2 // 3])
    rows, (error,) = read_all(path)
    assert (
        str(error) == f"{path}, byte 0: holds an answer that is cut off; what can be read of the rest is read"
    )
    # zstd gives out whole blocks, of which this page is one.
    begins = "" if coding == "zstd" else "<p>The lig"
    assert (rows[0].document.source[:10], rows[1].document.source) == (begins, "<p>Two</p>")
    known = archive(tmp_path, f"Content-Encoding: {name}", body[:-20], fields="WARC-Truncated: length\r\n")
    assert read_all(known)[1] == []


def test_chunks_that_end_too_early_are_named(tmp_path: Path) -> None:
    """Not those of which only the last one is missing, which is empty."""
    chunks = in_chunks(PAGE)
    path = archive(tmp_path, "Transfer-Encoding: chunked", chunks[:-500])
    rows, (error,) = read_all(path)
    assert ("is cut off" in str(error), rows[0].document.source[:10]) == (True, "<p>The lig")
    assert read_all(archive(tmp_path, "Transfer-Encoding: chunked", chunks[:-5]))[1] == []


def test_a_body_that_is_damaged_is_named(tmp_path: Path) -> None:
    """What stands before the damage is read."""
    body = bytearray(gzip.compress(PAGE))
    body[len(body) // 2 :] = b"\xff" * (len(body) - len(body) // 2)
    path = archive(tmp_path, "Content-Encoding: gzip", bytes(body))
    rows, (error,) = read_all(path)
    assert ("is damaged" in str(error), rows[0].document.source[:10]) == (True, "<p>The lig")


@pytest.mark.parametrize(("name", "module"), [("br", "brotli"), ("zstd", "backports.zstd")])
def test_a_coding_whose_library_is_missing_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    """The page is not taken for a text of odd characters."""
    if module == "backports.zstd" and sys.version_info >= (3, 14):
        pytest.skip("it is a part of Python")
    body = CODINGS["brotli" if name == "br" else name][1](PAGE)
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, "backports", None) if name == "zstd" else None
    path = archive(tmp_path, f"Content-Encoding: {name}", body)
    rows, (error,) = read_all(path)
    assert f"is coded with {name}, for which embed-resolver[corpus] has to be installed" in str(error)
    assert texts(rows) == ["", "<p>Two</p>"]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "brotli", "zstd"])
def test_what_becomes_large_is_read_up_to_the_limit(coding: str) -> None:
    """However much it says that it is."""
    name, code = CODINGS[coding]
    found = parse_http(
        f"HTTP/1.1 200 OK\r\nContent-Encoding: {name}\r\n\r\n".encode() + code(bytes(20_000_000)), limit=1000
    )
    assert found is not None
    assert (len(found.body), found.problem) == (1000, None)


@given(st.binary(max_size=400), st.lists(st.sampled_from(["gzip", "deflate", "br", "zstd", "x"]), max_size=3))
def test_any_bytes_are_a_body(data: bytes, codings: list[str]) -> None:
    """Nothing is raised, and no more than the limit comes out of what is coded."""
    assert len(decoded(data, ",".join(codings).encode(), 100).data) <= max(100, len(data))
    assert len(joined(data).data) <= len(data)
