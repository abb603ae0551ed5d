"""The embeds read back: as they were scanned, and with all that is known of them by now."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from cache.identifications import kept_conclusion
from cache.observations import NEWEST_KEY
from cache.rows import (
    EMBED_COLUMNS,
    LINK_COLUMNS,
    check_from,
    conclusion_from,
    embed_from,
    link_from,
    outcome_from,
)
from cache.values import text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlite_utils import Database

    from resolver.models import Embed

_COLUMNS = ", ".join(f'embeds."{name}"' for name in EMBED_COLUMNS)
_LINK = ", ".join(f"embed_links.{name}" for name in LINK_COLUMNS)
#: A row for each link of each embed; one without a link for an embed that has none.
_EMBEDS = f"""
SELECT embeds.id, embed_links.position, links.url, {_LINK}, documents.name, {_COLUMNS}
FROM embeds JOIN documents ON documents.id = document_id
LEFT JOIN embed_links ON embed_id = embeds.id LEFT JOIN links ON links.id = link_id
WHERE {{which}} ORDER BY embeds.{{order}}, embed_links.position
"""  # noqa: S608 - the names are constants
_HOLDING = (
    "embeds.id IN (SELECT embed_id FROM embed_links JOIN links ON links.id = link_id WHERE links.url = ?)"
)
_OF_DOCUMENT = "documents.name = ? AND documents.sha256 = ?"
_BY_KEY = _EMBEDS.format(which="embeds.id = ?", order="id")
_LINKING = _EMBEDS.format(which=_HOLDING, order="id")
_LINKING_IN = _EMBEDS.format(which=f"{_OF_DOCUMENT} AND {_HOLDING}", order="position")
_IN_DOCUMENT = _EMBEDS.format(which=_OF_DOCUMENT, order="position")
#: The place of the document's name in such a row, behind a link's and before an embed's columns.
_NAME = 3 + len(LINK_COLUMNS)
_FOLLOWED = f"""
SELECT position, observations.expanded_url, observations.canonical_url, observations.outcome, (
  SELECT connected_to FROM hops WHERE observation_id = observations.id AND connected_to IS NOT NULL
  ORDER BY number LIMIT 1
)
FROM embed_links JOIN observations ON observations.id = {NEWEST_KEY.format(link="embed_links.link_id")}
WHERE embed_id = ?
"""  # noqa: S608


def embeds_linking(db: Database, url: str) -> list[tuple[int, Embed]]:
    """Return the embeds that hold an address, as scanned, each once, in ascending order of their keys."""
    return _embeds(db, _LINKING, (text_value(url),))


def embeds_linking_in(db: Database, url: str, name: str, sha256: str) -> list[tuple[int, Embed]]:
    """Return the embeds of one document that hold an address, as scanned, in the order of their place."""
    return _embeds(db, _LINKING_IN, (text_value(name), sha256, text_value(url)))


def embeds_in(db: Database, name: str, sha256: str) -> list[tuple[int, Embed]]:
    """Return the embeds of a document as they were scanned, in the order of their place."""
    return _embeds(db, _IN_DOCUMENT, (text_value(name), sha256))


def scanned_embeds(db: Database, keys: Iterable[int]) -> Iterator[tuple[int, Embed]]:
    """Yield the embed of each key as it was scanned; those that are gone in the meantime are left out."""
    for key in keys:
        yield from _embeds(db, _BY_KEY, (key,))


def _embeds(db: Database, query: str, parameters: Sequence[str | int | None]) -> list[tuple[int, Embed]]:
    found = []
    for key, rows in groupby(db.conn.execute(query, parameters).fetchall(), key=itemgetter(0)):
        first, *others = rows
        links = [link_from(row[2], row[3:_NAME]) for row in (first, *others) if row[1] is not None]
        found.append((key, embed_from(first[_NAME], first[_NAME + 1 :], links)))
    return found


def known(db: Database, key: int, embed: Embed) -> Embed:
    """Return a scanned embed with what is known by now: where its links lead, and which post it is."""
    links = list(embed.links)
    for position, expanded_url, canonical_url, outcome, answered_by in db.execute(
        _FOLLOWED, (key,)
    ).fetchall():
        links[position] = replace(
            links[position],
            expanded_url=expanded_url,
            canonical_url=canonical_url,
            outcome=outcome_from(outcome),
            answered_by=answered_by,
        )
    conclusion = kept_conclusion(db, key)
    if conclusion is None:
        return replace(embed, links=tuple(links))
    checks = tuple(map(check_from, conclusion.checks))
    return replace(embed, links=tuple(links), checks=checks, **conclusion_from(conclusion.post))
