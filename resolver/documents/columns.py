"""Which column of a table holds what: as the caller says, else by the usual names."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from resolver.errors import ColumnError
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: The usual names, the more telling first. From the data sets that corpus builders and newsrooms publish; those
#: that have names of their own stand in :mod:`resolver.documents.presets`.
_USUAL: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "maintext", "raw_text", "article_text", "fulltext"),
    "html": ("html", "raw_html", "html_content", "content_html"),
    "id": ("id", "doc_id", "document_id", "uuid", "guid"),
    "url": ("url", "link", "source_url", "uri", "permalink"),
    "date": ("date", "date_publish", "publish_date", "published", "published_at", "timestamp", "pubdate"),
}

# It begins with what few places in a text are, so that it takes a fifth of the time of a search for letters.
_HTML_NAME = pattern(rf'"(?i:{"|".join(_USUAL["html"])})"\s{{0,9}}:'.encode())

#: How many levels of a nested column are looked into.
_DEEPEST = 4
#: So many columns are named in a message.
_MOST_NAMED = 60


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The names of a table's columns; ``None`` where a column is not named, or not there.

    A column inside of another is named with a dot: ``meta.url``.
    """

    text: str | None = None
    html: str | None = None
    id: str | None = None
    url: str | None = None
    date: str | None = None

    def resolve(self, table: str, present: Sequence[str], known: Columns | None = None) -> Columns:
        """Return the columns of a *table* that has the columns *present*: those named, and the rest guessed.

        Those of *known*, a data set of that form, go before the usual names. Where a text or HTML column is named,
        the other is not guessed. Raises :class:`~resolver.errors.ColumnError` where a named column is not there,
        and where none is named and none has a usual name; it says which columns there are.

        >>> Columns().resolve("news.csv", ["guid", "Body"])
        Columns(text='Body', html=None, id='guid', url=None, date=None)
        >>> Columns(text="story").resolve("news.csv", ["guid", "Body"])
        Traceback (most recent call last):
        resolver.errors.ColumnError: news.csv: has no column 'story'; it has: guid, Body
        """
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        for column in named.values():
            if column is not None and column not in present:
                raise ColumnError(table, f"has no column {column!r}", _has(present))
        by_name = {column.casefold(): column for column in reversed(present)}
        for field, usual in _USUAL.items():
            if named[field] is None and not (field in {"text", "html"} and (self.text or self.html)):
                first = getattr(known, field, None)
                named[field] = next((by_name[name] for name in (first, *usual) if name in by_name), None)
        if named["text"] is None and named["html"] is None:
            problem = "no column is called as those with articles are"
            raise ColumnError(table, problem, f"{_has(present)}; say --text-col")
        return Columns(**named)

    def fits(self, row: Mapping[str, Any]) -> bool:
        """Whether a row has a column for its text or HTML, though there may be nothing in it.

        >>> Columns(text="text").fits({"text": None}), Columns(text="text").fits({"title": "Snow"})
        (True, False)
        """
        return any(column is not None and has(row, column) for column in (self.text, self.html))

    @staticmethod
    def value(row: Mapping[str, Any], column: str | None) -> str | None:
        r"""Return what a row holds in a column as text; ``None`` where it holds nothing.

        A list of texts is a text of so many paragraphs; an object is no text.

        >>> Columns.value({"id": 7}, "id"), Columns.value({"id": None}, "id"), Columns.value({}, None)
        ('7', None, None)
        >>> Columns.value({"meta": {"url": "https://a.example"}}, "meta.url")
        'https://a.example'
        >>> Columns.value({"body": ["Snow.", "Rain."]}, "body")
        'Snow.\n\nRain.'
        """
        value = at(row, column) if column is not None else None
        if isinstance(value, list):
            return "\n\n".join(paragraph for paragraph in value if isinstance(paragraph, str))
        return None if value is None or isinstance(value, dict) else str(value)


def usual_names(field: str) -> frozenset[str]:
    """Return the usual names, in small letters, of the columns with one of the fields of :class:`Columns`.

    >>> "story" in usual_names("text"), "body" in usual_names("text")
    (False, True)
    """
    return frozenset(_USUAL[field])


def may_name_html(line: bytes) -> bool:
    """Return whether an object in JSON may have a column with a usual name of HTML.

    >>> may_name_html(b'{"raw_html": "<p>"}'), may_name_html(b'{"url": "https://a.example/b.html"}')
    (True, False)
    """
    return _HTML_NAME.search(line) is not None


def at(row: Mapping[str, Any], column: str) -> Any:
    """Return what a row holds in a column, which may be one inside of another; ``None`` where it has none.

    >>> at({"a.b": 1, "a": {"b": 2, "c": 3}}, "a.b"), at({"a": {"b": 2, "c": 3}}, "a.c"), at({"a": 1}, "a.b")
    (1, 3, None)
    """
    if column in row or "." not in column:
        return row.get(column)
    outer, _, inner = column.partition(".")
    within = row.get(outer)
    return at(within, inner) if isinstance(within, dict) else None


def has(row: Mapping[str, Any], column: str) -> bool:
    """Whether a row has a column, which may be one inside of another.

    >>> has({"a": {"b": None}}, "a.b"), has({"a": None}, "a.b")
    (True, False)
    """
    if column in row or "." not in column:
        return column in row
    outer, _, inner = column.partition(".")
    within = row.get(outer)
    return isinstance(within, dict) and has(within, inner)


def names(row: Mapping[str, Any], *, prefix: str = "", depth: int = 1) -> Iterator[str]:
    """Yield the names of a row's columns, those inside of others with a dot.

    >>> list(names({"id": 1, "meta": {"url": "https://a.example"}}))
    ['id', 'meta', 'meta.url']
    """
    for name, value in row.items():
        yield prefix + name
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from names(value, prefix=f"{prefix}{name}.", depth=depth + 1)


def _has(present: Sequence[str]) -> str:
    more = f" and {len(present) - _MOST_NAMED} more" if len(present) > _MOST_NAMED else ""
    return "it has: " + ", ".join(present[:_MOST_NAMED]) + more
