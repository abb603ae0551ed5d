"""The store: :class:`resolver.protocols.Store` in a SQLite database."""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from os import fspath
from typing import TYPE_CHECKING, Self

from cache import due as links_due
from cache.connection import open_for_reading, open_for_writing
from cache.counts import count
from cache.embeds import embeds_in, embeds_linking, embeds_linking_in, known
from cache.evidence import attempts_at, find, find_all
from cache.freshness import MAX_AGE
from cache.identifications import conclude
from cache.lock import run_lock
from cache.observations import append, newest
from cache.runs import begin_run, end_run, ending_of
from cache.scans import add_scan
from cache.session import Session
from cache.transactions import transaction
from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from os import PathLike

    from cache.counts import Counts
    from resolver.models import Document, Embed, Observation
    from resolver.provenance import Attempt, DocumentEvidence

#: How long to wait for one who reads, or for another tool that writes.
PATIENCE = timedelta(seconds=15)


@dataclass(slots=True, kw_only=True)
class Store:
    """Documents, embeds, links and observations in one SQLite file. Made by :meth:`open` and :meth:`read`.

    Each writing call is one transaction: when it returns, all of it is on disk; a process killed before
    leaves nothing of it. Surrogate code points in texts, names and addresses become U+FFFD, and so they are
    read back. One store serves one thread. Every method raises :class:`~resolver.errors.StoreError` where
    the file cannot be read or written.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> from resolver.models import Document, Embed, Kind, Link, Observation, Outcome, Role
    >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> article = Document(id="a.txt", text="Fire at the harbour https://t.co/x - Jo (@jo) May 1, 2020")
    >>> link = Link(url="https://t.co/x", written="https://t.co/x", role=Role.LINK)
    >>> embed = Embed(document="a.txt", kind=Kind.LEFTOVER, platform="twitter", start=0, end=57, prefix="",
    ...     quote=article.text, suffix="", links=(link,), rule="twitter.attribution", confidence=0.9)
    >>> path = Path(tempfile.mkdtemp()) / "provenance.db"
    >>> with Store.open(path, command="enrich", arguments={}, tool_version="1", now=lambda: noon) as store:
    ...     store.add(article, [embed])
    ...     for url in store.due(noon):
    ...         seen = Observation(url=url, observed_at=noon, seconds=0.1, outcome=Outcome.NOT_FOUND)
    ...         store.record(seen, store.linking(url))
    ...     print(store.embeds(article)[0].links[0].outcome, list(store.due(noon)))
    not_found []
    """

    path: str
    #: How long a settled observation stands.
    max_age: timedelta
    #: What the other parts of the cache read and write through.
    session: Session
    #: What tables of known expansions say of an address.
    _known: Callable[[str], object] | None = None

    @classmethod
    @contextmanager
    def open(  # noqa: PLR0913 - each is a circumstance of the run
        cls,
        path: str | PathLike[str],
        *,
        command: str,
        arguments: Mapping[str, object],
        tool_version: str,
        now: Callable[[], datetime],
        connect_to: Mapping[str, str] | None = None,
        max_age: timedelta = MAX_AGE,
        patience: timedelta = PATIENCE,
        wait: timedelta = timedelta(0),
        known: Callable[[str], object] | None = None,
    ) -> Iterator[Self]:
        """Open the database for a run that writes, and write down its start, its end and how it ended.

        The file is created where there is none. *arguments* are what the command was given, *connect_to*
        which hosts are answered for by which other server, *now* the clock. *known* returns what tables of known
        expansions say of an address, ``None`` for nothing: a link that led nowhere is due again where they say
        more. An end by :class:`KeyboardInterrupt` is ``stopped``, by any other exception ``failed``: so what ends
        the program in success, as :class:`SystemExit` can, is to be raised after the block.

        One run at a time: another that has it open is waited for as long as *wait* says, by default not at
        all. Whoever reads, or writes with another tool, is waited for as long as *patience* lasts.
        """
        name = fspath(path)
        db = open_for_writing(name, patience=patience.total_seconds())
        with closing(db), run_lock(name, patience=wait.total_seconds()):
            with transaction(db, name):
                run_id = begin_run(
                    db,
                    command=command,
                    arguments=arguments,
                    tool_version=tool_version,
                    started_at=now(),
                    connect_to=connect_to,
                )
            store = cls(path=name, max_age=max_age, session=Session(db, name, run_id), _known=known)
            store._prepare(connect_to or ())
            try:
                yield store
            except BaseException as error:
                # What went wrong must reach the caller, also where it keeps the end from being written.
                with suppress(StoreError):
                    store._end(type(error), now())
                raise
            store._end(None, now())

    @classmethod
    @contextmanager
    def read(
        cls, path: str | PathLike[str], *, max_age: timedelta = MAX_AGE, patience: timedelta = PATIENCE
    ) -> Iterator[Self]:
        """Open the database for reading only. Nothing in it changes, and no run is written down."""
        name = fspath(path)
        with closing(open_for_reading(name, patience=patience.total_seconds())) as db:
            store = cls(path=name, max_age=max_age, session=Session(db, name))
            store._prepare()
            yield store

    def together(self) -> AbstractContextManager[None]:
        """Make the calls within one transaction: all of it is on disk at the end, or nothing of it after an error."""
        return self.session.transaction()

    def add(self, document: Document, embeds: Sequence[Embed]) -> None:
        """Keep a document and what the scan found in it; the same content under the same id is kept once.

        Where the same content was scanned to something else before, the new embeds take the place of the old.
        """
        session = self.session
        with session.transaction():
            document_id = add_scan(session, document, embeds)
            session.db.execute(links_due.TOUCH, (document_id,))
            session.progress.documents += 1
            session.progress.embeds += len(embeds)

    def record(self, observation: Observation, identified: Mapping[int, Embed]) -> None:
        """Append an observation, and keep what now is known of the embeds, by the keys of :meth:`linking`.

        An observation that is stored already is not appended again: so what an earlier one showed can be kept
        for embeds that came later. One whose outcome is not settled takes away nothing that was known.
        """
        session, settled = self.session, observation.outcome.settled
        with session.transaction():
            key, is_new = append(session, observation)
            for embed_id, embed in identified.items():
                conclude(session, embed_id, embed, observation_id=key, settled=settled)
            session.progress.observations += is_new

    def due(self, now: datetime, document: Document | None = None) -> Iterator[str]:
        """Yield each distinct address that is not known or not fresh at *now*, each once, first seen first.

        Of all documents that were added since the store was opened, or of the one *document*. Links whose
        role is neither ``link`` nor ``media`` are never due. The caller may add and record while it goes on.
        """
        if document is None:
            yield from self._due(links_due.OF_TOUCHED, now)
        else:
            yield from self._due(links_due.OF_DOCUMENT, now, document)

    def due_everywhere(self, now: datetime) -> Iterator[str]:
        """Yield the addresses that are due at *now* of all documents in the database, as :meth:`due` does."""
        yield from self._due(links_due.EVERYWHERE, now)

    def linking(self, url: str, document: Document | None = None) -> Mapping[int, Embed]:
        """Return the embeds, as scanned, that hold the address, by the key the store gave each.

        Of all documents, or of the one *document*.
        """
        with self.session.reading():
            if document is None:
                return dict(embeds_linking(self.session.db, url))
            return dict(embeds_linking_in(self.session.db, url, document.id, document.sha256))

    def latest(self, urls: Iterable[str]) -> Mapping[str, Observation]:
        """Return the newest observation of each address that has one, by the address as it was asked for."""
        with self.session.reading():
            found = ((url, newest(self.session.db, url)) for url in urls)
            return {url: observation for url, observation in found if observation is not None}

    def embeds(self, document: Document) -> Sequence[Embed]:
        """Return the embeds of a document with all that is known of them, in the order of their place."""
        with self.session.reading():
            scanned = embeds_in(self.session.db, document.id, document.sha256)
            return [known(self.session.db, key, embed) for key, embed in scanned]

    def counts(self, *, everywhere: bool = False) -> Counts:
        """Return the figures of the documents that were added since the store was opened, or of all.

        In a store that was opened for reading they are always of all.
        """
        with self.session.reading():
            return count(self.session.db, run_id=None if everywhere else self.session.run)

    def evidence(self, subject: str) -> Iterator[DocumentEvidence]:
        """Yield the chain of evidence for a document, a post, a link or an embed, document by document.

        *subject* is a document's id, address or sha256; a post's id or address; a link's address, or the link
        as it is written; or the number of an embed: what is found first in this order. Nothing found, nothing
        yielded.
        """
        with self.session.reading():
            yield from find(self.session.db, subject)

    def every_document(self) -> Iterator[DocumentEvidence]:
        """Yield the chain of evidence for each document, in the order in which they were first read."""
        with self.session.reading():
            yield from find_all(self.session.db)

    def attempts(self, url: str) -> Sequence[Attempt]:
        """Return every attempt to follow an address, oldest first, also where no embed holds it any more."""
        with self.session.reading():
            return attempts_at(self.session.db, url)

    def _prepare(self, replaced: Iterable[str] = ()) -> None:
        with self.session.reading():
            self.session.db.execute(links_due.CREATE_TOUCHED)
            self.session.db.execute(links_due.CREATE_REPLACED)
            for host in replaced:
                self.session.db.execute(links_due.REPLACE, (host,))

    def _due(self, query: str, now: datetime, document: Document | None = None) -> Iterator[str]:
        with self.session.reading():
            yield from links_due.due_links(
                self.session.db, query, now=now, max_age=self.max_age, document=document, known=self._known
            )

    def _end(self, error: type[BaseException] | None, ended_at: datetime) -> None:
        with self.session.transaction():
            end_run(self.session, ending=ending_of(error), ended_at=ended_at)
