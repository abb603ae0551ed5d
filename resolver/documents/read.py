"""Read inputs one row at a time: files of text and HTML, folders, JSON Lines, CSV, standard input."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolver.documents.columns import Columns
from resolver.documents.decode import decode
from resolver.documents.document import as_document, date_line
from resolver.errors import InputError, LossyInputError
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["STANDARD_INPUT", "Columns", "Row", "read"]

STANDARD_INPUT = "-"

_TEXT = frozenset({".txt", ".text", ".md"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_CSV = frozenset({".csv", ".tsv"})

# A byte that is not UTF-8, as the error handler "surrogateescape" marks it.
_UNDECODED = re.compile("[\udc80-\udcff]")

#: The longest line of a table, and the largest single file, that is read: in bytes.
LONGEST_LINE = 256 * 1024 * 1024
LARGEST_FILE = 1024 * 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One document as it was read, and the row it came in, which is written out again with its embeds."""

    document: Document
    fields: dict[str, Any]


def read(
    inputs: Iterable[str],
    *,
    columns: Columns | None = None,
    report: Callable[[InputError], None],
    standard_input: io.BufferedReader[Any] | None = None,
) -> Iterator[Row]:
    """Yield the documents of *inputs* in order, each when it is asked for: memory does not grow with their number.

    An input is the path of a file or folder, or ``-`` for *standard_input*; *columns* names the columns of tables,
    guessed where it does not. Nothing is raised for what an input is: what cannot be read is given to *report*,
    once per file or row, and the rest is read.
    """
    columns = columns or Columns()
    for name in inputs:
        try:
            if name == STANDARD_INPUT and standard_input is not None:
                yield from _read_stream(standard_input, "stdin", "", columns, report)
            else:
                yield from _read_path(Path(name), columns, report)
        except OSError as error:
            report(InputError(name, _why(error), "check the path and its permissions"))
        except InputError as error:
            report(error)


def _read_path(path: Path, columns: Columns, report: Callable[[InputError], None]) -> Iterator[Row]:
    if path.is_dir():
        yield from _read_folder(path, columns, report)
        return
    with path.open("rb") as stream:
        yield from _read_stream(stream, str(path), path.suffix.lower(), columns, report)


def _read_folder(folder: Path, columns: Columns, report: Callable[[InputError], None]) -> Iterator[Row]:
    """Read what has a known suffix, folder by folder in the order of names; hidden ones are passed over."""
    found = False
    for where, folders, files in os.walk(folder, onerror=lambda error: report(_unreadable(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(where) / name
            if path.suffix.lower() in _TEXT | _HTML | _JSON_LINES | _CSV and not name.startswith("."):
                found = True
                yield from read([str(path)], columns=columns, report=report)
    if not found:
        known = " ".join(sorted(_TEXT | _HTML | _JSON_LINES | _CSV))
        report(InputError(str(folder), "no file in this folder can be read", f"known are {known}"))


def _read_stream(
    stream: io.BufferedReader[Any],
    name: str,
    suffix: str,
    columns: Columns,
    report: Callable[[InputError], None],
) -> Iterator[Row]:
    start = stream.peek(1)[:4096]
    if not start:
        report(InputError(name, "is empty", "there is nothing to find in it"))
    elif suffix in _JSON_LINES or (suffix not in _TEXT | _HTML | _CSV and start.lstrip()[:1] == b"{"):
        yield from _read_json_lines(stream, name, columns, report)
    elif suffix in _CSV:
        yield from _read_csv(stream, name, columns, report, delimiter="\t" if suffix == ".tsv" else ",")
    else:
        yield from _read_whole(stream, name, suffix, report)


def _read_whole(
    stream: io.BufferedReader[Any], name: str, suffix: str, report: Callable[[InputError], None]
) -> Iterator[Row]:
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        report(InputError(name, "is larger than 1 GiB", "split it, or give it as JSON Lines"))
        return
    decoded = decode(data)
    if "\0" in decoded.text[:4096]:
        report(InputError(name, "is not text", "only text, HTML, JSON Lines and CSV can be read"))
        return
    if decoded.replaced:
        report(_replaced(name, decoded.encoding, decoded.replaced))
    if suffix in _TEXT:
        document = Document(id=name, text=decoded.text, date=date_line(decoded.text))
    elif suffix in _HTML:
        document = Document(id=name, html=decoded.text)
    else:
        document = as_document(decoded.text, name=name)
    fields = {"id": name, "date": document.date, "text": document.text, "html": document.html}
    yield Row(document, {key: value for key, value in fields.items() if value is not None})


def _read_json_lines(
    stream: io.BufferedReader[Any], name: str, columns: Columns, report: Callable[[InputError], None]
) -> Iterator[Row]:
    resolved: Columns | None = None
    for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE + 1), b""), start=1):
        place = f"{name}, line {number}"
        if len(line) > LONGEST_LINE:
            report(InputError(place, "is longer than 256 MiB", "the rest of this file is not read"))
            return
        if not line.strip():
            continue
        decoded = decode(line)
        if decoded.replaced:
            report(_replaced(place, decoded.encoding, decoded.replaced))
        try:
            fields = json.loads(decoded.text)
        except (ValueError, RecursionError) as error:
            report(InputError(place, f"is not JSON ({error})", "mend or remove that line"))
            continue
        if not isinstance(fields, dict):
            report(InputError(place, "is not a JSON object", "one object per line is expected"))
            continue
        resolved = resolved or columns.resolve(name, list(fields))
        yield from _row(fields, f"{name}#{number}", place, resolved, report)


