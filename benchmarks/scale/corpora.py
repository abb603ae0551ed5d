"""Corpora of real form, made of the texts that are on this machine, with one post planted in a hundred documents."""

from __future__ import annotations

import gzip
import io
import json
import random
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where systems keep texts for people.
_PLACES: Final = ("/usr/share/doc", "/usr/share/man", "/usr/share/common-licenses")
_SUFFIXES: Final = frozenset({".txt", ".gz", ".html", ".md", ".rst", "", ".1", ".5", ".8"})
_MOST_TEXT: Final = 30_000_000
#: Characters of a document: the median of a Common Crawl text is about so long.
_LENGTH: Final = 6_000
_POST: Final = (
    " First boat of the year just left. #Ferry https://t.co/{code} — Mia Holm (@miaholm) April 3, 2019 "
)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def texts() -> list[str]:
    """Return pieces of text of about 6,000 characters, in an order that is the same each time."""
    found: list[str] = []
    size = 0
    for place in _PLACES:
        for path in sorted(Path(place).rglob("*")):
            if size > _MOST_TEXT:
                return found
            text = _text(path)
            size += len(text)
            found += [text[at : at + _LENGTH] for at in range(0, len(text), _LENGTH)]
    return found


def _text(path: Path) -> str:
    if path.suffix not in _SUFFIXES or not path.is_file() or path.is_symlink():
        return ""
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        return data.decode()
    except (OSError, UnicodeDecodeError, EOFError):
        return ""


def documents(size: int) -> Iterator[str]:
    """Yield documents of *size* characters in all."""
    pieces = texts()
    chance = random.Random(6)
    while size > 0:
        text = chance.choice(pieces)
        if chance.random() < 0.01:
            code = "".join(chance.choices(_LETTERS, k=10))
            place = chance.randrange(len(text) + 1)
            text = text[:place] + _POST.format(code=code) + text[place:]
        size -= len(text)
        yield text


def make(folder: Path, size: int) -> dict[str, Path]:
    """Write the corpora, each of *size* characters, and return where they are, by name."""
    paths = {
        "JSON Lines": folder / "corpus.jsonl",
        "WET.gz": folder / "corpus.warc.wet.gz",
        "WARC.gz": folder / "corpus.warc.gz",
        "Parquet": folder / "corpus.parquet",
    }
    with (
        paths["JSON Lines"].open("w", encoding="utf-8") as lines,
        paths["WET.gz"].open("wb") as wet,
        paths["WARC.gz"].open("wb") as warc,
        _Parquet(paths["Parquet"]) as parquet,
    ):
        for number, text in zip(count(), documents(size), strict=False):
            lines.write(json.dumps({"text": text, "url": _url(number)}, ensure_ascii=False) + "\n")
            wet.write(_record(number, "conversion", "text/plain", text.encode()))
            page = f"<html><body><p>{text}</p></body></html>".encode()
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            warc.write(_record(number, "response", "application/http; msgtype=response", answer))
            parquet.add(number, text)
    return paths


class _Parquet:
    """A Parquet file written in row groups of a thousand rows."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        self._arrow = pa
        self._schema = pa.schema([("text", pa.string()), ("url", pa.string())])
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd", use_dictionary=False)
        self._rows: list[tuple[str, str]] = []

    def __enter__(self) -> _Parquet:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()

    def add(self, number: int, text: str) -> None:
        self._rows.append((text, _url(number)))
        if len(self._rows) == 1000:
            self._flush()

    def _flush(self) -> None:
        columns = [list(column) for column in zip(*self._rows, strict=True)] or [[], []]
        self._writer.write_table(self._arrow.table(columns, schema=self._schema))
        self._rows.clear()


def _url(number: int) -> str:
    return f"https://news.example/{number}"


def _record(number: int, kind: str, media_type: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {_url(number)}\r\nWARC-Date: 2020-08-15T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=6, mtime=0) as out:
        out.write(head.encode() + block + b"\r\n\r\n")
    return packed.getvalue()
