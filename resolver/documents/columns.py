"""Which column of a table holds what: as the caller says, else by the usual names."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from resolver.errors import ColumnError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The usual names, the more telling first. From the data sets that corpus builders and newsrooms publish: C4,
#: CulturaX, FineWeb, news-please, trafilatura's JSON, Media Cloud, WordPress exports.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "maintext", "raw_text", "article_text", "fulltext"),
    "html": ("html", "raw_html", "html_content", "content_html"),
    "id": ("id", "doc_id", "document_id", "uuid", "guid"),
    "url": ("url", "link", "source_url", "uri", "permalink"),
    "date": ("date", "date_publish", "publish_date", "published", "published_at", "timestamp", "pubdate"),
}


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The names of a table's columns; ``None`` where a column is not named, or not there."""

    text: str | None = None
    html: str | None = None
    id: str | None = None
    url: str | None = None
    date: str | None = None

    def resolve(self, table: str, present: Sequence[str]) -> Columns:
        """Return the columns of a *table* that has the columns *present*: those named, and the rest guessed.

        Where a text or HTML column is named, the other is not guessed. Raises
        :class:`~resolver.errors.ColumnError` where a named column is not there, and where none is named and none
        has a usual name; it says which columns there are.

        >>> Columns().resolve("news.csv", ["guid", "Body"])
        Columns(text='Body', html=None, id='guid', url=None, date=None)
        >>> Columns(text="story").resolve("news.csv", ["guid", "Body"])
        Traceback (most recent call last):
        resolver.errors.ColumnError: news.csv: has no column 'story'; it has: guid, Body
        """
        has = "it has: " + ", ".join(present)
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        for column in named.values():
            if column is not None and column not in present:
                raise ColumnError(table, f"has no column {column!r}", has)
        by_name = {column.casefold(): column for column in reversed(present)}
        for field, usual in _USUAL.items():
            if named[field] is None and not (field in {"text", "html"} and (self.text or self.html)):
                named[field] = next((by_name[name] for name in usual if name in by_name), None)
        if named["text"] is None and named["html"] is None:
            raise ColumnError(
                table, "no column is called as those with articles are", f"{has}; say --text-col"
            )
        return Columns(**named)

    @staticmethod
    def value(row: Mapping[str, Any], column: str | None) -> str | None:
        """Return what a row holds in a column as text; ``None`` where it holds nothing.

        >>> Columns.value({"id": 7}, "id"), Columns.value({"id": None}, "id"), Columns.value({}, None)
        ('7', None, None)
        """
        value = row.get(column) if column is not None else None
        return None if value is None else str(value)
