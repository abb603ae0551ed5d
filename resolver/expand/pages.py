"""A client that brings back the page at the end of each chain, for those who have to look at it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from resolver.expand.client import Client
from resolver.expand.exchange import Answer
from resolver.expand.fetch import Fetcher
from resolver.expand.page import Reading
from resolver.expand.pool import Pool
from resolver.findings import Fetched
from resolver.models import Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    import httpx

    from resolver.expand.exchange import Asker, Reply

#: Of each page so many bytes are read: all of nearly every page, and little enough to be parsed in a second.
PAGE_BYTES = 256 * 1024


#: What can be read as text; an answer that does not say what it is is looked at.
_TEXT = re.compile(r"\s*(?:text/|application/(?:[a-z0-9.+-]{0,60}\+)?(?:json|xml|link-format)|\Z)")


class PageClient(Client):
    """Follows links like :class:`Client`, and brings back the page at the end. Takes the same arguments.

    At most *page_bytes* of a page are read. *clock*, where given, says what time it is (UTC): the times of what is
    observed are then told by it.

    >>> import httpx
    >>> web = httpx.MockTransport(lambda request: httpx.Response(200, text="<title>The bridge</title>"))
    >>> with PageClient(transport=web) as client:
    ...     page, = client.fetch(["https://news.example/bridge"])
    >>> page.outcome.value, page.body
    ('ok', b'<title>The bridge</title>')
    """

    def __init__(
        self,
        *,
        page_bytes: int = PAGE_BYTES,
        clock: Callable[[], datetime] | None = None,
        **arguments: Any,
    ) -> None:
        super().__init__(**arguments)
        self._page_bytes = page_bytes
        self._clock = clock

    def fetch(self, urls: Iterable[str]) -> Iterator[Fetched]:
        """Yield what came of each distinct address, as they come in, in any order, with its page.

        In all else it is as :meth:`expand`, which brings no pages.
        """
        for observation in self.expand(urls):
            if isinstance(observation, Fetched):
                yield observation

    async def _open_pool(self) -> Pool:
        pool = await super()._open_pool()
        return _PagePool(pool, page_bytes=self._page_bytes, clock=self._clock)


class _PageFetcher(Fetcher):
    """Reads pages to their end, in the place of a *fetcher* that reads them to learn where they lead."""

    def __init__(self, fetcher: Fetcher, *, page_bytes: int) -> None:
        # All that the other was made with; its transport is closed by this one.
        vars(self).update(vars(fetcher))
        self._page_bytes = page_bytes

    async def _body(self, response: httpx.Response, fields: Any, wanted: Reading) -> tuple[bytes, bool]:
        media_type = response.headers.get("content-type", "").lower()
        if response.status_code == 200 and not wanted.required and _TEXT.match(media_type):
            wanted = Reading(most=self._page_bytes, required=False)
        return await super()._body(response, fields, wanted)


class _Keeping:
    """Asks by another, and keeps the last answer."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self.last: Reply | None = None

    async def ask(self, address: str) -> Reply:
        self.last = await self._asker.ask(address)
        return self.last


class _PagePool(Pool):
    """Follows links as another *pool* does, and returns each observation with its page."""

    def __init__(self, pool: Pool, *, page_bytes: int, clock: Callable[[], datetime] | None) -> None:
        fetcher = _PageFetcher(pool._fetcher, page_bytes=page_bytes)
        super().__init__(pool._follower, fetcher, concurrency=pool.concurrency)
        self._clock = clock

    async def follow(self, link: str) -> Observation:
        """Return what came of following *link*, with the page."""
        keeping = _Keeping(self._fetcher)
        began = self._clock() if self._clock else None
        observation = await self._follower.follow(link, keeping)
        if began is not None:
            observation = _at(observation, began)
        last = keeping.last
        observed: dict[str, Any] = {
            each.name: getattr(observation, each.name) for each in fields(Observation)
        }
        return (
            Fetched(**observed, body=last.body, cut=last.cut)
            if isinstance(last, Answer)
            else Fetched(**observed)
        )


def _at(observation: Observation, began: datetime) -> Observation:
    """Return the observation as if it had begun at that time."""
    shift = began - observation.observed_at
    hops = tuple(replace(hop, at=hop.at + shift) for hop in observation.hops)
    return replace(observation, observed_at=began, hops=hops)
