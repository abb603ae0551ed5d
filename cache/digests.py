"""A hash for each row and what belongs to it, so that a single bit that flips on the disk is found.

The hash is made of what the database gives back, not of what it was given, and within the same transaction
(:mod:`cache.seals` keeps it). A column that is ``NULL`` does not count, so that a later version can add columns and
every hash still holds.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlite_utils import Database

#: What is hashed together, by the table whose key it goes by: the row itself, then the rows that belong to it.
UNITS: Mapping[str, tuple[str, ...]] = {
    "runs": ("SELECT * FROM runs WHERE id = ?",),
    "documents": ("SELECT * FROM documents WHERE id = ?",),
    "links": ("SELECT * FROM links WHERE id = ?",),
    "embeds": (
        "SELECT * FROM embeds WHERE id = ?",
        "SELECT * FROM embed_links WHERE embed_id = ? ORDER BY position",
    ),
    "observations": (
        "SELECT * FROM observations WHERE id = ?",
        "SELECT * FROM hops WHERE observation_id = ? ORDER BY number",
    ),
    "captures": ("SELECT * FROM captures WHERE id = ?",),
    "identifications": (
        "SELECT * FROM identifications WHERE embed_id = ?",
        "SELECT * FROM checks WHERE embed_id = ? ORDER BY position",
    ),
    "examinations": ("SELECT * FROM examinations WHERE observation_id = ?",),
    "findings": ("SELECT * FROM findings WHERE link_id = ?",),
    "mementos": ("SELECT * FROM mementos WHERE id = ?",),
}
#: The primary key of each of these tables.
KEYS: Mapping[str, str] = dict.fromkeys(UNITS, "id") | {
    "identifications": "embed_id",
    "examinations": "observation_id",
    "findings": "link_id",
}


def keys(db: Database, table: str) -> list[int]:
    """Return the primary keys of one of the tables, in order."""
    return [key for (key,) in db.execute(f"SELECT {KEYS[table]} FROM {table} ORDER BY 1").fetchall()]  # noqa: S608


def unit(db: Database, table: str, key: int) -> Iterator[dict[str, Any]]:
    """Yield a row, then those that belong to it, as columns and values."""
    for query in UNITS[table]:
        cursor = db.execute(query, (key,))
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def digest(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the hex SHA-256 of rows, which any tool can take that writes JSON.

    >>> digest([{"id": 1, "url": "https://t.co/x", "host": None}])[:16]
    '151f605f56b2184d'
    >>> import hashlib
    >>> hashlib.sha256(b'[{"id":1,"url":"https://t.co/x"}]').hexdigest()[:16]
    '151f605f56b2184d'
    """
    known = [{name: value for name, value in row.items() if value is not None} for row in rows]
    text = json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=blob)
    # What a flipped bit has made of a text need not be UTF-8.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def blob(value: bytes) -> dict[str, str]:
    """Return what stands for bytes: no column holds any, but a bit that flips can make some of a text.

    >>> blob(b"x")
    {'blob': '78'}
    """
    return {"blob": value.hex()}
