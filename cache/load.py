"""Scan results in bulk: what :meth:`cache.Store.add` does for one document, for many in one transaction."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from cache import due
from cache.identifications import conclude_from_article
from cache.key_lists import AT_ONCE
from cache.load_links import LinkKeys
from cache.rows import EMBED_COLUMNS, LINK_COLUMNS, embed_row, link_row
from cache.scans import add_scan, scan_rows, see_document, stored_scans
from cache.seals import seal_range
from cache.values import text_value
from resolver.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlite_utils import Database

    from cache.session import Session
    from cache.store import Store
    from resolver.models import Document, Embed

#: Documents in one transaction: so many are lost at most when the process is killed, and loaded again.
BATCH = 10_000
#: SQLite's cache in KiB while it loads: the indexes of addresses are written to all over.
CACHE_KIB = 256 * 1024

_FIND_DOCUMENT = "SELECT id FROM documents WHERE name = ? AND sha256 = ?"
_NEXT = {
    "documents": "SELECT 1 + coalesce(max(id), 0) FROM documents",
    # Never used again, also after the last embed was removed.
    "embeds": "SELECT 1 + coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'embeds'",
}
_ADD_DOCUMENTS = """
INSERT INTO documents (id, name, sha256, url, date, input, characters, first_run_id, last_run_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COLUMNS = ", ".join(f'"{name}"' for name in EMBED_COLUMNS)
_ADD_EMBEDS = f"""
INSERT INTO embeds (id, document_id, position, scanned_run_id, {_COLUMNS})
VALUES (?, ?, ?, ?{", ?" * len(EMBED_COLUMNS)})
"""  # noqa: S608 - the names are constants
_ADD_TO_SEARCH = """
INSERT INTO embeds_fts (rowid, text, author, handle)
SELECT id, text, author, handle FROM embeds WHERE id BETWEEN ? AND ?
"""
_ADD_EMBED_LINKS = f"""
INSERT INTO embed_links (embed_id, position, link_id, {", ".join(LINK_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608
_TOUCH = "INSERT OR IGNORE INTO temp.touched_links VALUES (?)"


class Scanned(Protocol):
    """A document as the database keeps it, and the embeds that a scan found in it."""

    #: The caller's name for it, and the digest of its content.
    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def sha256(self) -> str: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def date(self) -> str | None: ...  # noqa: D102

    #: What was given of it: ``text``, ``html`` or ``text+html``.
    @property
    def input(self) -> str: ...  # noqa: D102

    #: Code points of the text, or of the HTML where there is no text.
    @property
    def characters(self) -> int: ...  # noqa: D102
    @property
    def embeds(self) -> Sequence[Embed]: ...  # noqa: D102


class Loaded(NamedTuple):
    """What one transaction has brought into the database."""

    #: Documents that were read, and those of them that were not there before.
    documents: int
    new_documents: int
    new_embeds: int
    #: The addresses in what is new that were followed before: what is known of them is known of more embeds now.
    observed: tuple[str, ...]


def load(store: Store, documents: Iterable[Scanned], *, batch: int = BATCH) -> Iterator[Loaded]:
    """Keep documents and their embeds, and yield after each *batch*, one transaction, what it has brought.

    The result is that of :meth:`Store.add <cache.Store.add>` called for one after the other: loading again adds
    nothing, and after an interruption what was missing. Raises :class:`~resolver.errors.StoreError` as that does.
    """
    session, run_id = store.session, store.session.run_id
    session.db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    keys = LinkKeys(session.db)
    remaining = iter(documents)
    while scanned := list(islice(remaining, batch)):
        with session.transaction():
            loaded = _load(session, run_id, keys, scanned)
            session.progress.documents += len(scanned)
            session.progress.embeds += sum(len(document.embeds) for document in scanned)
        yield loaded


def stored_embeds(store: Store, name: str, sha256: str) -> Sequence[Embed]:
    """Return what is known of the embeds of a document, by its id and digest, in the order of their place."""
    return store.embeds(cast("Document", _Name(name, sha256)))


class _Name(NamedTuple):
    id: str
    sha256: str


def _load(session: Session, run_id: int, keys: LinkKeys, scanned: Sequence[Scanned]) -> Loaded:
    new, known, again = _split(session.db, scanned)
    rows = _Rows(session, run_id, keys)
    for document in new:
        rows.add(document)
    rows.write()
    _see_again(session, known)
    for document in again:
        document_id = add_scan(session, cast("Document", document), document.embeds)
        session.db.execute(due.TOUCH, (document_id,))
    return Loaded(len(scanned), len(new), len(rows.embeds), tuple(keys.observed()))


def _split(
    db: Database, scanned: Sequence[Scanned]
) -> tuple[list[Scanned], list[tuple[int, Scanned]], list[Scanned]]:
    """Return the documents that are new, those that are stored with their keys, and the new ones that come again."""
    new: dict[tuple[str | None, str], Scanned] = {}
    known, again = [], []
    find = db.conn.execute
    for document in scanned:
        name = (text_value(document.id), document.sha256)
        if name in new:
            again.append(document)
        elif (found := find(_FIND_DOCUMENT, name).fetchone()) is not None:
            known.append((found[0], document))
        else:
            new[name] = document
    return list(new.values()), known, again


def _see_again(session: Session, known: Sequence[tuple[int, Scanned]]) -> None:
    """Keep documents that are stored, with what was found in them this time: most often the same."""
    for start in range(0, len(known), AT_ONCE):
        some = known[start : start + AT_ONCE]
        stored = stored_scans(session.db, {key for key, _ in some})
        for key, document in some:
            if stored.get(key, []) == scan_rows(document.embeds):
                see_document(session, key, document)
            else:
                add_scan(session, cast("Document", document), document.embeds)
                stored[key] = scan_rows(document.embeds)
        session.db.conn.executemany(due.TOUCH, [(key,) for key, _ in some])


class _Rows:
    """The rows of new documents, gathered and then written at once."""

    def __init__(self, session: Session, run_id: int, keys: LinkKeys) -> None:
        self._session = session
        self._db = session.db
        self._run_id = run_id
        self._keys = keys
        self._first = {table: int(self._db.execute(query).fetchone()[0]) for table, query in _NEXT.items()}
        self._documents: list[tuple[Any, ...]] = []
        self.embeds: list[tuple[Any, ...]] = []
        self._embed_links: list[tuple[Any, ...]] = []
        self._named: list[tuple[int, Embed]] = []
        self._touched: set[int] = set()

    def add(self, document: Scanned) -> None:
        document_id = self._first["documents"] + len(self._documents)
        known = (
            text_value(document.id),
            document.sha256,
            text_value(document.url),
            text_value(document.date),
        )
        given = (document.input, document.characters, self._run_id, self._run_id)
        self._documents.append((document_id, *known, *given))
        for position, embed in enumerate(document.embeds):
            self._add_embed(document_id, position, embed)

    def _add_embed(self, document_id: int, position: int, embed: Embed) -> None:
        embed_id = self._first["embeds"] + len(self.embeds)
        self.embeds.append((embed_id, document_id, position, self._run_id, *embed_row(embed)))
        for place, link in enumerate(embed.links):
            link_id = None if link.url is None else self._keys.of(link.url)
            self._embed_links.append((embed_id, place, link_id, *link_row(link)))
            if link_id is not None and link.role in {Role.LINK, Role.MEDIA}:
                self._touched.add(link_id)
        if embed.post_id is not None or embed.post_url is not None or embed.checks:
            self._named.append((embed_id, embed))

    def write(self) -> None:
        """Write all rows, those first that others point to, and their hashes."""
        write = self._db.conn.executemany
        self._keys.write()
        write(_ADD_DOCUMENTS, self._documents)
        write(_ADD_EMBEDS, self.embeds)
        write(_ADD_EMBED_LINKS, self._embed_links)
        write(_TOUCH, ((key,) for key in self._touched))
        for table, count in (("documents", len(self._documents)), ("embeds", len(self.embeds))):
            first, last = self._first[table], self._first[table] + count - 1
            seal_range(self._db, table, first, last)
        self._db.execute(
            _ADD_TO_SEARCH, (self._first["embeds"], self._first["embeds"] + len(self.embeds) - 1)
        )
        for embed_id, embed in self._named:
            conclude_from_article(self._session, embed_id, embed)
