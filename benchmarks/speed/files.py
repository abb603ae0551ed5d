"""Files read and scanned, beside reading them alone."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
import zlib
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from benchmarks.cases import ROOT
from benchmarks.speed.clock import NOW
from benchmarks.speed.forms import ZSTD
from resolver.documents import read
from resolver.pipeline import scan, screening, sieve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: How our own ways are called.
SCANNED: Final = "read and scanned"
SCANNED_FOR_POSTS: Final = "read and scanned, no notes"
_IDLE: Final = "from benchmarks.memory import peak_memory; print(peak_memory())"
_SCAN: Final = (
    "import sys; from pathlib import Path; from benchmarks.speed.files import read_and_scan\n"
    "from benchmarks.memory import peak_memory\n"
    "read_and_scan(Path(sys.argv[1]), notes=bool(sys.argv[2])); print(peak_memory())"
)
_CHUNK: Final = 1 << 20


def limit(form: str) -> str:
    """Return which way is the limit that files of a form are compared with.

    >>> limit("Parquet")
    'pyarrow alone'
    """
    return next(iter(_LIMITS[form]))


def ways(form: str) -> dict[str, Callable[[Path], object]]:
    """Return the ways of reading files of a form: its limits, as far as they are installed, and ours."""
    limits = {name: alone for name, (needs, alone) in _LIMITS[form].items() if is_installed(needs)}
    without_notes = partial(read_and_scan, notes=False)
    return {
        **limits,
        "read and screened": read_and_screen,
        SCANNED: read_and_scan,
        SCANNED_FOR_POSTS: without_notes,
    }


def seconds_of(form: str, path: Path, *, runs: int) -> dict[str, float]:
    """Return the CPU seconds that each way takes for a file: the least of some *runs*, in which all take turns."""
    seconds = {name: float("inf") for name in ways(form)}
    for _ in range(runs):
        for name, work in ways(form).items():
            begun = time.process_time()
            work(path)
            seconds[name] = min(seconds[name], time.process_time() - begun)
    return seconds


def memory_of_scan(path: Path, *, notes: bool = True) -> int:
    """Return how many bytes a process that scans a file takes at most, above those of one that does nothing."""
    return _printed(_SCAN, str(path), "notes" * notes) - _printed(_IDLE)


def warm() -> None:
    """Have the engines compiled, which a long run does once."""
    for shared in (sieve(notes=True), sieve(notes=False)):
        for ask in (shared.of_text, shared.of_page):
            while ask(b" " * 1_000_000):
                pass


def is_installed(module: str) -> bool:
    """Return whether a module can be imported.

    >>> is_installed("json"), is_installed("no.such.module")
    (True, False)
    """
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def read_and_screen(path: Path) -> int:
    """Read a file with a screen and return how many documents are left to be scanned."""
    return sum(1 for _ in read([str(path)], report=_ignore, all_fields=False, screen=screening()))


def read_and_scan(path: Path, *, notes: bool = True) -> int:
    """Read and scan a file as the command does, and return how many embeds there are."""
    rows = read([str(path)], report=_ignore, all_fields=False, screen=screening(notes=notes))
    return sum(len(scan(row.document, clock=lambda: NOW, notes=notes)) for row in rows)


def _ignore(_: Any) -> None:
    pass


def _printed(program: str, *arguments: str) -> int:
    command = [sys.executable, "-c", program, *arguments]
    return int(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)


def _bytes(path: Path) -> None:
    for file in sorted(path.iterdir()) if path.is_dir() else (path,):
        with file.open("rb") as stream:
            while stream.read(_CHUNK):
                pass


def _unzipped(path: Path) -> None:
    """Decompress by zlib, member by member."""
    member = zlib.decompressobj(wbits=31)
    with path.open("rb") as stream:
        while data := stream.read(1 << 16):
            while data:
                member.decompress(data)
                data = member.unused_data
                if member.eof:
                    member = zlib.decompressobj(wbits=31)


def _unpacked(module: str) -> Callable[[Path], None]:
    def work(path: Path) -> None:
        with import_module(module).open(path, "rb") as stream:
            while stream.read(_CHUNK):
                pass

    return work


def _records(path: Path) -> None:
    from fastwarc.warc import ArchiveIterator

    with import_module("isal.igzip").open(path, "rb") as stream:
        for record in ArchiveIterator(stream, parse_http=False):
            record.reader.read()


def _json_lines(loads: str) -> Callable[[Path], None]:
    def work(path: Path) -> None:
        parse = import_module(loads).loads
        with path.open("rb") as lines:
            for line in lines:
                parse(line)

    return work


def _rows(path: Path) -> None:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", newline="") as stream:
        for _ in csv.reader(stream):
            pass


def _parquet(path: Path) -> None:
    from pyarrow import parquet

    for _ in parquet.ParquetFile(path).iter_batches(batch_size=64, use_threads=False):
        pass


def _elements(path: Path) -> None:
    for _, element in ET.iterparse(path):
        if element.tag == "item":
            element.clear()


def _feeds(path: Path) -> None:
    from feedparser import parse

    for feed in sorted(path.iterdir()):
        parse(feed.read_bytes(), sanitize_html=False, resolve_relative_uris=False)


_LINES: Final[dict[str, tuple[str, Callable[[Path], object]]]] = {
    "orjson.loads alone": ("orjson", _json_lines("orjson")),
    "json.loads alone": ("json", _json_lines("json")),
}
_MEMBERS: Final[dict[str, tuple[str, Callable[[Path], object]]]] = {
    "decompressed and split alone": ("fastwarc", _records),
    "decompressed alone, isal": ("isal", _unpacked("isal.igzip")),
    "decompressed alone, zlib": ("zlib", _unzipped),
}
#: By form, what reading cannot be faster than: its name, the library it needs, and the work. The first is the limit.
_LIMITS: Final[dict[str, dict[str, tuple[str, Callable[[Path], object]]]]] = {
    "JSON Lines": _LINES,
    "JSON Lines, escaped": _LINES,
    "JSON Lines, zstd": {"decompressed alone": (ZSTD, _unpacked(ZSTD))},
    "CSV": {"csv.reader alone": ("csv", _rows)},
    "WET.gz": _MEMBERS,
    "WARC.gz": _MEMBERS,
    "Parquet": {"pyarrow alone": ("pyarrow", _parquet)},
    "WordPress export": {"ElementTree.iterparse alone": ("xml", _elements)},
    "RSS": {"feedparser alone": ("feedparser", _feeds)},
    "HTML files": {"read alone": ("json", _bytes)},
}
