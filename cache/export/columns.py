"""What each column of an exported table holds: its name, its type, and the sentence of the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cache.schema import expected_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: A line of a CREATE TABLE of ours: name, type, rules of the column, comment. SQLite sets columns that were added later
#: behind a comma.
_LINE = re.compile(
    r'(?:  |, )"?([a-z_0-9]{1,40})"? (TEXT|INTEGER|REAL)\b[^\n]{0,100}?(?:-- ([^\n]{1,200})|/\* ([^\n]{1,200}) \*/)'
)
#: How it says of a column that each value is JSON.
_JSON = re.compile(r"(?:^|: a )JSON (?:array|object)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of an exported table."""

    name: str
    #: ``TEXT``, ``INTEGER`` or ``REAL``.
    type: str
    description: str

    @property
    def is_json(self) -> bool:
        """Whether its texts are JSON, as the schema says of them.

        >>> columns("embeds", ["hashtags"])[0].is_json, columns("hops", ["evidence"])[0].is_json
        (True, False)
        """
        return _JSON.search(self.description) is not None


#: The columns that stand for keys where these are left out.
_NATURAL = {
    "document": Column(name="document", type="TEXT", description="the name of the document"),
    "document_sha256": Column(name="document_sha256", type="TEXT", description="the hash of the document"),
    "embed": Column(
        name="embed", type="INTEGER", description="the place of the embed in the document, from 0"
    ),
    "link": Column(name="link", type="TEXT", description="the link that was followed"),
    "observation": Column(
        name="observation", type="INTEGER", description="its place among the observations of the link, from 1"
    ),
}


def columns(table: str, names: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of those names in an export of a table.

    >>> [column.type for column in columns("links", ["id", "url"])]
    ['INTEGER', 'TEXT']
    >>> columns("links", ["host"])[0].description
    'its host in lower case; NULL where none can be read'
    """
    known = _columns_of(table)
    return tuple(known.get(name) or _NATURAL.get(name) or _columns_of("links")[name] for name in names)


@cache
def _columns_of(table: str) -> Mapping[str, Column]:
    _, _, sql = expected_schema()[table]
    found = _LINE.findall(sql or "")
    return {
        name: Column(name=name, type=kind, description=(text or added).strip())
        for name, kind, text, added in found
    }
