"""What Datasette is told of a database: words from the comments of the schema, and how to show it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cache.serve.descriptions import column_sentences, sentence
from cache.serve.queries import QUERIES
from cache.serve.tables import HIDDEN, TABLES

if TYPE_CHECKING:
    from cache.serve.tables import Shown

_TITLE = "What was lost, and what is known of it"
_DESCRIPTION = (
    "Social embeds found in articles, where their links led, and the posts they show. Begin with the questions below, "
    "or with the articles."
)


class Configuration(NamedTuple):
    """The two files that Datasette 1.0 takes; 0.65 takes both in one."""

    #: ``metadata.json``: titles, descriptions, columns, units.
    metadata: dict[str, Any]
    #: ``datasette.json``: facets, labels, search, queries.
    config: dict[str, Any]

    def merged(self) -> dict[str, Any]:
        """Return both in one, as Datasette 0.65 wants it."""
        return _merge(self.metadata, self.config)


def configuration(path: str) -> Configuration:
    """Return what Datasette is told of the database at *path*, which need not be there yet.

    >>> told = configuration("news/provenance.db")
    >>> told.metadata["databases"]["provenance"]["tables"]["links"]["description"]
    'One address that stands in posts, however often.'
    >>> told.config["databases"]["provenance"]["tables"]["links"]["label_column"]
    'url'
    """
    name = Path(path).stem
    hidden = {table: {"hidden": True} for table in HIDDEN}
    return Configuration(
        metadata={
            "title": _TITLE,
            "description": _DESCRIPTION,
            "databases": {name: {"tables": {table: _words(table, how) for table, how in TABLES.items()}}},
        },
        config={
            "databases": {
                name: {
                    "tables": {table: _ways(how) for table, how in TABLES.items()} | hidden,
                    "queries": {key: _query(key) for key in QUERIES},
                }
            }
        },
    )


def _words(table: str, how: Shown) -> dict[str, Any]:
    columns, units = column_sentences(table), how.units or {}
    for column, (said, _) in units.items():
        columns[column] = f"{columns.get(column, column)} ({said})"
    told: dict[str, Any] = {"title": how.title, "description": sentence(table), "columns": columns}
    if units:
        told["units"] = {column: unit for column, (_, unit) in units.items()}
    return told


def _ways(how: Shown) -> dict[str, Any]:
    ways = {
        "facets": list(how.facets) or None,
        "label_column": how.label,
        "sort_desc": how.newest_by,
        # The index names its table in a way that Datasette does not look for.
        "fts_table": "embeds_fts" if how.search_by else None,
        "fts_pk": how.search_by,
    }
    return {name: value for name, value in ways.items() if value is not None}


def _query(key: str) -> dict[str, str]:
    query = QUERIES[key]
    return {"title": query.title, "description": query.description, "sql": query.sql}


def _merge(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Return two trees in one; no leaf is in both."""
    merged = dict(first)
    for key, value in second.items():
        merged[key] = _merge(merged[key], value) if key in merged else value
    return merged
