"""CSV and its relatives: rows of fields with a separator between them, the first row naming the columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from resolver.documents.decode import detect
from resolver.documents.formats import suffix_of
from resolver.documents.row import LARGEST_DOCUMENT
from resolver.documents.table import Table
from resolver.errors import LossyInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resolver.documents.row import Row, Source

# What separates fields in the wild; the first of those that the header has most of.
_SEPARATORS = ",;\t|"


def read(source: Source) -> Iterator[Row]:
    """Yield the rows as documents; a row without an id is called ``<file>#<row number>``, the header not counted.

    A field that is not UTF-8 is decoded for itself: tables are put together from many sources.
    """
    csv.field_size_limit(LARGEST_DOCUMENT)
    text = io.TextIOWrapper(source.unpacked(), encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _rows(source, _Lines(text))
    finally:
        text.detach()


def _rows(source: Source, lines: _Lines) -> Iterator[Row]:
    tabs = suffix_of(source.name) == ".tsv"
    separator = "\t" if tabs else max(_SEPARATORS, key=lines.first.count)
    rows = csv.DictReader(lines, delimiter=separator, restkey="", restval=None)
    table = Table(source)
    number = 0
    try:
        table.resolve(list(rows.fieldnames or ()))
        for number, fields in enumerate(rows, start=1):
            place = f"row {number}"
            if lines.ended:
                problem = "begins a quoted field that never ends"
                source.damaged(place, problem, "mend its quotation marks; the rest of this file is not read")
                return
            _mend(source, fields, place)
            yield from table.rows(fields, number, place)
    except csv.Error as error:
        source.damaged(f"row {number + 1}", f"is not CSV ({error})", "the rest of this file is not read")


class _Lines:
    """The lines of a table, and whether one more was asked for than there are: within a field, that is."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.first = next(self._lines, "")
        self._next: str | None = self.first
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line, self._next = self._next, None
        if line is None:
            try:
                line = next(self._lines)
            except StopIteration:
                self.ended = True
                raise
        return line


def _mend(source: Source, fields: dict[str, Any], place: str) -> None:
    """Decode the fields that are not UTF-8, and take out what is more than the header names."""
    rest = fields.pop("", None)
    if rest is not None:
        problem, advice = "has more fields than the header", "the extra ones were left out"
        source.report(LossyInputError(f"{source.name}, {place}", problem, advice))
    replaced = 0
    for column, value in fields.items():
        if value is None or value.isascii():
            continue
        try:
            value.encode()
        except UnicodeEncodeError:
            decoded = detect(value.encode("utf-8", "surrogateescape"))
            fields[column] = decoded.text
            replaced += decoded.replaced
    if replaced:
        source.replaced(place, "utf-8", replaced)
