"""How much memory it takes to keep and to find the distinct links of many embeds.

::

    python -m benchmarks.scale.distinct [--embeds 10000000] [--folder FOLDER]

Made-up links, two an embed of which one in ten embeds repeats another's, go through what loading gives addresses their
keys by, into the tables and indexes of a real database, in transactions of as many embeds as when loading; the other
columns of embeds and documents are left out, and the index of links as they are written, which finds none. Then those
that are to be followed are looked for as ``expand`` does. Each step is a process of its own; on standard error it says
how far it is. Ten million embeds take some 4 GB in FOLDER.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlite_utils import Database

from benchmarks.cases import ROOT
from benchmarks.markdown import markdown_table
from benchmarks.memory import peak_memory
from benchmarks.scale.loading import opened
from cache.load import BATCH, CACHE_KIB
from cache.load_links import LinkKeys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What is promised, in bytes.
MOST_MEMORY: Final = 10**9
_ADD: Final = "INSERT INTO embed_links (embed_id, position, link_id, written, role) VALUES (?, ?, ?, '', ?)"
#: Embeds after which it is said how far it is.
_SAY: Final = 1_000_000


def links_of(embed: int) -> tuple[str, str]:
    """Return the two links of an embed; of ten embeds, the last has those of the one before.

    Codes as t.co makes them have no order, so that every page of the index is written to.

    >>> links_of(9) == links_of(8) != links_of(7)
    True
    """
    code = hashlib.sha256(str(embed - embed % 10 // 9).encode()).hexdigest()
    return f"https://t.co/{code[:10]}", f"https://t.co/{code[10:20]}"


def keep(embeds: int, path: Path) -> dict[str, Any]:
    """Give the links of so many embeds their keys in a new database at *path*, and return what that took."""
    with opened(path):
        pass
    db = Database(path)
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    db.execute("PRAGMA synchronous = OFF")  # the disk is no part of what is measured
    db.execute("DROP INDEX embed_links_by_written")
    keys = LinkKeys(db)
    for first in range(0, embeds, BATCH):
        with db.conn:
            rows = list(_rows(keys, range(first, min(first + BATCH, embeds))))
            keys.write()
            db.conn.executemany(_ADD, rows)
            for _ in keys.observed():
                pass
        if not (first + BATCH) % _SAY:
            said = f"{first + BATCH:,} embeds, {time.process_time():.0f} s, {peak_memory() / 1e6:.0f} MB"
            print(said, file=sys.stderr, flush=True)
    return {"size": path.stat().st_size}


def _rows(keys: LinkKeys, embeds: range) -> Iterator[tuple[int, int, int, str]]:
    for embed in embeds:
        for position, (url, role) in enumerate(zip(links_of(embed), ("link", "media"), strict=True)):
            yield embed, position, keys.of(url), role


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale.distinct", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--embeds", type=int, default=10_000_000, help="how many embeds")
    parser.add_argument("--folder", type=Path, help="where the database is made (a temporary folder)")
    parser.add_argument("--keep", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.keep is not None:
        kept = keep(options.embeds, options.keep)
        print(json.dumps({**kept, "seconds": time.process_time(), "peak": peak_memory()}))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        print(_table(options.embeds, Path(folder)))


def _table(embeds: int, folder: Path) -> str:
    begun = time.monotonic()
    path = str(folder / "provenance.db")
    kept = _child("benchmarks.scale.distinct", "--embeds", str(embeds), "--keep", path)
    found = _child("benchmarks.scale.loading", str(embeds), str(folder), "links")
    minutes = (time.monotonic() - begun) / 60
    promised = f"at most {MOST_MEMORY / 1e6:,.0f} MB"
    lines = [
        ["distinct links", f"{found['links']:,}", ""],
        ["CPU seconds to keep them", f"{kept['seconds']:,.0f} s", ""],
        ["memory for that", f"{kept['peak'] / 1e6:,.0f} MB", promised],
        ["CPU seconds to find those to be followed", f"{found['seconds']:,.0f} s", ""],
        ["memory for that", f"{found['peak'] / 1e6:,.0f} MB", promised],
        ["size of the database", f"{kept['size'] / 1e6:,.0f} MB", ""],
    ]
    table = markdown_table([f"links of {embeds:,} embeds", "measured", "promised"], lines)
    return f"Links of made-up embeds, kept and found in {minutes:.0f} minutes.\n\n{table}"


def _child(module: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
