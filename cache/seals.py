"""The hashes of rows that are written: gathered, and taken of many rows at once before their transaction ends.

They are those of :func:`cache.digests.digest`. The JSON of a row is put together here, in a fifth of the time that the
library takes, since each row that is written is hashed. It is the same JSON, which the tests hold for rows of any kind.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from json.encoder import encode_basestring
from math import isfinite
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cache.digests import UNITS, blob, keys
from cache.key_lists import key_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sqlite_utils import Database

    from cache.values import Value

_KEEP = """
INSERT INTO digests (table_name, key, sha256) VALUES (?, ?, ?)
ON CONFLICT (table_name, key) DO UPDATE SET sha256 = excluded.sha256
"""
_REMOVE = "DELETE FROM digests WHERE table_name = ? AND key = ?"
#: The column that a query of UNITS finds its rows by, and the one that orders those of one key.
_BY = re.compile(r"WHERE (\w+) = \?(?: ORDER BY (\w+))?")
_BETWEEN = "BETWEEN ? AND ?"


class Seals:
    """The rows that a transaction has written and that are yet to be hashed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._due: dict[str, set[int]] = {}

    def add(self, table: str, key: int) -> None:
        """Have the hash of a row kept, as it is when the transaction ends; none where it is gone by then."""
        self._due.setdefault(table, set()).add(key)

    def remove(self, table: str, keys: Iterable[int]) -> None:
        """Remove the hashes of rows that are taken out."""
        self._db.conn.executemany(_REMOVE, ((table, key) for key in keys))

    def write(self) -> None:
        """Keep what is due. To be called in the transaction that has written the rows."""
        for table, due in self._due.items():
            seal(self._db, table, due)
        self._due.clear()

    def forget(self) -> None:
        """Keep nothing, as the transaction was undone."""
        self._due.clear()


def seal(db: Database, table: str, due: Iterable[int]) -> None:
    """Keep the hashes of the rows with these keys. To be called in the transaction that has written them."""
    for condition, parameters in key_lists(due):
        _keep(db, table, condition, parameters)


def seal_range(db: Database, table: str, first: int, last: int) -> None:
    """Keep the hashes of the rows from key *first* to *last*. To be called in their transaction."""
    _keep(db, table, _BETWEEN, (first, last))


def seal_all(db: Database) -> None:
    """Keep the hash of every row, as when they were written by a version that kept none."""
    for table in UNITS:
        seal(db, table, keys(db, table))


def _keep(db: Database, table: str, found_by: str, parameters: Sequence[int]) -> None:
    units: dict[int, list[str]] = {}
    for query in UNITS[table]:
        by, statement = _statement(query, found_by)
        cursor = db.conn.execute(statement, parameters)
        place, labels, in_order = _shape(tuple(column[0] for column in cursor.description), by)
        for row in cursor:
            units.setdefault(row[place], []).append(row_json(labels, in_order(row)))
    db.conn.executemany(_KEEP, _hashes(table, units))


def _hashes(table: str, units: Mapping[int, Sequence[str]]) -> Iterator[tuple[str, int, str]]:
    for key, rows in units.items():
        yield table, key, hashlib.sha256(f"[{','.join(rows)}]".encode()).hexdigest()


@cache
def _statement(query: str, found_by: str) -> tuple[str, str]:
    """Return the column by which a query of UNITS finds its rows, and the query for the rows of many keys."""
    ((by, then),) = _BY.findall(query)
    return by, _BY.sub(f"WHERE {by} {found_by} ORDER BY {by}{', ' if then else ''}{then}", query)


@cache
def _shape(names: tuple[str, ...], by: str) -> tuple[int, list[str], Callable[[Any], tuple[Value, ...]]]:
    """Return the place of the column *by*, the labels of a row's values in JSON, and what puts them in that order."""
    in_order = sorted(range(len(names)), key=names.__getitem__)
    return (
        names.index(by),
        [f"{encode_basestring(names[place])}:" for place in in_order],
        itemgetter(*in_order),
    )


def row_json(labels: Iterable[str], values: Iterable[Value]) -> str:
    """Return a row as a JSON object without its NULLs, as :func:`cache.digests.digest` has it.

    >>> row_json(['"id":', '"text":', '"url":'], [1, None, "https://t.co/x"])
    '{"id":1,"url":"https://t.co/x"}'
    """
    parts = [
        label + (encode_basestring(value) if type(value) is str else _AS_JSON[type(value)](value))
        for label, value in zip(labels, values, strict=True)
        if value is not None
    ]
    return "{" + ",".join(parts) + "}"


def _number(value: float) -> str:
    # The library has names of its own for what is no number.
    return repr(value) if isfinite(value) else json.dumps(value)


def _bytes(value: bytes) -> str:
    return json.dumps(blob(value), separators=(",", ":"))


#: What the library writes for each type, by the functions that it does that with.
_AS_JSON: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    float: _number,
    bytes: _bytes,
}
