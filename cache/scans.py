"""What the scan found: documents, their embeds, and the links in these. Written as a whole, per document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.digests import seal, unseal
from cache.embeds import link_rows
from cache.identifications import conclude_from_article
from cache.links import link_key
from cache.rows import EMBED_COLUMNS, LINK_COLUMNS, embed_row, link_row
from cache.values import text_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from cache.rows import Row
    from resolver.models import Document, Embed

_FIND_DOCUMENT = "SELECT id FROM documents WHERE name = ? AND sha256 = ?"
_ADD_DOCUMENT = """
INSERT INTO documents (name, sha256, url, date, input, characters, first_run_id, last_run_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
# What was known of it before stays where this run was not told.
_SEE_DOCUMENT = """
UPDATE documents SET last_run_id = ?, url = coalesce(?, url), date = coalesce(?, date) WHERE id = ?
"""
_COLUMNS = ", ".join(f'"{name}"' for name in EMBED_COLUMNS)
_SELECT_EMBEDS = f"SELECT id, {_COLUMNS} FROM embeds WHERE document_id = ? ORDER BY position"  # noqa: S608
_EMBED_KEYS = "SELECT id FROM embeds WHERE document_id = ?"
_REMOVE_EMBEDS = "DELETE FROM embeds WHERE document_id = ?"
# FTS5 must be told what was indexed, before that is gone (https://www.sqlite.org/fts5.html#the_delete_command).
_REMOVE_FROM_SEARCH = """
INSERT INTO embeds_fts (embeds_fts, rowid, text, author, handle)
SELECT 'delete', id, text, author, handle FROM embeds WHERE document_id = ?
"""
_ADD_TO_SEARCH = """
INSERT INTO embeds_fts (rowid, text, author, handle) SELECT id, text, author, handle FROM embeds WHERE id = ?
"""
_ADD_EMBED = f"""
INSERT INTO embeds (document_id, position, scanned_run_id, {_COLUMNS})
VALUES (?, ?, ?{", ?" * len(EMBED_COLUMNS)})
"""  # noqa: S608
_ADD_EMBED_LINK = f"""
INSERT INTO embed_links (embed_id, position, link_id, {", ".join(LINK_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608


def add_scan(db: Database, run_id: int, document: Document, embeds: Sequence[Embed]) -> int:
    """Keep a document and its embeds, and return the key of the document. To be called in a transaction.

    Embeds that were stored with the same content are left as they are if they equal the new ones; if not, as
    when the rules have changed since, the new ones take their place, and what was concluded of the old goes.
    """
    found = db.execute(_FIND_DOCUMENT, (text_value(document.id), document.sha256)).fetchone()
    if found is None:
        document_id = _add_document(db, run_id, document)
    else:
        document_id = int(found[0])
        db.execute(_SEE_DOCUMENT, (run_id, text_value(document.url), text_value(document.date), document_id))
        seal(db, "documents", document_id)
        if _stored(db, document_id) == [_scanned(embed) for embed in embeds]:
            return document_id
        _remove_embeds(db, document_id)
    for position, embed in enumerate(embeds):
        _add_embed(db, run_id, document_id, position, embed)
    return document_id


def _add_document(db: Database, run_id: int, document: Document) -> int:
    inputs = (("text", document.text), ("html", document.html))
    values = (
        text_value(document.id),
        document.sha256,
        text_value(document.url),
        text_value(document.date),
        "+".join(name for name, content in inputs if content is not None),
        len(document.source),
        run_id,
        run_id,
    )
    document_id = int(db.execute(_ADD_DOCUMENT, values).lastrowid or 0)
    seal(db, "documents", document_id)
    return document_id


def _remove_embeds(db: Database, document_id: int) -> None:
    removed = [key for (key,) in db.execute(_EMBED_KEYS, (document_id,)).fetchall()]
    unseal(db, "embeds", removed)
    unseal(db, "identifications", removed)
    db.execute(_REMOVE_FROM_SEARCH, (document_id,))
    db.execute(_REMOVE_EMBEDS, (document_id,))


def _add_embed(db: Database, run_id: int, document_id: int, position: int, embed: Embed) -> None:
    values = (document_id, position, run_id, *embed_row(embed))
    embed_id = int(db.execute(_ADD_EMBED, values).lastrowid or 0)
    db.execute(_ADD_TO_SEARCH, (embed_id,))
    for place, link in enumerate(embed.links):
        link_id = None if link.url is None else link_key(db, link.url)
        db.execute(_ADD_EMBED_LINK, (embed_id, place, link_id, *link_row(link)))
    seal(db, "embeds", embed_id)
    conclude_from_article(db, run_id, embed_id, embed)


def _stored(db: Database, document_id: int) -> list[tuple[Row, list[tuple[str | None, Row]]]]:
    rows = db.execute(_SELECT_EMBEDS, (document_id,)).fetchall()
    return [(tuple(row), link_rows(db, embed_id)) for embed_id, *row in rows]


def _scanned(embed: Embed) -> tuple[Row, list[tuple[str | None, Row]]]:
    return embed_row(embed), [(text_value(link.url), link_row(link)) for link in embed.links]
