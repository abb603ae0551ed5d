"""The store of an audit: :class:`resolver.protocols.AuditStore` in the database of a :class:`~cache.store.Store`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from cache.embeds import known, scanned_embeds
from cache.examinations import UNREACHED_RUNS, append_examination, history
from cache.identifications import conclude
from cache.kept_findings import keep_finding, with_verdicts
from cache.mementos import add_memento, keep_cool_down, load_cool_down, newest_memento
from cache.observations import append
from cache.occurrences import all_occurrences
from cache.subjects import collect_subjects, due_subjects
from cache.values import json_from, text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from cache.store import Store
    from resolver.findings import CoolDown, Examination, Finding, Memento, Occurrence, Selection, Verdict
    from resolver.models import Document, Embed, Observation

_UNNAMED = """
SELECT embed_id FROM posts
WHERE post_id IS NULL AND platform = 'twitter' AND handle IS NOT NULL AND posted IS NOT NULL AND text IS NOT NULL
AND embed_id > ? ORDER BY embed_id LIMIT 1
"""

_IS_TRY_OUT = "SELECT try_out FROM findings JOIN links ON links.id = findings.link_id WHERE links.url = ?"
_ANSWERED_BY = "SELECT connect_to FROM runs WHERE connect_to IS NOT NULL ORDER BY id"


@dataclass(slots=True)
class AuditStore:
    """What an audit reads and writes, in a *store* that is open.

    Its methods raise :class:`~resolver.errors.StoreError` where the file cannot be read or written, as the store's do.

    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from cache import Store
    >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> with Store.open(tempfile.mkdtemp() + "/provenance.db", command="audit", arguments={}, tool_version="1",
    ...                 now=lambda: noon) as store:
    ...     list(AuditStore(store).occurrences())
    []
    """

    store: Store
    _prepared: bool = field(default=False, init=False)

    def due(self, now: datetime, selection: Selection) -> Iterator[str]:
        """Yield each distinct address that is to be checked at *now*, each once. The caller may write meanwhile."""
        with self.store.session.transaction():
            collect_subjects(self.store.session)
        with self.store.session.reading():
            yield from due_subjects(self.store.session.db, now, selection)

    def examined(self, examination: Examination, finding: Finding, identified: Mapping[int, Embed]) -> None:
        """Append the observation and its examination, and keep the finding and what is known of the embeds."""
        session, observation = self.store.session, examination.observation
        with session.transaction():
            key, is_new = append(session, observation)
            if is_new:
                append_examination(session, key, examination)
            keep_finding(session, finding, try_out=any(hop.connected_to for hop in observation.hops))
            for embed_id, embed in identified.items():
                conclude(session, embed_id, embed, observation_id=key, settled=observation.outcome.settled)
            session.progress.observations += is_new

    def concluded(self, finding: Finding) -> None:
        """Keep a finding for which nothing new was observed."""
        session = self.store.session
        with session.transaction():
            (try_out,) = session.db.execute(_IS_TRY_OUT, (text_value(finding.url),)).fetchone() or (0,)
            keep_finding(session, finding, try_out=bool(try_out))

    def answered_by(self) -> dict[str, str]:
        """Return which servers answered for which hosts instead of the web, in any run that is kept."""
        with self.store.session.reading():
            rows = self.store.session.db.execute(_ANSWERED_BY).fetchall()
        return {host: server for (answered,) in rows for host, server in json_from(answered).items()}

    def history(self, url: str) -> Sequence[Examination | Observation]:
        """Return all checks of an address, oldest first; observations that no audit examined as they are."""
        with self.store.session.reading():
            if not self._prepared:
                self.store.session.db.execute(UNREACHED_RUNS)
                self._prepared = True
            return history(self.store.session.db, url, self.store.session.run)

    def linking(self, url: str, document: Document | None = None) -> Mapping[int, Embed]:
        """Return the embeds, as scanned, that hold the address, by the key the store gave each."""
        return self.store.linking(url, document)

    def latest(self, urls: Iterable[str]) -> Mapping[str, Observation]:
        """Return the newest observation of each address that has one."""
        return self.store.latest(urls)

    def record(self, observation: Observation, identified: Mapping[int, Embed]) -> None:
        """Append an observation, and keep what now is known of the embeds."""
        self.store.record(observation, identified)

    def findings(self, verdicts: Iterable[Verdict]) -> Iterator[tuple[Finding, date | None]]:
        """Yield the findings with one of the verdicts, each with the day of the oldest article that has the link."""
        with self.store.session.reading():
            for finding, published in with_verdicts(self.store.session.db, verdicts):
                yield finding, _day(published)

    def memento(self, url: str) -> tuple[Memento | None, bool]:
        """Return the copy that is known of an address, and whether an archive was asked for one."""
        with self.store.session.reading():
            return newest_memento(self.store.session.db, url)

    def archived(self, url: str, memento: Memento | None, asked_at: datetime) -> None:
        """Keep what an archive has of an address: a copy, or that it has none."""
        with self.store.session.transaction():
            add_memento(self.store.session, url, memento, asked_at)

    def cool_down(self, archive: str) -> CoolDown | None:
        """Return until when an archive is not to be asked; ``None`` where it never refused."""
        with self.store.session.reading():
            return load_cool_down(self.store.session.db, archive)

    def cooled_down(self, archive: str, cool_down: CoolDown) -> None:
        """Keep until when an archive is not to be asked."""
        with self.store.session.transaction():
            keep_cool_down(self.store.session, archive, cool_down)

    def unnamed(self) -> Iterator[tuple[int, Embed]]:
        """Yield the embeds with handle, day and text of which no post is known, by their keys."""
        after = 0
        while True:
            with self.store.session.reading():
                row = self.store.session.db.execute(_UNNAMED, (after,)).fetchone()
                if row is None:
                    return
                (after,) = row
                found = [
                    (key, known(self.store.session.db, key, embed))
                    for key, embed in scanned_embeds(self.store.session.db, [after])
                ]
            yield from found

    def occurrences(self) -> Iterator[Occurrence]:
        """Yield every link of every embed with its finding, document by document."""
        with self.store.session.reading():
            yield from all_occurrences(self.store.session.db)


def _day(published: str | None) -> date | None:
    """Return the day of an article, the first one that its date allows (``2020-08`` is the first of August)."""
    given = (published or "")[:10].split("-")
    try:
        year, month, day = (*map(int, given), 1, 1)[:3]
        return date(year, month, day)
    except ValueError:
        return None
