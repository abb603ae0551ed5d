"""The links of an audit as CSV (RFC 4180) that a spreadsheet can open without harm."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from resolver.render.audit_row import COLUMNS, audit_row
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resolver.findings import Occurrence
    from resolver.render.audit_row import Value
    from resolver.render.statistics import Statistics

#: What makes a spreadsheet take a text for a formula, full-width forms included
#: (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


class Spreadsheet:
    r"""Writes one line for each link, under a line with the names.

    A text that a spreadsheet would take for a formula begins with an apostrophe, which it takes as the sign of a
    text; control characters become spaces.

    >>> Spreadsheet().begin().split(",")[:2]
    ['document', 'document_url']
    """

    def begin(self) -> str:
        """Return the line with the names."""
        return _line(COLUMNS)

    def row(self, occurrence: Occurrence) -> str:
        """Return the line of one link."""
        return _line(map(cell, audit_row(occurrence).values()))

    def end(self, _statistics: Statistics) -> Iterator[str]:
        """Yield nothing: CSV has no end."""
        yield from ()


def cell(value: Value) -> str:
    """Return a value as the text of a cell; several texts are joined by semicolons.

    >>> cell("=HYPERLINK(1)"), cell(None), cell(True), cell(["404", "3 times"])
    ("'=HYPERLINK(1)", '', 'true', '404; 3 times')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    text = safe(value if isinstance(value, str) else "; ".join(value))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
