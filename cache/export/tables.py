"""What is read for an export: each table as it is, or without what differs between two runs that found the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.rows import (
    CHECK_COLUMNS,
    CONCLUSION_COLUMNS,
    EMBED_COLUMNS,
    HOP_COLUMNS,
    LINK_COLUMNS,
    OBSERVATION_COLUMNS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: When something was asked, and how long the answer took: no two runs have the same.
VARYING = frozenset({"observed_at", "at", "seconds"})


def _of(table: str, names: Iterable[str]) -> str:
    return ", ".join(f'{table}."{name}"' for name in names if name not in VARYING)


#: Every table as it is, in the order of its key.
COMPLETE: Mapping[str, str] = {
    "runs": "SELECT * FROM runs ORDER BY id",
    "documents": "SELECT * FROM documents ORDER BY id",
    "embeds": "SELECT * FROM embeds ORDER BY id",
    "links": "SELECT * FROM links ORDER BY id",
    "outcomes": "SELECT * FROM outcomes ORDER BY outcome",
    "embed_links": "SELECT * FROM embed_links ORDER BY embed_id, position",
    "observations": "SELECT * FROM observations ORDER BY id",
    "hops": "SELECT * FROM hops ORDER BY observation_id, number",
    "captures": "SELECT * FROM captures ORDER BY id",
    "identifications": "SELECT * FROM identifications ORDER BY embed_id",
    "checks": "SELECT * FROM checks ORDER BY embed_id, position",
    "examinations": "SELECT * FROM examinations ORDER BY observation_id",
    "findings": "SELECT * FROM findings ORDER BY link_id",
    "mementos": "SELECT * FROM mementos ORDER BY id",
    "cool_downs": "SELECT * FROM cool_downs ORDER BY archive",
    "digests": "SELECT * FROM digests ORDER BY table_name, key",
}

_EMBED = "documents.name AS document, documents.sha256 AS document_sha256, embeds.position AS embed"
_OBSERVED = """
SELECT observations.*, links.url AS link,
  row_number() OVER (PARTITION BY link_id ORDER BY observed_at, observations.id) AS observation
FROM observations JOIN links ON links.id = link_id
"""

#: What was found, named by what it is and not by number: no keys, no runs, no times, and so no hashes of rows.
REPRODUCIBLE: Mapping[str, str] = {
    "documents": "SELECT name, sha256, url, date, input, characters FROM documents ORDER BY name, sha256",
    "embeds": f"""
    SELECT {_EMBED}, {_of("embeds", EMBED_COLUMNS)}
    FROM embeds JOIN documents ON documents.id = embeds.document_id ORDER BY 1, 2, 3
    """,  # noqa: S608 - the names are constants, as in all that follow
    "links": "SELECT url, host FROM links ORDER BY url",
    "outcomes": "SELECT outcome, sentence, settled FROM outcomes ORDER BY outcome",
    "embed_links": f"""
    SELECT {_EMBED}, embed_links.position, links.url, {_of("embed_links", LINK_COLUMNS)}
    FROM embed_links JOIN embeds ON embeds.id = embed_id JOIN documents ON documents.id = embeds.document_id
    LEFT JOIN links ON links.id = embed_links.link_id ORDER BY 1, 2, 3, 4
    """,  # noqa: S608
    "observations": f"""
    SELECT link, observation, {_of("observed", OBSERVATION_COLUMNS)} FROM ({_OBSERVED}) AS observed ORDER BY 1, 2
    """,  # noqa: S608
    "hops": f"""
    SELECT link, observation, number, {_of("hops", HOP_COLUMNS)}
    FROM hops JOIN ({_OBSERVED}) AS observed ON observed.id = hops.observation_id ORDER BY 1, 2, 3
    """,  # noqa: S608
    "identifications": f"""
    SELECT {_EMBED}, observed.link, {_of("identifications", CONCLUSION_COLUMNS)}
    FROM identifications JOIN embeds ON embeds.id = embed_id JOIN documents ON documents.id = embeds.document_id
    LEFT JOIN ({_OBSERVED}) AS observed ON observed.id = observation_id ORDER BY 1, 2, 3
    """,  # noqa: S608
    "checks": f"""
    SELECT {_EMBED}, checks.position, {_of("checks", CHECK_COLUMNS)}
    FROM checks JOIN embeds ON embeds.id = embed_id JOIN documents ON documents.id = embeds.document_id
    ORDER BY 1, 2, 3, 4
    """,  # noqa: S608
}
