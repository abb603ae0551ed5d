"""Corpora of real form, made from texts on this machine, something planted in one document of a hundred."""

from __future__ import annotations

import gzip
import html
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.cases import ROOT
from resolver.platforms.samples import facebook, instagram, twitter, youtube

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where texts are looked for: what packages install for people to read.
PLACES: Final = ("/usr/share/doc", "/usr/share/man", "/usr/share/perl", "/usr/lib/node_modules")
_SUFFIXES: Final = frozenset({"", ".txt", ".md", ".rst", ".gz", ".1", ".3", ".5", ".7", ".8"})
_SHORTEST, _LONGEST = 1_500, 60_000
#: One document of so many has something planted.
EVERY: Final = 100
_SEED: Final = 20261120

_LEFTOVER: Final = (
    "\n\nThe new #Harbour bridge opens on Saturday, two weeks early. pic.twitter.com/Wb4Tn8Zc1D — Harbour Council "
    "(@HarbourCouncil) August 14, 2020\n\n"
)


@dataclass(frozen=True)
class Corpus:
    """Documents in memory."""

    texts: list[bytes]
    pages: list[bytes]


def corpus(size: int) -> Corpus:
    """Return texts of about *size* bytes together, and pages of about as many."""
    chance = random.Random(_SEED)
    sources = list(_texts(size))
    if not sources:
        raise SystemExit(f"no texts were found in {', '.join(PLACES)}")
    texts: list[bytes] = []
    pages: list[bytes] = []
    while sum(map(len, texts)) < size:
        chance.shuffle(sources)
        texts += [_planted(text, number) for number, text in enumerate(sources, len(texts))]
    total = 0
    while total < size:
        page = _page(chance.choice(sources), len(pages), chance)
        total += len(page)
        pages.append(page)
    return Corpus(_until(texts, size), pages)


def _until(texts: list[bytes], size: int) -> list[bytes]:
    total = 0
    for number, text in enumerate(texts):
        total += len(text)
        if total >= size:
            return texts[: number + 1]
    return texts


def _texts(size: int) -> Iterator[bytes]:
    total = 0
    for path in sorted(_files()):
        try:
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            data.decode()
        except (OSError, EOFError, UnicodeDecodeError, gzip.BadGzipFile):
            continue
        for start in range(0, len(data), _LONGEST):
            part = data[start : start + _LONGEST].decode("utf-8", "ignore").encode()
            if len(part) >= _SHORTEST and b"\0" not in part:
                total += len(part)
                yield part
        if total > size:
            return


def _files() -> Iterator[Path]:
    for place in PLACES:
        for path in Path(place).rglob("*"):
            if path.suffix in _SUFFIXES and path.is_file() and not path.is_symlink():
                yield path
    cases = ROOT / "../shared/cases"
    if cases.is_dir():
        yield from cases.glob("*.md")


def _planted(text: bytes, number: int) -> bytes:
    if number % EVERY:
        return text
    middle = text.find(b"\n", len(text) // 2)
    middle = len(text) // 2 if middle < 0 else middle
    while 0 < middle < len(text) and text[middle] & 0xC0 == 0x80:
        middle += 1
    return text[:middle] + _LEFTOVER.encode() + text[middle:]


_EMBEDS: Final = [
    sample.case
    for module in (twitter, instagram, facebook, youtube)
    for sample in module.EMBEDS
    if sample.found
]
_HEAD: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:image" content="https://news.example/{number}.jpg"><meta name="twitter:card" content="summary">
<link rel="stylesheet" href="/main.css"><script>window.dataLayer=window.dataLayer||[];function gtag(){{}}</script>
<script type="application/ld+json">{{"@type":"NewsArticle","sameAs":["https://www.facebook.com/news"]}}</script></head>
<body class="article"><noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-X"></iframe></noscript>
<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>
"""
_FOOT: Final = """</article><aside><ul class="share">
<li><a href="https://www.facebook.com/sharer/sharer.php?u=x">Share</a></li>
<li><a href="https://twitter.com/intent/tweet?url=x">Post</a></li></ul></aside></main><footer><ul>{menu}</ul>
<p><a href="https://www.youtube.com/c/news">Videos</a> <a href="https://www.instagram.com/news">Pictures</a></p>
</footer><script>{code}</script></body></html>
"""
_CODE: Final = (
    "(function(a,b){var c=a.createElement('script');c.src=b;a.head.appendChild(c)})(document,'/x.js');\n"
)


def _page(text: bytes, number: int, chance: random.Random) -> bytes:
    paragraphs = [part for part in text.decode().split("\n\n") if part.strip()][:60]
    body = [f'<p class="text">{html.escape(part)}</p>\n' for part in paragraphs]
    if not number % EVERY:
        body.insert(len(body) // 2, _EMBEDS[number // EVERY % len(_EMBEDS)])
    menu = "".join(
        f'<li class="item"><a href="/section/{n}" data-id="{n}">Section {n}</a></li>\n' for n in range(80)
    )
    title = f"Story {number}"
    head = _HEAD.format(title=title, number=number, menu=menu)
    return (head + "".join(body) + _FOOT.format(menu=menu, code=_CODE * chance.randint(100, 600))).encode()


def write(made: Corpus, folder: Path) -> dict[str, Path]:
    """Write the corpora as the files that users have, and return their paths by the names of their forms."""
    paths = {
        "JSON Lines": folder / "a.jsonl",
        "WET.gz": folder / "a.warc.wet.gz",
        "WARC.gz": folder / "a.warc.gz",
    }
    with paths["JSON Lines"].open("w", encoding="utf-8") as out:
        for number, text in enumerate(made.texts):
            row = {"id": number, "url": f"https://news.example/{number}", "text": text.decode()}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    _write_records(paths["WET.gz"], "conversion", "text/plain", made.texts)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n"
    _write_records(
        paths["WARC.gz"],
        "response",
        "application/http; msgtype=response",
        [answer + page for page in made.pages],
    )
    return paths | _parquet(made, folder)


def _write_records(path: Path, kind: str, media_type: str, bodies: list[bytes]) -> None:
    with path.open("wb") as out:
        for number, body in enumerate(bodies):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
                f"WARC-Date: 2020-08-15T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
                f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + body + b"\r\n\r\n", 6))


def _parquet(made: Corpus, folder: Path) -> dict[str, Path]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        return {}
    path = folder / "a.parquet"
    table = pa.table(
        {
            "id": [str(number) for number in range(len(made.texts))],
            "text": [text.decode() for text in made.texts],
        }
    )
    parquet.write_table(table, path, compression="zstd", row_group_size=5_000)
    return {"Parquet": path}
