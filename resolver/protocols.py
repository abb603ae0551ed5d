"""What a caller brings to the pipeline: something that follows links, and something that remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from resolver.models import Document, Embed, Observation


class Client(Protocol):
    """Follows links. :class:`resolver.Client` is one that asks the web."""

    def expand(self, urls: Iterable[str]) -> Iterator[Observation]:
        """Yield one observation per address, as they come in, in any order. Raises nothing for what links do."""
        ...


class Store(Protocol):
    """Remembers documents, embeds and observations, so that nothing is asked twice.

    :class:`cache.Store` keeps them in SQLite; :class:`resolver.memory.MemoryStore` for as long as it lives.
    Each call that writes is one transaction: when it returns, all of it is kept; before, nothing is.
    """

    def add(self, document: Document, embeds: Sequence[Embed]) -> None:
        """Keep a document and what the scan found in it; the same content under the same id is kept once."""
        ...

    def due(self, now: datetime, document: Document | None = None) -> Iterator[str]:
        """Yield each distinct address that is not known or not fresh at *now*, each once.

        Of all documents that were added since the store was opened, or of the one *document*.
        """
        ...

    def linking(self, url: str, document: Document | None = None) -> Mapping[int, Embed]:
        """Return the embeds, as scanned, that hold the address, by the key the store gave each.

        Of all documents, or of the one *document*.
        """
        ...

    def latest(self, urls: Iterable[str]) -> Mapping[str, Observation]:
        """Return the newest observation of each address that has one."""
        ...

    def record(self, observation: Observation, identified: Mapping[int, Embed]) -> None:
        """Append an observation, and keep what now is known of the embeds, by the keys of :meth:`linking`.

        An observation that is stored already is not appended again: so what it showed is kept for later embeds.
        """
        ...

    def embeds(self, document: Document) -> Sequence[Embed]:
        """Return the embeds of a document with all that is known of them, in the order of their place."""
        ...
