"""The whole job, stage by stage. This is the only file that names them all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from resolver.detect import detect
from resolver.documents import as_document
from resolver.identify import identify, verify
from resolver.models import Enriched
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from resolver.models import Document, Embed, Observation
    from resolver.protocols import Client, Store

    Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)


def scan(source: str | bytes | Document, *, clock: Clock = utc_now, cues: bool = False) -> tuple[Embed, ...]:
    """Return the embeds of an article, in the order of their place. Never connects, never fails.

    *source* is text, HTML, the bytes of either, or a :class:`~resolver.models.Document` with text, HTML or both.
    *clock* says what today is: a printed date in the future is no date. With *cues*, a sentence that leads to a post of
    which nothing is left ("see the tweet:") is a placeholder of the lowest confidence.

    >>> embed, = scan("The harbour is open! — Jo Doe (@jodoe) May 2, 2019")
    >>> embed.handle, embed.posted.isoformat(), embed.text
    ('jodoe', '2019-05-02', 'The harbour is open!')
    """
    found = detect(as_document(source), today=clock().date(), cues=cues)
    return tuple(verify(embed, post_of) for embed in found)


def enrich(
    source: str | bytes | Document,
    *,
    client: Client | None = None,
    store: Store | None = None,
    clock: Clock = utc_now,
) -> Enriched:
    """Return an article's embeds with where their links lead, which posts they are, and what that rests on.

    *client* follows the links that *store* does not know, or not freshly; without one nothing is asked, and what
    the store knows is used. Without *store* nothing is remembered. Neither needs to be closed by this function.
    Raises :class:`~resolver.errors.StoreError` if the store cannot be written; what links do is never raised.

    >>> enrich("Open! — Jo Doe (@jodoe) May 2, 2019").embeds[0].post_id is None
    True
    """
    if store is None:
        from resolver.memory import MemoryStore

        store = MemoryStore()
    document = as_document(source)
    add(document, store=store, clock=clock)
    if client is not None:
        for _ in expand(store.due(clock(), document), client=client, store=store):
            pass
    embeds = tuple(store.embeds(document))
    urls = [link.url for embed in embeds for link in embed.links if link.url is not None]
    return Enriched(document=document, embeds=embeds, observations=tuple(store.latest(urls).values()))


def add(document: Document, *, store: Store, clock: Clock = utc_now) -> None:
    """Scan a document and keep what is found, with what the store already knows of its links."""
    embeds = scan(document, clock=clock)
    store.add(document, embeds)
    urls = {link.url for embed in embeds for link in embed.links if link.url is not None}
    observations = store.latest(urls)
    if not observations or all(known.post_id for known in store.embeds(document)):
        return
    for observation in observations.values():
        store.record(observation, conclude(observation, store, document))


def expand(urls: Iterable[str], *, client: Client, store: Store) -> Iterator[Observation]:
    """Follow *urls* and yield each observation once it is stored, with what follows from it for the embeds.

    The observation and the conclusions drawn from it are one transaction of the store. Order is as answers come.
    """
    for observation in client.expand(urls):
        store.record(observation, conclude(observation, store))
        yield observation


def conclude(observation: Observation, store: Store, document: Document | None = None) -> dict[int, Embed]:
    """Return what is known of each embed that holds the observed link, of all documents or of one."""
    linking = store.linking(observation.url, document)
    urls = {link.url for embed in linking.values() for link in embed.links if link.url is not None}
    known = {**store.latest(urls), observation.url: observation}
    return {key: identify(embed, known, post_of) for key, embed in linking.items()}
