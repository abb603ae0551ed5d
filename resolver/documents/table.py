"""The rows of a table as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resolver.documents.columns import Columns, at, names
from resolver.documents.document import date_line
from resolver.documents.presets import recognised
from resolver.documents.published import published
from resolver.documents.row import Row
from resolver.errors import ColumnError
from resolver.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from resolver.documents.row import Source

#: Tables in which each row has columns of its own are not remembered further.
_MOST_FORMS = 1000


class Table:
    """A table whose rows become documents, by columns that are found once for all rows of one form."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._first: Columns | None = None
        self._forms: dict[tuple[str, ...], Columns] = {}

    @property
    def first(self) -> Columns | None:
        """The columns of the first of its rows; ``None`` where none is known yet."""
        return self._first

    @property
    def has_html(self) -> bool:
        """Whether one of its columns is HTML."""
        return any(columns.html is not None for columns in self._forms.values())

    def resolve(self, present: Sequence[str]) -> Columns:
        """Return the columns of rows that have the columns *present*.

        Raises :class:`~resolver.errors.ColumnError` where the first row does not have those that are needed; a
        later one that does not is read by the columns of the first.
        """
        try:
            found = self._source.wanted.columns.resolve(self._source.name, present, recognised(present))
        except ColumnError:
            if self._first is None:
                raise
            return self._first
        self._first = self._first or found
        return found

    def rows(self, fields: dict[str, Any], number: int, place: str) -> Iterator[Row]:
        """Yield the row as a document: an empty one where its column is empty, or is not there, which is reported."""
        columns = self._columns(fields)
        text, html = (Columns.value(fields, column) for column in (columns.text, columns.html))
        if not columns.fits(fields):
            wanted = " or ".join(repr(column) for column in (columns.text, columns.html) if column)
            self._source.damaged(place, f"has no text in column {wanted}", "nothing is found in it")
        elif not text and not html and (column := _of_objects(fields, columns)):
            problem = f"has no text in column {column!r}, but objects"
            self._source.damaged(
                place, problem, "say with --text-col or --html-col which column has the articles"
            )
        document = Document(
            id=Columns.value(fields, columns.id) or f"{self._source.name}#{number}",
            text="" if html is None and text is None else text,
            html=html,
            url=Columns.value(fields, columns.url) or None,
            date=_date(fields, columns.date) or (date_line(text) if text else None),
        )
        yield Row(document, fields)

    def _columns(self, fields: Mapping[str, Any]) -> Columns:
        form = tuple(fields)
        columns = self._forms.get(form)
        if columns is None:
            columns = self.resolve(list(names(fields)))
            if len(self._forms) < _MOST_FORMS:
                self._forms[form] = columns
        return columns


def _of_objects(fields: Mapping[str, Any], columns: Columns) -> str | None:
    """Return the column that should hold a text and holds objects, ``None`` where none does."""
    for column in filter(None, (columns.text, columns.html)):
        value = at(fields, column)
        if isinstance(value, dict) or (
            isinstance(value, list) and any(isinstance(one, dict) for one in value)
        ):
            return column
    return None


def _date(fields: Mapping[str, Any], column: str | None) -> str | None:
    return published(at(fields, column)) if column is not None else None
