"""The hashes of many rows at once: those of :func:`cache.digests.seal`, for rows whose keys follow one another.

Three of four rows that are written while loading are small, and there are many: so their JSON is put together here,
in a fifth of the time, and not by the library. It is the same JSON, which the tests hold for rows of any kind.
"""

from __future__ import annotations

import hashlib
import json
import re
from json.encoder import encode_basestring
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cache.digests import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlite_utils import Database

    from cache.values import Value

_KEEP = "INSERT INTO digests (table_name, key, sha256) VALUES (?, ?, ?)"
#: What the library writes for each type, by the functions that it does that with.
_AS_JSON: Mapping[type, Callable[[Any], str]] = {str: encode_basestring, int: int.__repr__, float: json.dumps}
#: The column that a query of UNITS finds its rows by.
_BY = re.compile(r"WHERE (\w+) = \?")


def seal_range(db: Database, table: str, first: int, last: int) -> None:
    """Keep the hashes of the new rows from key *first* to *last*. To be called in their transaction."""
    units: dict[int, list[str]] = {key: [] for key in range(first, last + 1)}
    for query in UNITS[table]:
        cursor = db.conn.execute(_BY.sub(r"WHERE \1 BETWEEN ? AND ?", query), (first, last))
        names = [column[0] for column in cursor.description]
        by = names.index(_BY.findall(query)[0])
        in_order = itemgetter(*sorted(range(len(names)), key=names.__getitem__))
        labels = [f"{encode_basestring(name)}:" for name in sorted(names)]
        for row in cursor:
            units[row[by]].append(row_json(labels, in_order(row)))
    db.conn.executemany(_KEEP, ((table, key, _digest(rows)) for key, rows in units.items()))


def row_json(labels: Sequence[str], values: Iterable[Value]) -> str:
    """Return a row as a JSON object without its NULLs, as :func:`cache.digests.digest` has it.

    >>> row_json(['"id":', '"text":', '"url":'], [1, None, "https://t.co/x"])
    '{"id":1,"url":"https://t.co/x"}'
    """
    parts = [
        label + _AS_JSON[type(value)](value)
        for label, value in zip(labels, values, strict=True)
        if value is not None
    ]
    return "{" + ",".join(parts) + "}"


def _digest(rows: Sequence[str]) -> str:
    return hashlib.sha256(f"[{','.join(rows)}]".encode()).hexdigest()
