"""How many flipped bits an examination finds, of those that change what a database says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cache.doctor import examine
from resolver.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from benchmarks.durability_runs import Runs


@dataclass(frozen=True)
class Flips:
    """How many bits were flipped, how many of these changed anything, and how many of those were found."""

    flipped: int
    changed: int
    found: int

    def __str__(self) -> str:
        """Return that in a sentence.

        >>> print(Flips(flipped=40, changed=10, found=10))
        Of 40 bits, each flipped alone, 10 changed something that the database says; `doctor` found 10 of these.
        """
        return (
            f"Of {self.flipped} bits, each flipped alone, {self.changed} changed something that the database says; "
            f"`doctor` found {self.found} of these."
        )


def flip_bits(runs: Runs, count: int, folder: Path, random: Random) -> Flips:
    """Flip so many bits of a database, one at a time, and examine it after each."""
    path = folder / "whole.db"
    runs.run(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    return flip_bits_of(path, count, random)


def flip_bits_of(path: Path, count: int, random: Random) -> Flips:
    """Flip so many bits in copies of the database at *path*, one in each, and examine them."""
    whole, before = path.read_bytes(), content(path)
    damaged = path.with_name("damaged.db")
    changed = found = 0
    for bit in random.sample(range(len(whole) * 8), count):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        damaged.write_bytes(flipped)
        if content(damaged) != before:
            changed += 1
            found += _is_found(damaged)
    return Flips(count, changed, found)


def content(path: Path) -> Any:
    """Return every row of our tables, and the schema; ``None`` where not all of that can be read.

    What SQLite and the full-text index keep for themselves is not among it.
    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.text_factory = bytes
            schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            names = [name.decode() for kind, name, *_ in schema if kind == b"table"]
            ours = [name for name in names if not name.startswith(("embeds_fts", "sqlite_", "_sqlite"))]
            return schema, [connection.execute(f"SELECT * FROM {name}").fetchall() for name in ours]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None


def _is_found(path: Path) -> bool:
    try:
        return not examine(path).is_sound
    except StoreError:
        return True
