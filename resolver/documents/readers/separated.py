"""CSV and its relatives: rows of fields with a separator between them, the first row naming the columns."""

from __future__ import annotations

import csv
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from resolver.documents.decode import detect
from resolver.documents.formats import suffix_of
from resolver.documents.row import LARGEST_DOCUMENT
from resolver.documents.separated_records import LongRecordError, SeparatedRecords, UnendedRecordError
from resolver.documents.table import Table
from resolver.errors import LossyInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from resolver.documents.columns import Columns
    from resolver.documents.row import Row, Source

# What separates fields in the wild; the first of those that the header has most of.
_SEPARATORS = (b",", b";", b"\t", b"|")


def read(source: Source) -> Iterator[Row]:
    """Yield the rows as documents; a row without an id is called ``<file>#<row number>``, the header not counted.

    A field that is not UTF-8 is decoded for itself: tables are put together from many sources.
    """
    csv.field_size_limit(LARGEST_DOCUMENT)
    records = SeparatedRecords(source.unpacked())
    tabs = suffix_of(source.name) == ".tsv"
    separator = b"\t" if tabs else max(_SEPARATORS, key=records.first_line().count)
    number = 0
    try:
        first = next(records.values(separator, field=0, fields=1), (b"", None))
        header = _fields(first[0], separator)
        table = Table(source)
        columns = table.resolve(header)
        field, is_wanted = _asked(source, columns, header)
        body = min(_number(header, column) for column in (columns.text, columns.html) if column is not None)
        rows = records.values(separator, field=field, fields=len(header))
        for number, (record, value) in enumerate(rows, start=1):
            if value is None or is_wanted(value):
                place = f"row {number}"
                values = _fields(record, separator)
                if len(values) <= body:
                    source.damaged(
                        place, "has no text: it has fewer fields than the header", "nothing is found in it"
                    )
                fields = _named(source, header, values, place)
                yield from table.rows(fields, number, place)
    except UnendedRecordError:
        advice = "mend its quotation marks; the rest of this file is not read"
        source.damaged(f"row {number + 1}", "begins a quoted field that never ends", advice)
    except LongRecordError:
        source.damaged(f"row {number + 1}", "is longer than 256 MiB", "the rest of this file is not read")


def _asked(source: Source, columns: Columns, header: Sequence[str]) -> tuple[int, Callable[[bytes], bool]]:
    """Return which field of the rows is to be asked of, and what tells by it whether a row is to be read."""
    if source.wanted.screen is None or (columns.text is not None and columns.html is not None):
        return 0, lambda _: True
    if columns.text is not None:
        return _number(header, columns.text), source.wanted.screen.text
    return _number(header, columns.html), source.wanted.screen.page


def _number(header: Sequence[str], column: str | None) -> int:
    """Return which column, counted from 0, has a name: of those with the same, the last one counts."""
    return max(number for number, name in enumerate(header) if name == column)


def _fields(record: bytes, separator: bytes) -> list[str]:
    text = record.decode("utf-8", "surrogateescape")
    return next(csv.reader([text], delimiter=separator.decode()), [])


def _named(source: Source, header: Sequence[str], values: list[str], place: str) -> dict[str, Any]:
    """Return the fields of a row by the names of their columns, those decoded that are not UTF-8."""
    if len(values) > len(header):
        problem, advice = "has more fields than the header", "the extra ones were left out"
        source.wanted.report(LossyInputError(f"{source.name}, {place}", problem, advice))
    fields = dict(zip_longest(header, values[: len(header)]))
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
    return fields
