"""What a caller brings to the pipeline: something that follows links, and something that remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from resolver.findings import (
        CoolDown,
        Examination,
        Fetched,
        Finding,
        Memento,
        Occurrence,
        Selection,
        Verdict,
    )
    from resolver.models import Document, Embed, Observation


class Client(Protocol):
    """Follows links. :class:`resolver.Client` is one that asks the web."""

    def expand(self, urls: Iterable[str]) -> Iterator[Observation]:
        """Yield one observation per address, as they come in, in any order. Raises nothing for what links do."""
        ...

    def batches(self, urls: Iterable[str]) -> Iterator[Sequence[Observation]]:
        """Yield what :meth:`expand` does, as lists of what has come in since the last one was taken."""
        ...


class Linking(Protocol):
    """Knows which embeds hold a link, and what was last seen of links."""

    def linking(self, url: str, document: Document | None = None) -> Mapping[int, Embed]:
        """Return the embeds, as scanned, that hold the address, by the key the store gave each.

        Of all documents, or of the one *document*.
        """
        ...

    def latest(self, urls: Iterable[str]) -> Mapping[str, Observation]:
        """Return the newest observation of each address that has one."""
        ...


class Store(Linking, Protocol):
    """Remembers documents, embeds and observations, so that nothing is asked twice.

    :class:`cache.Store` keeps them in SQLite; :class:`resolver.memory.MemoryStore` for as long as it lives.
    Each call that writes is one transaction: when it returns, all of it is kept; before, nothing is. Those within
    :meth:`together` are one, which is kept when that ends.
    """

    def together(self) -> AbstractContextManager[None]:
        """Return a context whose calls are kept as a whole when it ends, or not at all where it raises."""
        ...

    def add(self, document: Document, embeds: Sequence[Embed]) -> None:
        """Keep a document and what the scan found in it; the same content under the same id is kept once."""
        ...

    def due(self, now: datetime, document: Document | None = None) -> Iterator[str]:
        """Yield each distinct address that is not known or not fresh at *now*, each once.

        Of all documents that were added since the store was opened, or of the one *document*.
        """
        ...

    def record(self, observation: Observation, identified: Mapping[int, Embed]) -> None:
        """Append an observation, and keep what now is known of the embeds, by the keys of :meth:`linking`.

        An observation that is stored already is not appended again: so what it showed is kept for later embeds.
        """
        ...

    def embeds(self, document: Document) -> Sequence[Embed]:
        """Return the embeds of a document with all that is known of them, in the order of their place."""
        ...


class PageClient(Protocol):
    """Follows links and brings back the pages. :class:`resolver.expand.pages.PageClient` is one that asks the web."""

    def fetch(self, urls: Iterable[str]) -> Iterator[Fetched]:
        """Yield what came of each distinct address, in any order. Raises nothing for what links do."""
        ...


class CoolDowns(Protocol):
    """Remembers which archives are not to be asked for a while."""

    def cool_down(self, archive: str) -> CoolDown | None:
        """Return until when an archive is not to be asked; ``None`` where it never refused."""
        ...

    def cooled_down(self, archive: str, cool_down: CoolDown) -> None:
        """Keep until when an archive is not to be asked."""
        ...


class AuditStore(CoolDowns, Linking, Protocol):
    """Remembers checks, copies and cool-downs. :class:`cache.audits.AuditStore` keeps them in SQLite.

    Each call that writes is one transaction.
    """

    def due(self, now: datetime, selection: Selection) -> Iterator[str]:
        """Yield each distinct address that is to be checked at *now*, each once.

        Those of all links, media and posts in embeds, and of the posts that are known without a link. The caller may
        write while it goes on.
        """
        ...

    def examined(self, examination: Examination, finding: Finding, identified: Mapping[int, Embed]) -> None:
        """Append the observation and its examination, and keep the finding that follows and what is known of embeds."""
        ...

    def concluded(self, finding: Finding) -> None:
        """Keep a finding for which nothing new was observed."""
        ...

    def history(self, url: str) -> Sequence[Examination | Observation]:
        """Return all checks of an address, oldest first; observations that no audit has examined as they are.

        Only what the web itself answered counts, or the servers that this run sends its requests to: not what tables
        or archives say, and nothing of a run in which nobody at all could be reached.
        """
        ...

    def record(self, observation: Observation, identified: Mapping[int, Embed]) -> None:
        """Append an observation, and keep what now is known of the embeds, by the keys of :meth:`linking`."""
        ...

    def findings(self, verdicts: Iterable[Verdict]) -> Iterator[tuple[Finding, date | None]]:
        """Yield the findings with one of the verdicts, each with the day of the oldest article that has the link."""
        ...

    def memento(self, url: str) -> tuple[Memento | None, bool]:
        """Return the copy that is known of an address, and whether an archive was asked for one."""
        ...

    def archived(self, url: str, memento: Memento | None, asked_at: datetime) -> None:
        """Keep what an archive has of an address: a copy, or that it has none."""
        ...

    def unnamed(self) -> Iterator[tuple[int, Embed]]:
        """Yield the embeds of which no post is known and that hold no link, by their keys, with all that is known."""
        ...

    def occurrences(self) -> Iterator[Occurrence]:
        """Yield every link of every embed with its finding, document by document."""
        ...
