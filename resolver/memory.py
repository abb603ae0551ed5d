"""A store that lasts as long as the process: for library use without a database."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from resolver.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from resolver.models import Document, Embed, Observation


class MemoryStore:
    """Keeps embeds and observations in memory. A settled observation stays fresh for good.

    >>> store = MemoryStore()
    >>> store.latest(["https://t.co/AbCdEf1234"])
    {}
    """

    def __init__(self) -> None:
        self._scanned: dict[int, Embed] = {}
        self._known: dict[int, Embed] = {}
        self._of_document: dict[tuple[str, str], list[int]] = {}
        self._linking: dict[str, list[int]] = {}
        self._observations: dict[str, Observation] = {}

    def together(self) -> AbstractContextManager[None]:
        """Return a context that does nothing: what raises here has nothing to keep any more."""
        return nullcontext()

    def add(self, document: Document, embeds: Sequence[Embed]) -> None:
        """Keep a document's embeds; the same content under the same id is kept once."""
        if (document.id, document.sha256) in self._of_document:
            return
        keys = self._of_document[document.id, document.sha256] = []
        for embed in embeds:
            key = len(self._scanned)
            keys.append(key)
            self._scanned[key] = self._known[key] = embed
            for url in links_to_follow(embed):
                self._linking.setdefault(url, []).append(key)

    def due(self, now: datetime, document: Document | None = None) -> Iterator[str]:
        """Yield the addresses, of the one document or of all, that have no settled observation."""
        del now  # nothing ages here
        keys = self._scanned if document is None else self._of_document[document.id, document.sha256]
        urls = dict.fromkeys(url for key in keys for url in links_to_follow(self._scanned[key]))
        for url in urls:
            known = self._observations.get(url)
            if known is None or not known.outcome.settled:
                yield url

    def linking(self, url: str, document: Document | None = None) -> Mapping[int, Embed]:
        """Return the embeds that hold the address, of all documents or of one, as scanned, by their keys."""
        keys = self._linking.get(url, ())
        of_document = None if document is None else set(self._of_document[document.id, document.sha256])
        return {key: self._scanned[key] for key in keys if of_document is None or key in of_document}

    def latest(self, urls: Iterable[str]) -> Mapping[str, Observation]:
        """Return the newest observation of each address that has one."""
        return {url: self._observations[url] for url in urls if url in self._observations}

    def record(self, observation: Observation, identified: Mapping[int, Embed]) -> None:
        """Keep an observation as the newest of its link, and what is now known of the embeds."""
        self._observations[observation.url] = observation
        self._known.update(identified)

    def embeds(self, document: Document) -> Sequence[Embed]:
        """Return the embeds of a document with all that is known of them."""
        return [self._known[key] for key in self._of_document.get((document.id, document.sha256), ())]


def links_to_follow(embed: Embed) -> Iterator[str]:
    """Yield the addresses in a post that lead somewhere unknown: not its own page, profiles or hashtags."""
    for link in embed.links:
        if link.url is not None and link.role in {Role.LINK, Role.MEDIA}:
            yield link.url
