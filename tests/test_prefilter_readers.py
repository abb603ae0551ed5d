"""Readers with a screen: the same embeds come out, and what holds none is counted and not read."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from documents_samples import wordpress

from resolver.detect.prefilter import Screening, Sieve
from resolver.documents import read
from resolver.pipeline import scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from resolver.errors import InputError
    from resolver.models import Embed

POST = "Café open! — Jo Doe (@jodoe) 2 mai 2019"
PAGE = f"<p>News.</p><p>{POST.replace('—', '&mdash;')}</p>"
PLAIN = "The harbour was dug in 1900 – ships came soon after. " * 20
BODIES = [POST if number % 10 == 3 else PLAIN for number in range(40)]


def record(kind: str, media_type: str, body: bytes, number: int) -> bytes:
    if kind == "response":
        body = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
        media_type = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{number}>\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + body + b"\r\n\r\n")


def json_lines(folder: Path) -> Path:
    path = folder / "a.jsonl"
    path.write_text(
        "".join(json.dumps({"id": n, "text": b}) + "\n" for n, b in enumerate(BODIES)), encoding="utf-8"
    )
    return path


def json_lines_of_pages(folder: Path) -> Path:
    path = folder / "a.jsonl"
    rows = ({"id": n, "html": PAGE if b is POST else f"<p>{b}</p>"} for n, b in enumerate(BODIES))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def separated(folder: Path) -> Path:
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("id", "text"), *((n, f'They said:\n"{b}"') for n, b in enumerate(BODIES))]
        )
    return path


def separated_pages(folder: Path) -> Path:
    path = folder / "a.csv"
    pages = [PAGE if body is POST else f'<p class="text">{body}</p>' for body in BODIES]
    encoded = [page.replace('"', '""').encode("cp1252" if n % 2 else "utf-8") for n, page in enumerate(pages)]
    path.write_bytes(b"id;html\r\n" + b"".join(b'%d;"%b"\r\n' % one for one in enumerate(encoded)))
    return path


def wordpress_pages(folder: Path) -> Path:
    path = folder / "a.wxr"
    path.write_bytes(wordpress([PAGE if body is POST else f"<p>{body}</p>\r\n" for body in BODIES]))
    return path


def wet(folder: Path) -> Path:
    path = folder / "a.warc.wet.gz"
    path.write_bytes(
        b"".join(record("conversion", "text/plain", b.encode(), n) for n, b in enumerate(BODIES))
    )
    return path


def warc(folder: Path) -> Path:
    path = folder / "a.warc.gz"
    pages = [PAGE if body is POST else f"<p>{body}</p>" for body in BODIES]
    kinds = ["text/html", "text/html; charset=windows-1252", "text/html; charset=utf-16"]
    encodings = ["utf-8", "cp1252", "utf-8"]
    path.write_bytes(
        b"".join(
            record("response", kinds[n % 3], page.encode(encodings[n % 3]), n) for n, page in enumerate(pages)
        )
    )
    return path


def parquet(folder: Path) -> Path:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as files

    path = folder / "a.parquet"
    bodies = pa.array([None if n == 5 else b for n, b in enumerate(BODIES)], pa.large_string())
    files.write_table(pa.table({"id": list(range(len(BODIES))), "text": bodies}), path, row_group_size=15)
    return path


def parquet_of_pages(folder: Path) -> Path:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet as files

    path = folder / "a.parquet"
    pages = [
        (PAGE if b is POST else f"<p>{b}</p>").encode("cp1252" if n % 2 else "utf-8")
        for n, b in enumerate(BODIES)
    ]
    files.write_table(pa.table({"html": pa.array(pages, pa.binary())}), path)
    return path


def texts(folder: Path) -> Path:
    for number, body in enumerate(BODIES):
        (folder / f"{number:02}.txt").write_text(body, encoding="cp1252" if number % 2 else "utf-8")
    return folder


def pages(folder: Path) -> Path:
    for number, body in enumerate(BODIES):
        page = PAGE if body is POST else f"<p>{body}</p>"
        (folder / f"{number:02}.html").write_text(page, encoding="utf-8")
    return folder


def embeds(path: Path, screen: Screening | None) -> tuple[list[Embed], int]:
    problems: list[InputError] = []
    rows = list(read([str(path)], report=problems.append, all_fields=False, screen=screen))
    assert not problems
    found = [
        embed
        for row in rows
        for embed in scan(row.document, prefilter=False, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    ]
    return found, len(rows)


@pytest.mark.parametrize(
    "corpus",
    [
        json_lines,
        json_lines_of_pages,
        separated,
        separated_pages,
        wet,
        warc,
        parquet,
        parquet_of_pages,
        texts,
        pages,
        wordpress_pages,
    ],
)
def test_a_screen_changes_nothing_but_what_is_read(corpus: Callable[[Path], Path], tmp_path: Path) -> None:
    """All embeds come out, with their documents' names; all other documents are counted."""
    path = corpus(tmp_path)
    everything, count = embeds(path, None)
    screening = Screening(Sieve(worth=0, engine="re2"))
    found, read_ = embeds(path, screening)
    assert found == everything
    assert len(found) == 4
    assert read_ + screening.passed_over == count == len(BODIES)
    assert screening.passed_over > count / 2


def test_a_line_that_is_cut_off_is_reported_whatever_it_holds(tmp_path: Path) -> None:
    """A line without the ends of an object is parsed, so that its damage is told."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b"\n{"text": "c"}\nnothing\n', encoding="utf-8")
    problems: list[InputError] = []
    screening = Screening(Sieve(worth=0, engine="re2"))
    rows = list(read([str(path)], report=problems.append, screen=screening))
    assert [row.document.text for row in rows] == ["a"]
    assert [error.subject for error in problems] == [f"{path}, line 2", f"{path}, line 4"]
    assert screening.passed_over == 1