def _read_csv(
    stream: io.BufferedReader[Any],
    name: str,
    columns: Columns,
    report: Callable[[InputError], None],
    *,
    delimiter: str,
) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_LINE)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    rows = csv.DictReader(text, delimiter=delimiter, restkey="", restval=None)
    number = 0
    try:
        resolved = columns.resolve(name, list(rows.fieldnames or ()))
        for number, fields in enumerate(rows, start=1):
            rest = fields.pop("", None)
            place = f"{name}, row {number}"
            undecoded = _replace_undecoded(fields)
            if undecoded:
                report(_replaced(place, "utf-8", undecoded))
            if rest is not None:
                report(
                    LossyInputError(place, "has more fields than the header", "the extra ones were left out")
                )
            yield from _row(fields, f"{name}#{number}", place, resolved, report)
    except csv.Error as error:
        report(
            InputError(
                f"{name}, row {number + 1}", f"is not CSV ({error})", "the rest of this file is not read"
            )
        )
    finally:
        text.detach()


def _row(
    fields: dict[str, Any],
    default_id: str,
    place: str,
    columns: Columns,
    report: Callable[[InputError], None],
) -> Iterator[Row]:
    """Yield the row as a document, or report what is wrong with it."""
    text, html = (columns.value(fields, column) for column in (columns.text, columns.html))
    if text is None and html is None:
        wanted = " or ".join(repr(column) for column in (columns.text, columns.html) if column)
        report(InputError(place, f"has no text in column {wanted}", "it was passed over"))
        return
    document = Document(
        id=columns.value(fields, columns.id) or default_id,
        text=text,
        html=html,
        url=columns.value(fields, columns.url),
        date=columns.value(fields, columns.date) or (date_line(text) if text else None),
    )
    yield Row(document, fields)


def _replace_undecoded(fields: dict[str, Any]) -> int:
    """Put U+FFFD where a byte could not be decoded, and return how often."""
    count = 0
    for column, value in fields.items():
        if value is not None and (found := len(_UNDECODED.findall(value))):
            fields[column] = _UNDECODED.sub("\ufffd", value)
            count += found
    return count


def _replaced(place: str, encoding: str, count: int) -> InputError:
    return LossyInputError(
        place, f"{count} characters could not be read in {encoding}", "they stand as U+FFFD"
    )


def _unreadable(error: OSError) -> InputError:
    return InputError(str(error.filename), _why(error), "check its permissions")


def _why(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return (strerror or str(error)).lower()
