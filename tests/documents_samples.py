"""Files of every format, as small as they can be and of real form, and how tests read them."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from resolver.documents import Columns, Row, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from resolver import InputError


def read_all(
    *inputs: Path | str, columns: Columns | None = None, standard_input: bytes = b"", all_fields: bool = True
) -> tuple[list[Row], list[InputError]]:
    errors: list[InputError] = []
    rows = read(
        [str(name) for name in inputs],
        columns=columns,
        report=errors.append,
        standard_input=io.BufferedReader(io.BytesIO(standard_input)),
        all_fields=all_fields,
    )
    return list(rows), errors


def write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def texts(rows: Sequence[Row]) -> list[str]:
    return [row.document.source for row in rows]


def zstd_compress(data: bytes) -> bytes:
    return bytes(zstd().compress(data))


def zstd() -> Any:
    """The module for zstd, or a skipped test."""
    name = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    return pytest.importorskip(name, reason="zstd is not installed")


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd_compress,
}

STORIES = tuple(
    f"Story {number}: the harbour of Vlissingen opens at {number} o'clock." for number in range(1, 8)
)


def json_lines(stories: Sequence[str] = STORIES) -> bytes:
    return "".join(json.dumps({"text": story}) + "\n" for story in stories).encode()


def separated(stories: Sequence[str] = STORIES) -> bytes:
    return ("id,text\n" + "".join(f'{n},"{story}"\n' for n, story in enumerate(stories))).encode()


def json_array(stories: Sequence[str] = STORIES) -> bytes:
    return json.dumps([{"text": story} for story in stories]).encode()


def record(
    number: int, kind: str, content_type: str, block: bytes, *, status: str = "", length: int | None = None
) -> bytes:
    """One WARC record; with *status*, its block is an HTTP answer whose head begins so."""
    if status:
        block = status.encode() + b"\r\n\r\n" + block
        content_type = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2020-08-15T10:00:{number:02d}Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(number: int, text: str, *, status: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html") -> bytes:
    return record(number, "response", "", f"<p>{text}</p>".encode(), status=status)


def wet_records(stories: Sequence[str] = STORIES) -> list[bytes]:
    info = record(0, "warcinfo", "application/warc-fields", b"software: tests\r\n")
    return [
        info,
        *(record(n, "conversion", "text/plain", s.encode()) for n, s in enumerate(stories, start=1)),
    ]


def wet(stories: Sequence[str] = STORIES) -> bytes:
    return b"".join(wet_records(stories))


def wet_gz(stories: Sequence[str] = STORIES) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in wet_records(stories))


WORDPRESS_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- An export for another blog of the same kind: posts, pages, comments. -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Harbour news</title><link>https://harbour.example</link>
<wp:category><wp:cat_name><![CDATA[Bridges]]></wp:cat_name></wp:category>
"""


def wordpress(stories: Sequence[str] = STORIES) -> bytes:
    items = "".join(
        f"<item><title>Post {n}</title><link>https://harbour.example/{n}</link><dc:creator>jodoe</dc:creator>"
        f"<content:encoded><![CDATA[{story}]]></content:encoded><wp:post_id>{n}</wp:post_id>"
        f"<wp:post_date>2020-08-15 12:00:00</wp:post_date><wp:post_date_gmt>2020-08-15 10:00:00</wp:post_date_gmt>"
        f"<wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>\n"
        for n, story in enumerate(stories, start=1)
    )
    return f"{WORDPRESS_HEAD}{items}</channel></rss>".encode()


def feed(stories: Sequence[str] = STORIES) -> bytes:
    items = "".join(
        f"<item><guid>https://harbour.example/?p={n}</guid><link>https://harbour.example/{n}</link>"
        f"<pubDate>Sat, 15 Aug 2020 12:00:00 +0200</pubDate><description><![CDATA[{story}]]></description></item>"
        for n, story in enumerate(stories, start=1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def parquet(stories: Sequence[str] = STORIES, *, rows_in_group: int = 2) -> bytes:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    sink = io.BytesIO()
    table = pa.table({"text": list(stories), "url": [f"https://a.example/{n}" for n in range(len(stories))]})
    parquet.write_table(table, sink, row_group_size=rows_in_group, use_dictionary=False, compression="zstd")
    return sink.getvalue()


def deflate(data: bytes, *, window_bits: int = 15) -> bytes:
    packer = zlib.compressobj(wbits=window_bits)
    return packer.compress(data) + packer.flush()
