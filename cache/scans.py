"""What the scan found: documents, their embeds, and the links in these. Written as a whole, per document."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from cache.identifications import conclude_from_article
from cache.key_lists import key_lists
from cache.links import link_key
from cache.rows import EMBED_COLUMNS, LINK_COLUMNS, embed_row, link_row
from cache.values import text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from cache.rows import Row
    from cache.session import Session
    from resolver.models import Document, Embed

    ScanRows = list[tuple[Row, list[tuple[str | None, Row]]]]

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
#: A row for each link of each embed; one without a link for an embed that has none.
_STORED = f"""
SELECT document_id, embeds.id, embed_links.position, links.url,
{", ".join(f"embed_links.{name}" for name in LINK_COLUMNS)},
{", ".join(f'embeds."{name}"' for name in EMBED_COLUMNS)}
FROM embeds LEFT JOIN embed_links ON embed_id = embeds.id LEFT JOIN links ON links.id = link_id
WHERE document_id {{condition}} ORDER BY document_id, embeds.position, embed_links.position
"""  # noqa: S608 - the names are constants
#: The place of the embed's columns in such a row, behind those of a link.
_EMBED = 4 + len(LINK_COLUMNS)
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


class Published(Protocol):
    """Where a document was published, and when; ``None`` where the run was not told."""

    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def date(self) -> str | None: ...  # noqa: D102


def add_scan(session: Session, document: Document, embeds: Sequence[Embed]) -> int:
    """Keep a document and its embeds, and return the key of the document. To be called in a transaction.

    Embeds that were stored with the same content are left as they are if they equal the new ones; if not, as
    when the rules have changed since, the new ones take their place, and what was concluded of the old goes.
    """
    found = session.db.execute(_FIND_DOCUMENT, (text_value(document.id), document.sha256)).fetchone()
    if found is None:
        document_id = _add_document(session, document)
    else:
        document_id = int(found[0])
        see_document(session, document_id, document)
        if stored_scans(session.db, [document_id]).get(document_id, []) == scan_rows(embeds):
            return document_id
        _remove_embeds(session, document_id)
    for position, embed in enumerate(embeds):
        _add_embed(session, document_id, position, embed)
    return document_id


def see_document(session: Session, document_id: int, document: Published) -> None:
    """Note that the run has read a document that is stored. To be called in a transaction."""
    seen = (session.run_id, text_value(document.url), text_value(document.date), document_id)
    session.db.conn.execute(_SEE_DOCUMENT, seen)
    session.seal("documents", document_id)


def stored_scans(db: Database, document_ids: Iterable[int]) -> dict[int, ScanRows]:
    """Return what :func:`scan_rows` does of the embeds that are stored, by document; nothing where there are none."""
    found: dict[int, ScanRows] = {}
    for condition, parameters in key_lists(document_ids):
        rows = db.conn.execute(_STORED.format(condition=condition), parameters).fetchall()
        for (document_id, _), of_embed in groupby(rows, key=itemgetter(0, 1)):
            first, *others = of_embed
            links = [(row[3], row[4:_EMBED]) for row in (first, *others) if row[2] is not None]
            found.setdefault(document_id, []).append((first[_EMBED:], links))
    return found


def scan_rows(embeds: Sequence[Embed]) -> ScanRows:
    """Return the rows of embeds, each with the addresses and rows of its links: by these, scans are compared."""
    return [
        (embed_row(embed), [(text_value(link.url), link_row(link)) for link in embed.links])
        for embed in embeds
    ]


def _add_document(session: Session, document: Document) -> int:
    inputs = (("text", document.text), ("html", document.html))
    values = (
        text_value(document.id),
        document.sha256,
        text_value(document.url),
        text_value(document.date),
        "+".join(name for name, content in inputs if content is not None),
        len(document.source),
        session.run_id,
        session.run_id,
    )
    document_id = int(session.db.execute(_ADD_DOCUMENT, values).lastrowid or 0)
    session.seal("documents", document_id)
    return document_id


def _remove_embeds(session: Session, document_id: int) -> None:
    db = session.db
    removed = [key for (key,) in db.execute(_EMBED_KEYS, (document_id,)).fetchall()]
    session.unseal("embeds", removed)
    session.unseal("identifications", removed)
    db.execute(_REMOVE_FROM_SEARCH, (document_id,))
    db.execute(_REMOVE_EMBEDS, (document_id,))


def _add_embed(session: Session, document_id: int, position: int, embed: Embed) -> None:
    execute = session.db.conn.execute
    values = (document_id, position, session.run_id, *embed_row(embed))
    embed_id = int(execute(_ADD_EMBED, values).lastrowid or 0)
    execute(_ADD_TO_SEARCH, (embed_id,))
    for place, link in enumerate(embed.links):
        link_id = None if link.url is None else link_key(session, link.url)
        execute(_ADD_EMBED_LINK, (embed_id, place, link_id, *link_row(link)))
    session.seal("embeds", embed_id)
    conclude_from_article(session, embed_id, embed)
