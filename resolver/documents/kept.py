"""Rows that are needed again after they were read: some inputs can be read only once, others change meanwhile."""

from __future__ import annotations

import pickle
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.documents import Row


class KeptRows:
    """Keeps rows in a temporary file for as long as its block lasts; memory does not grow with their number.

    >>> from resolver.documents import Row, as_document
    >>> with KeptRows() as kept:
    ...     kept.add(Row(as_document("Hello"), {"id": 1}))
    ...     [row.fields for row in kept.rows()]
    [{'id': 1}]
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed at the end of the block

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, row: Row) -> None:
        """Keep a row. Raises :class:`OSError` where the temporary folder is full."""
        pickle.dump(row, self._file)

    def rows(self) -> Iterator[Row]:
        """Yield the rows in the order they were kept."""
        self._file.seek(0)
        with suppress(EOFError):
            while True:
                yield pickle.load(self._file)  # noqa: S301 - a file of our own, which has no name
