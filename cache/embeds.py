"""The embeds read back: as they were scanned, and with all that is known of them by now."""

from __future__ import annotations

from dataclasses import replace
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
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

    from cache.rows import Row
    from resolver.models import Embed

_COLUMNS = ", ".join(f'"{name}"' for name in EMBED_COLUMNS)
_EMBED = f"""
SELECT documents.name, {_COLUMNS} FROM embeds JOIN documents ON documents.id = document_id WHERE embeds.id = ?
"""  # noqa: S608 - the names are constants
_LINKS = f"""
SELECT links.url, {", ".join(LINK_COLUMNS)} FROM embed_links LEFT JOIN links ON links.id = link_id
WHERE embed_id = ? ORDER BY position
"""  # noqa: S608
_FOLLOWED = f"""
SELECT position, observations.expanded_url, observations.canonical_url, observations.outcome, (
  SELECT connected_to FROM hops WHERE observation_id = observations.id AND connected_to IS NOT NULL
  ORDER BY number LIMIT 1
)
FROM embed_links JOIN observations ON observations.id = {NEWEST_KEY.format(link="embed_links.link_id")}
WHERE embed_id = ?
"""  # noqa: S608
_OF_DOCUMENT = """
SELECT embeds.id FROM embeds JOIN documents ON documents.id = document_id
WHERE name = ? AND sha256 = ? ORDER BY position
"""
_LINKING = """
SELECT DISTINCT embed_id FROM embed_links JOIN links ON links.id = link_id WHERE url = ? ORDER BY embed_id
"""
_LINKING_IN = """
SELECT DISTINCT embeds.id FROM documents JOIN embeds ON embeds.document_id = documents.id
JOIN embed_links ON embed_links.embed_id = embeds.id JOIN links ON links.id = link_id
WHERE name = ? AND sha256 = ? AND links.url = ? ORDER BY embeds.position
"""


def keys_of_document(db: Database, name: str, sha256: str) -> list[int]:
    """Return the keys of the embeds of a document, in the order of their place."""
    return [key for (key,) in db.execute(_OF_DOCUMENT, (text_value(name), sha256)).fetchall()]


def keys_linking(db: Database, url: str) -> list[int]:
    """Return the keys of the embeds that hold an address, each once, in ascending order."""
    return [key for (key,) in db.execute(_LINKING, (text_value(url),)).fetchall()]


def keys_linking_in(db: Database, url: str, name: str, sha256: str) -> list[int]:
    """Return the keys of the embeds of one document that hold an address, in the order of their place."""
    linking = db.execute(_LINKING_IN, (text_value(name), sha256, text_value(url))).fetchall()
    return [key for (key,) in linking]


def scanned_embeds(db: Database, keys: Iterable[int]) -> Iterator[tuple[int, Embed]]:
    """Yield the embed of each key as it was scanned; those that are gone in the meantime are left out."""
    for key in keys:
        row = db.execute(_EMBED, (key,)).fetchone()
        if row is not None:
            yield key, embed_from(row[0], row[1:], (link_from(*link) for link in link_rows(db, key)))


def link_rows(db: Database, key: int) -> list[tuple[str | None, Row]]:
    """Return the links of an embed in their order: the address of each, and its row of LINK_COLUMNS."""
    return [(url, tuple(link)) for url, *link in db.execute(_LINKS, (key,)).fetchall()]


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
