"""Read inputs one row at a time, whatever files they are."""

from __future__ import annotations

import os
from io import BufferedReader, FileIO
from typing import TYPE_CHECKING, Any

from resolver.documents.columns import Columns
from resolver.documents.pipe import begun
from resolver.documents.places import is_address, places, unreadable
from resolver.documents.row import Row, Wanted
from resolver.documents.stream import BUFFER, read_stream
from resolver.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from _typeshed import WriteableBuffer

    from resolver.documents.row import Report
    from resolver.documents.screen import Screen

__all__ = ["STANDARD_INPUT", "Columns", "Row", "read"]

STANDARD_INPUT = "-"


def read(
    inputs: Iterable[str],
    *,
    columns: Columns | None = None,
    report: Report,
    standard_input: BufferedReader[Any] | None = None,
    all_fields: bool = True,
    screen: Screen | None = None,
    output: str | None = None,
    taken: Callable[[int], None] = lambda _: None,
) -> Iterator[Row]:
    """Yield the documents of *inputs* in order, each when it is asked for: memory does not grow with their number.

    An input is the path of a file or folder, a pattern (``corpus/*.jsonl``), an address (``s3://...``) where fsspec
    is installed, or ``-`` for *standard_input*. What a file is, is told by its suffix, else by its first bytes; it
    may be compressed. *columns* names the columns of tables, guessed where it does not; without *all_fields* a row's
    fields need not be more than what its document is made of, which is less to read. A file that is the *output* of
    an earlier run is not an input because it stands in their folder or fits their pattern. Nothing is raised for what
    an input is: what cannot be read is given to *report*, once per file or row, and the rest is read.

    With a *screen*, what it says holds nothing is not yielded, and as far as can be not decoded: that of text, HTML,
    CSV, JSON Lines, Parquet, WARC, WET and WordPress exports. *taken* is told how many bytes were read, as they are
    stored, whenever some were.
    """
    wanted = Wanted(report=report, columns=columns or Columns(), all_fields=all_fields, screen=screen)
    for name in inputs:
        try:
            if name == STANDARD_INPUT and standard_input is not None:
                yield from read_stream(begun(standard_input, buffer=BUFFER, taken=taken), "stdin", wanted)
                continue
            for place in places(name, report):
                if place != name and output is not None and _is_same_file(place, output):
                    continue
                yield from _read_place(place, wanted, taken)
        except OSError as error:
            report(unreadable(error, name))
        except InputError as error:
            report(error)


def _is_same_file(name: str, other: str) -> bool:
    return os.path.realpath(name) == os.path.realpath(other)


def _read_place(name: str, wanted: Wanted, taken: Callable[[int], None]) -> Iterator[Row]:
    """Read one file; what is wrong with it does not end the folder or pattern that it is of."""
    try:
        with _open(name, taken) as stream:
            yield from read_stream(stream, name, wanted)
    except OSError as error:
        wanted.report(unreadable(error, name))
    except InputError as error:
        wanted.report(error)


def _open(name: str, taken: Callable[[int], None]) -> BufferedReader[Any]:
    if is_address(name):
        from resolver.documents.remote import open_address

        return open_address(name)
    return BufferedReader(_File(name, taken), BUFFER)


class _File(FileIO):
    def __init__(self, name: str, taken: Callable[[int], None]) -> None:
        super().__init__(name)
        self._taken = taken

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        count = super().readinto(buffer)
        self._taken(count)
        return count
