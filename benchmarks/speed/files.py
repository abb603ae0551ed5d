"""Files read and scanned, beside reading them alone."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from resolver.documents import read
from resolver.pipeline import scan, screening, sieve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def seconds_of(work: Callable[[Path], object], path: Path) -> float:
    """Return the CPU seconds that some work on a file takes."""
    begun = time.process_time()
    work(path)
    return time.process_time() - begun


def ways(form: str) -> dict[str, Callable[[Path], object]]:
    """Return the ways of reading a file of a form: its limits, as far as they are installed, and ours."""
    ours = {"read and screened": read_and_screen, "read and scanned": read_and_scan}
    limits = {name: limit for name, (needs, limit) in _LIMITS[form].items() if find_spec(needs) is not None}
    return limits | ours


def warm() -> None:
    """Have the engines compiled, which a long run does once."""
    shared = sieve()
    for ask in (shared.of_text, shared.of_page):
        while ask(b" " * 1_000_000):
            pass


def read_and_screen(path: Path) -> int:
    """Read a file with a screen and return how many documents are left to be scanned."""
    return sum(1 for _ in read([str(path)], report=_ignore, all_fields=False, screen=screening()))


def read_and_scan(path: Path) -> int:
    """Read and scan a file as the command does, and return how many embeds there are."""
    rows = read([str(path)], report=_ignore, all_fields=False, screen=screening())
    return sum(len(scan(row.document, clock=lambda: NOW)) for row in rows)


def _ignore(_: Any) -> None:
    pass


def _records(path: Path) -> None:
    from fastwarc.warc import ArchiveIterator
    from isal import igzip

    opened: Any = igzip.open
    with opened(path, "rb") as stream:
        for record in ArchiveIterator(stream, parse_http=False):
            record.reader.read()


def _json_lines(loads: str) -> Callable[[Path], None]:
    def work(path: Path) -> None:
        parse = import_module(loads).loads
        with path.open("rb") as lines:
            for line in lines:
                parse(line)

    return work


def _parquet(path: Path) -> None:
    from pyarrow import parquet

    for _ in parquet.ParquetFile(path).iter_batches(batch_size=64, use_threads=False):
        pass


#: By form, what reading cannot be faster than: its name, the library it needs, and the work.
_LIMITS: Final[dict[str, dict[str, tuple[str, Callable[[Path], object]]]]] = {
    "JSON Lines": {
        "orjson.loads alone": ("orjson", _json_lines("orjson")),
        "json.loads alone": ("json", _json_lines("json")),
    },
    "WET.gz": {"decompressed and split alone": ("fastwarc", _records)},
    "WARC.gz": {"decompressed and split alone": ("fastwarc", _records)},
    "Parquet": {"pyarrow alone": ("pyarrow", _parquet)},
}
