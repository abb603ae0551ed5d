"""What the schema says of its tables, views and columns in its comments."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cache.export.columns import columns
from cache.migrations import migrations
from cache.schema import expected_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: A comment that follows the first line of a CREATE statement, over any number of lines.
_SENTENCE = re.compile(r"^[^\n]{0,200}\n((?: {0,2}-- [^\n]{0,200}\n){1,9})")
#: A column that a view takes from a table, its name there, and what the view says of it.
_TAKEN = re.compile(
    r'^ {2}([a-z_]{1,40})\."?([a-z_]{1,40})"?(?: AS ([a-z_]{1,40}))?,?(?: -- ([^\n]{1,200}))?$', re.MULTILINE
)


def sentence(name: str) -> str:
    """Return what the schema says of a table or view.

    >>> sentence("links")
    'One address that stands in posts, however often.'
    >>> sentence("links_not_reached")
    'The links of which we could not find out where they lead: what the next run asks again.'
    """
    found = _SENTENCE.match(_sql(name))
    return " ".join(line.strip().removeprefix("-- ") for line in found[1].splitlines()) if found else ""


def column_sentences(name: str) -> dict[str, str]:
    """Return what the schema says of the columns of a table or view, as far as it says anything.

    A view says what it adds; for the rest the words of the tables count that it is made of.

    >>> column_sentences("links")["host"]
    'its host in lower case; NULL where none can be read'
    >>> column_sentences("posts")["document"], column_sentences("posts")["posted"]
    ("the id its owner gave it: a path, a row's id, or file#row", 'the printed day')
    """
    if expected_schema()[name][0] == "view":
        return dict(_of_view(_sql(name)))
    return {column.name: column.description for column in columns(name, _all_names()[name])}


def _of_view(sql: str) -> Iterator[tuple[str, str]]:
    for table, column, alias, said in _TAKEN.findall(sql):
        words = said or column_sentences(table).get(column)
        if words:
            yield alias or column, words


def _sql(name: str) -> str:
    return expected_schema()[name][2] or ""


@cache
def _all_names() -> Mapping[str, tuple[str, ...]]:
    from sqlite_utils import Database

    with Database(memory=True, execute_plugins=False) as db:
        migrations().apply(db)
        return {table.name: tuple(column.name for column in table.columns) for table in db.tables}
