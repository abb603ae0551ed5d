"""The values of a column of Parquet as they lie in memory, so that no string is made of those that hold nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resolver.documents.decode import is_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.documents.columns import Columns
    from resolver.documents.screen import Screen


def rows_to_read(screen: Screen | None, columns: Columns | None, batch: Any) -> Sequence[int]:
    """Return which rows of a *batch* have a text or HTML that is to be read, as numbers from 0, in their order."""
    every = range(batch.num_rows)
    if screen is None or columns is None:
        return every
    present = batch.schema.names
    if any(name is not None and name not in present for name in (columns.text, columns.html)):
        return every
    texts = None if columns.text is None else _bytes_of(batch.column(columns.text))
    pages = None if columns.html is None else _bytes_of(batch.column(columns.html))
    if (texts is None) != (columns.text is None) or (pages is None) != (columns.html is None):
        return every
    return [row for row in every if _is_wanted(screen, texts, pages, row)]


def _is_wanted(screen: Screen, texts: _Values | None, pages: _Values | None, row: int) -> bool:
    if texts is not None and pages is not None:
        return True
    if texts is not None:
        text = texts[row]
        return not is_plain(text, html=False) or screen.text(text)
    page = pages[row] if pages is not None else memoryview(b"")
    return not is_plain(page, html=True) or screen.page(page)


class _Values:
    """The values of a column with offsets (Apache Arrow's variable-size binary layout)."""

    def __init__(self, data: memoryview, offsets: memoryview) -> None:
        self._data = data
        self._offsets = offsets

    def __getitem__(self, row: int) -> memoryview:
        return self._data[self._offsets[row] : self._offsets[row + 1]]


def _bytes_of(column: Any) -> _Values | None:
    """Return the values of a column of strings or bytes; ``None`` where it is of something else."""
    from pyarrow import types

    kind = column.type
    large = types.is_large_string(kind) or types.is_large_binary(kind)
    if not (large or types.is_string(kind) or types.is_binary(kind)):
        return None
    _, offsets, data = column.buffers()
    if offsets is None:
        return None
    return _Values(memoryview(data or b""), memoryview(offsets).cast("q" if large else "i")[column.offset :])
