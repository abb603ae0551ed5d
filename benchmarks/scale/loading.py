"""Loading made-up results into a database: ``python -m benchmarks.scale.loading EMBEDS FOLDER STEP``.

The steps, each in a process of its own so that its memory can be told: ``make`` writes the results of scans to FOLDER,
``load`` brings them into a database there, ``again`` does so once more, and ``links`` finds the distinct links in it.
Each prints a line of JSON.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.memory import peak_memory
from cache import Store
from cache.load import load
from resolver import scan
from resolver.documents.parts import Part
from resolver.render.json_lines import json_line
from resolver.render.record import record
from resolver.shards import Shard, ShardResult, result_folder
from resolver.shards.folder import sha256_of, whole
from resolver.shards.job import results
from resolver.shards.merge import scanned_documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

#: Tables that loading writes to. The full-text index, one more row an embed, is not counted.
TABLES: Final = ("documents", "embeds", "links", "embed_links", "identifications", "checks", "digests")
_SHARD: Final = 100_000
_POST: Final = (
    "The new #Harbour bridge opens on Saturday, two weeks early. Works began on 3 June last year, thank you all for "
    "your patience! #Cycling Read more: https://t.co/0000000000 pic.twitter.com/1111111111 — Harbour Council "
    "(@HarbourCouncil) August 14, 2020"
)


def make(embeds: int, folder: Path) -> None:
    """Write results: one embed a document with two links, of which one in ten stands in another document too."""
    results_folder = result_folder(str(folder / "results"))
    shards = [
        (Shard(part=Part(name=f"crawl-{number}.warc.wet.gz"), size=1), f"{number:032x}")
        for number in range(-(-embeds // _SHARD))
    ]
    results_folder.plan(shards)
    line = json_line(record(scan(_POST)[0]))
    for number, (_, key) in enumerate(shards):
        first = number * _SHARD
        with whole(results_folder.found(key)) as out:
            for place in range(first, min(first + _SHARD, embeds)):
                out.write(_lines(line, place).encode())
        count = min(_SHARD, embeds - first)
        results_folder.finish(
            ShardResult(
                key=key,
                documents=count,
                embeds={"leftover": {"twitter": count}},
                links=2 * count,
                lines=0,
                sha256=sha256_of(results_folder.found(key)),
                seconds=0.0,
            )
        )


def _lines(line: str, place: int) -> str:
    # Codes as t.co makes them have no order, so that every page of the index is written to.
    code = hashlib.sha256(str(place - place % 10 // 9).encode()).hexdigest()
    document = {
        "id": f"<urn:uuid:{place}>",
        "line": None,
        "sha256": f"{place:064x}",
        "url": f"https://news.example/{place}",
        "date": "2020-08-15T10:00:00Z",
        "input": "text",
        "characters": 6000,
        "embeds": 1,
    }
    embed = line.replace("0000000000", code[:10]).replace("1111111111", code[10:20])
    return f"{json.dumps(document)}\n{embed}\n"


def opened(path: Path) -> AbstractContextManager[Store]:
    """Return the database at *path* to be entered, made where there is none."""
    return Store.open(path, command="load", arguments={}, tool_version="0", now=_now)


def bring(folder: Path) -> dict[str, Any]:
    """Load the results, and return what that took and brought."""
    path = folder / "provenance.db"
    before = _rows(path)
    started = time.process_time()
    with opened(path) as store:
        results_folder = result_folder(str(folder / "results"))
        documents = scanned_documents(results(results_folder), results_folder, report=print)
        loaded = sum(batch.documents for batch in load(store, documents))
    seconds = time.process_time() - started
    rows = _rows(path) - before
    return {"documents": loaded, "rows": rows, "seconds": seconds, "size": path.stat().st_size}


def _rows(path: Path) -> int:
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as db:
        return sum(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)


def links(folder: Path) -> dict[str, Any]:
    """Find the distinct links that are to be followed, and return how many and how long that took."""
    started = time.process_time()
    with Store.read(folder / "provenance.db") as store:
        count = sum(1 for _ in store.due_everywhere(_now()))
    return {"links": count, "seconds": time.process_time() - started}


def _now() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def main(embeds: int, folder: Path, step: str) -> None:
    """Do one step, and print what it took."""
    steps: dict[str, Callable[[], dict[str, Any] | None]] = {
        "make": lambda: make(embeds, folder),
        "load": lambda: bring(folder),
        "again": lambda: bring(folder),
        "links": lambda: links(folder),
    }
    found = steps[step]() or {}
    print(json.dumps({**found, "peak": peak_memory()}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
