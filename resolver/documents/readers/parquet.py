"""Parquet, by pyarrow: row group by row group, so that a damaged one costs no other."""

from __future__ import annotations

import base64
import math
from datetime import date, datetime, time
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from resolver.documents.decode import decode
from resolver.documents.readers.column_bytes import rows_to_read
from resolver.documents.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.documents.row import Row, Source

# Rows that are in memory at once, and what is read ahead of each column, in bytes: documents may be large.
_BATCH = 64
_READ_AHEAD = 1024 * 1024


def read(source: Source) -> Iterator[Row]:
    """Yield the rows as documents; a row without an id is called ``<file>#<row number>``.

    Values that JSON does not have are written as text: times as ISO 8601, bytes in base64.
    """
    if source.compression is not None or not source.stream.seekable():
        problem = "is Parquet that comes through a pipe or is compressed, and has to be read from its end"
        source.damaged("", problem, "give it as a file of its own")
        return
    yield from read_row_groups(source, 0, None)


def read_row_groups(source: Source, begin: int, end: int | None) -> Iterator[Row]:
    """Yield the rows of the row groups from *begin* to *end*, numbered as in the whole file."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(source.stream, buffer_size=_READ_AHEAD, pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        source.damaged("", f"is no whole Parquet file ({_first_line(error)})", "fetch it again")
        return
    table = Table(source)
    wanted = _wanted(source, table, file.schema_arrow)
    counts = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
    before = [0, *accumulate(counts)]
    for group in range(len(counts))[begin:end]:
        yield from _read_group(source, table, file, wanted, group, before[group] + 1)


def _wanted(source: Source, table: Table, schema: Any) -> list[str] | None:
    """Return the columns that have to be read; ``None`` for all. Raises ColumnError as the table does."""
    columns = table.resolve(list(_names(schema)))
    if source.wanted.all_fields:
        return None
    return [name for name in (columns.text, columns.html, columns.id, columns.url, columns.date) if name]


def _names(fields: Any, prefix: str = "") -> Iterator[str]:
    from pyarrow import types

    for field in fields:
        yield prefix + field.name
        if types.is_struct(field.type):
            yield from _names(
                [field.type.field(index) for index in range(field.type.num_fields)], f"{prefix}{field.name}."
            )


def _read_group(
    source: Source, table: Table, file: Any, wanted: Sequence[str] | None, group: int, first: int
) -> Iterator[Row]:
    import pyarrow as pa

    number = first
    try:
        batches = file.iter_batches(batch_size=_BATCH, row_groups=[group], columns=wanted, use_threads=False)
        for batch in batches:
            wanted_rows = rows_to_read(source.wanted.screen, table.first, batch)
            if wanted_rows:
                yield from _rows(source, table, batch, wanted_rows, number)
            number += batch.num_rows
    except (pa.ArrowException, OSError, ValueError) as error:
        rows = f"rows {number} to {first + file.metadata.row_group(group).num_rows - 1}"
        source.damaged(f"row group {group}, {rows}", f"is damaged ({_first_line(error)})")


def _rows(source: Source, table: Table, batch: Any, wanted: Sequence[int], first: int) -> Iterator[Row]:
    """Yield those rows of a *batch* that are *wanted*; its own first one is number *first* of the file."""
    import pyarrow as pa

    if len(wanted) < batch.num_rows:
        batch = batch.take(pa.array(wanted, pa.int64()))
    numbers = [first + row for row in wanted]
    for number, fields in zip(numbers, _dicts(source, batch, numbers), strict=True):
        yield from table.rows(fields, number, f"row {number}")


def _dicts(source: Source, batch: Any, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a batch as JSON has them, with what is text in bytes decoded."""
    columns = [_values(source, column, numbers) for column in batch.columns]
    for values in zip(*columns, strict=True):
        yield dict(zip(batch.schema.names, values, strict=True))


def _values(source: Source, column: Any, numbers: Sequence[int]) -> list[Any]:
    import pyarrow as pa
    from pyarrow import types

    kind = column.type
    if types.is_string(kind) or types.is_large_string(kind):
        try:
            return list(column.to_pylist())
        except UnicodeDecodeError:
            column = column.cast(pa.large_binary())
            kind = column.type
    try:
        values = column.to_pylist()
    except (
        OverflowError,
        ValueError,
    ):  # times that Python does not have: before its first year, or of nanoseconds
        values = [_value(scalar) for scalar in column]
    if types.is_binary(kind) or types.is_large_binary(kind):
        return [_decoded(source, value, number) for number, value in zip(numbers, values, strict=True)]
    if types.is_integer(kind) or types.is_boolean(kind):
        return list(values)
    return [_plain(value) for value in values]


def _value(scalar: Any) -> Any:
    """Return a value, times that Python does not have as text."""
    import pyarrow as pa

    try:
        return scalar.as_py()
    except (OverflowError, ValueError):
        if isinstance(scalar, pa.ListScalar):
            return [_value(inner) for inner in scalar.values]
        if isinstance(scalar, pa.StructScalar):
            return {name: _value(inner) for name, inner in scalar.items()}
        return scalar.cast(pa.string()).as_py()


def _decoded(source: Source, value: bytes | None, number: int) -> str | None:
    if value is None:
        return None
    decoded = decode(value)
    if decoded.replaced:
        source.replaced(f"row {number}", decoded.encoding, decoded.replaced)
    return decoded.text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value if value is None or isinstance(value, (str, int)) else str(value)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200].strip().rstrip(".")
