"""A corpus written in the forms in which users have theirs."""

from __future__ import annotations

import csv
import gzip
import html
import json
import sys
from contextlib import contextmanager
from importlib import import_module
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_NAMESPACES: Final = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"'
)
ZSTD: Final = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
#: Entries of a feed, and rows that are written to Parquet together.
_ENTRIES, _ROWS = 20, 1_000


class Form(NamedTuple):
    """A form of files: its name, how its file is called, and what writes it; a feed's is a folder of them."""

    name: str
    file: str
    write: Callable[[Iterable[bytes], Path], None]
    #: Whether pages are written in it, or texts.
    pages: bool = False
    #: The module that it takes to write it.
    needs: str = "json"
    #: So many bytes are enough, where all would take long.
    most: int | None = None


def _url(number: int) -> str:
    return f"https://news.example/{number}"


def _write_lines(texts: Iterable[bytes], path: Path, *, escaped: bool = False) -> None:
    with _opened(path) as out:
        for number, text in enumerate(texts):
            row = {"id": str(number), "url": _url(number), "text": text.decode()}
            out.write(json.dumps(row, ensure_ascii=escaped).encode() + b"\n")


def _write_escaped_lines(texts: Iterable[bytes], path: Path) -> None:
    _write_lines(texts, path, escaped=True)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a file to be written to, compressed as its name says."""
    if path.suffix != ".zst":
        with path.open("wb") as out:
            yield out
        return
    with import_module(ZSTD).open(path, "wb", level=3) as out:
        yield out


def _write_csv(texts: Iterable[bytes], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "url", "date", "text"])
        rows.writerows(
            (number, _url(number), "2020-08-15", text.decode()) for number, text in enumerate(texts)
        )


def _write_wet(texts: Iterable[bytes], path: Path) -> None:
    _write_records(path, "conversion", "text/plain", texts)


def _write_warc(pages: Iterable[bytes], path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n"
    bodies = (answer + page for page in pages)
    _write_records(path, "response", "application/http; msgtype=response", bodies)


def _write_records(path: Path, kind: str, media_type: str, bodies: Iterable[bytes]) -> None:
    """Write each record as a gzip member of its own, as crawlers do."""
    with path.open("wb") as out:
        for number, body in enumerate(bodies):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {_url(number)}\r\n"
                f"WARC-Date: 2020-08-15T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
                f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + body + b"\r\n\r\n", 6, mtime=0))


def _write_parquet(texts: Iterable[bytes], path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("id", pa.string()), ("url", pa.string()), ("text", pa.string())])
    numbered = enumerate(texts)
    with parquet.ParquetWriter(path, schema, compression="zstd", use_dictionary=False) as out:
        while rows := [
            (str(number), _url(number), text.decode()) for number, text in islice(numbered, _ROWS)
        ]:
            out.write_table(pa.table([list(column) for column in zip(*rows, strict=True)], schema=schema))


def _write_wordpress(texts: Iterable[bytes], path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" {_NAMESPACES}><channel>\n')
        for number, text in enumerate(texts):
            out.write(
                f"<item><title>Story {number}</title><link>{_url(number)}</link>"
                f"<content:encoded>{_story(text)}</content:encoded><wp:post_id>{number}</wp:post_id>"
                "<wp:post_date_gmt>2020-08-15 10:00:00</wp:post_date_gmt>"
                "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>\n"
            )
        out.write("</channel></rss>\n")


def _write_feeds(texts: Iterable[bytes], path: Path) -> None:
    path.mkdir()
    remaining = iter(texts)
    for number, first in enumerate(remaining):
        entries = "".join(
            f"<item><guid>{_url(number)}/{place}</guid><pubDate>Sat, 15 Aug 2020 12:00:00 +0200</pubDate>"
            f"<content:encoded>{_story(text)}</content:encoded></item>\n"
            for place, text in enumerate(chain((first,), islice(remaining, _ENTRIES - 1)))
        )
        feed = f'<rss version="2.0" {_NAMESPACES}><channel><title>News</title>{entries}</channel></rss>'
        (path / f"{number:06}.rss").write_text(f'<?xml version="1.0"?>{feed}', encoding="utf-8")


def _write_pages(pages: Iterable[bytes], path: Path) -> None:
    path.mkdir()
    for number, page in enumerate(pages):
        (path / f"{number:06}.html").write_bytes(page)


def _story(text: bytes) -> str:
    """Return a text as the HTML of a post, in a section of XML that is not to be read."""
    paragraphs = (html.escape(one, quote=False) for one in text.decode().split("\n") if one)
    return f"<![CDATA[{''.join(f'<p>{one}</p>' for one in paragraphs)}]]>"


FORMS: Final = (
    Form("JSON Lines", "a.jsonl", _write_lines),
    Form("JSON Lines, escaped", "escaped.jsonl", _write_escaped_lines),
    Form("JSON Lines, zstd", "a.jsonl.zst", _write_lines, needs=ZSTD),
    Form("CSV", "a.csv", _write_csv),
    Form("WET.gz", "a.warc.wet.gz", _write_wet),
    Form("WARC.gz", "a.warc.gz", _write_warc, pages=True),
    Form("Parquet", "a.parquet", _write_parquet, needs="pyarrow"),
    Form("WordPress export", "a.wxr", _write_wordpress, most=60_000_000),
    Form("RSS", "feeds", _write_feeds, needs="feedparser", most=10_000_000),
    Form("HTML files", "pages", _write_pages, pages=True, most=100_000_000),
)
