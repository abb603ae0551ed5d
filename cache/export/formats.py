"""Rows as JSON Lines, CSV and Parquet. The same rows are the same bytes, by the same version of what writes them."""

from __future__ import annotations

import json
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cache.export.columns import Column

    Rows = Iterable[tuple[Any, ...]]

#: How many rows of Parquet are written in one go.
GROUP = 10_000
#: What makes a formula of a cell in a spreadsheet, in its usual and its full width form.
#: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_jsonl(out: IO[bytes], columns: Sequence[Column], rows: Rows) -> None:
    """Write each row as an object with every column, ``null`` included; columns that hold JSON as that."""
    for row in rows:
        values = {
            column.name: json.loads(value) if value is not None and column.is_json else value
            for column, value in zip(columns, row, strict=True)
        }
        out.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")


def write_csv(out: IO[bytes], columns: Sequence[Column], rows: Rows) -> None:
    """Write the rows with a head (RFC 4180), every value in quotation marks but ``NULL``, which is nothing at all.

    A text that a spreadsheet would take for a formula has an apostrophe before it: JSON Lines and Parquet have
    every text as it is.
    """
    out.write(_csv_line(column.name for column in columns))
    for row in rows:
        out.write(_csv_line(row))


def write_parquet(out: IO[bytes], columns: Sequence[Column], rows: Rows) -> None:
    """Write the rows as texts, 64-bit integers and 64-bit floats. Needs pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise StoreError(
            "Parquet", "pyarrow is not installed", "pip install 'embed-resolver[corpus]'"
        ) from error
    types = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}
    schema = pa.schema([(column.name, types[column.type]) for column in columns])
    with parquet.ParquetWriter(out, schema) as writer:
        for group in _groups(rows):
            arrays = [
                pa.array(values, type=field.type)
                for values, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _csv_line(values: Iterable[Any]) -> bytes:
    return (",".join(map(_csv_value, values)) + "\r\n").encode()


def _csv_value(value: Any) -> str:
    """Return a value as a cell.

    >>> print(_csv_value("no"), _csv_value("=1+1"), _csv_value(7), sep=",")
    "no","'=1+1","7"
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        value = f"'{value}"
    return '"' + str(value).replace('"', '""') + '"'


def _groups(rows: Rows) -> Iterator[list[tuple[Any, ...]]]:
    rows = iter(rows)
    while group := list(islice(rows, GROUP)):
        yield group
