"""Some of the row groups of a Parquet file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.documents.readers import parquet as whole
from resolver.documents.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.documents.row import Row, Source


def read_row_groups(source: Source, begin: int, end: int | None) -> Iterator[Row]:
    """Yield the rows of the row groups from *begin* to *end* as documents, numbered as in the whole file."""
    from pyarrow import ArrowException, parquet

    try:
        file = parquet.ParquetFile(source.stream, buffer_size=whole._READ_AHEAD, pre_buffer=False)
    except (ArrowException, OSError, ValueError) as error:
        source.damaged("", f"is no whole Parquet file ({whole._first_line(error)})", "fetch it again")
        return
    table = Table(source)
    wanted = whole._wanted(source, table, file.schema_arrow)
    counts = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
    for group in range(len(counts))[begin:end]:
        yield from whole._read_group(source, table, file, wanted, group, 1 + sum(counts[:group]))
