"""The schema as the migrations make it, to compare a database with."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cache.migrations import migrations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    #: The kind of a thing, the table it is for, and its SQL, comments included; ``None`` where SQLite made it itself.
    Entry = tuple[str, str, str | None]


def schema(db: Database) -> Mapping[str, Entry]:
    """Return what the database holds by its name: every table, index, trigger and view."""
    rows = db.execute("SELECT name, type, tbl_name, sql FROM sqlite_master").fetchall()
    return {name: (kind, table, sql) for name, kind, table, sql in rows}


@cache
def expected_schema() -> Mapping[str, Entry]:
    """Return the schema as the migrations make it.

    >>> kind, table, sql = expected_schema()["embed_links_by_link"]
    >>> kind, table
    ('index', 'embed_links')
    """
    from sqlite_utils import Database

    with Database(memory=True, execute_plugins=False) as db:
        migrations().apply(db)
        return schema(db)


def table_sentence(table: str) -> str:
    """Return what the schema says of a table.

    >>> table_sentence("links")
    'One address that stands in posts, however often.'
    """
    _, _, sql = expected_schema()[table]
    said = []
    for line in (sql or "").splitlines()[1:]:
        if not line.startswith("  -- "):
            break
        said.append(line.removeprefix("  -- "))
    return " ".join(said)
