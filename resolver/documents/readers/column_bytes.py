"""The values of a column of Parquet as they lie in memory, so that no string is made of those that hold nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from resolver.documents.decode import is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.documents.columns import Columns
    from resolver.documents.screen import Screen


def rows_to_read(screen: Screen | None, columns: Columns | None, batch: Any) -> Sequence[int]:
    """Return which rows of a *batch* have a text or HTML that is to be read, as numbers from 0, in their order.

    All where a document may be both, or where the column is not of strings or bytes.
    """
    every = range(batch.num_rows)
    if screen is None or columns is None or (columns.text is not None and columns.html is not None):
        return every
    name = columns.html if columns.text is None else columns.text
    # Of columns with the same name, the last one counts.
    numbers = batch.schema.get_all_field_indices(name)
    values = _values(batch.column(numbers[-1])) if numbers else None
    if values is None:
        return every
    html = columns.text is None
    ask = screen.page if html else screen.text
    return [row for row, value in enumerate(values) if not is_plain(value, html=html) or ask(value)]


def _values(column: Any) -> Iterator[memoryview] | None:
    """Return the values of a column of strings or bytes; ``None`` where it is of something else.

    They lie one after the other (Apache Arrow's variable-size binary layout), one that is missing as an empty one.
    """
    from pyarrow import types

    kind = column.type
    large = types.is_large_string(kind) or types.is_large_binary(kind)
    if not (large or types.is_string(kind) or types.is_binary(kind)):
        return None
    _, offsets, data = column.buffers()
    if offsets is None:
        return None
    places = memoryview(offsets).cast("q" if large else "i")[column.offset :][: len(column) + 1].tolist()
    stored = memoryview(data or b"")
    return (stored[start:end] for start, end in pairwise(places))
