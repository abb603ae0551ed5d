"""Follows many links at once, for callers that know nothing of event loops."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from resolver.expand.background import Background
from resolver.expand.policy import Policy
from resolver.expand.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from types import TracebackType

    import httpx

    from resolver.expand.call import Call
    from resolver.expand.evidence import KnownLinks
    from resolver.expand.exchange import Archive
    from resolver.expand.pool import Pool
    from resolver.models import Observation

#: Where those who are asked can read who asks.
_HOME = "https://github.com/embed-resolver/embed-resolver"


class Client:
    """Follows links over the web. Implements :class:`resolver.protocols.Client`.

    *connect_to* maps hosts to the ``http://host:port`` of the server to which their requests go instead, at
    any rate. At most *concurrency* requests are under way at once, and at most *per_host* with one host; all
    other limits are the *policy*'s.
    *is_post* says which addresses are posts, and so are not asked; by default those that
    :mod:`resolver.platforms` knows. What *known* says of an address is taken, and neither that address nor the
    one at the end is asked. *archive* keeps what was asked and answered: it is on disk when the observation
    that points to it is yielded. What the two raise ends the iteration. *transport* makes the requests instead
    of the network: ``httpx.MockTransport`` for tests without one. It is closed with the client, and no guard
    stands before it; what goes over it is not archived.

    The work is done in a thread of its own, so that a client can be used where an event loop is running, as
    in a notebook. It may be shared by threads. Raises :class:`ValueError` for arguments that cannot be.

    >>> import httpx
    >>> moved = httpx.Response(301, headers={"Location": "https://news.example/story"})
    >>> story = httpx.Response(200)
    >>> web = httpx.MockTransport(lambda request: moved if request.url.host == "t.co" else story)
    >>> with Client(transport=web) as client:
    ...     observation, = client.expand(["https://t.co/AbCdEf1234"])
    >>> observation.outcome.value, observation.expanded_url, len(observation.hops)
    ('ok', 'https://news.example/story', 2)
    """

    def __init__(  # noqa: PLR0913 - each is a circumstance of the run
        self,
        *,
        connect_to: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        concurrency: int = 16,
        per_host: int = 4,
        policy: Policy | None = None,
        known: KnownLinks | None = None,
        archive: Archive | None = None,
        is_post: Callable[[str], bool] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        if min(concurrency, per_host) < 1:
            raise ValueError("concurrency and per_host must be at least 1")
        if user_agent is not None and not (user_agent.isascii() and user_agent.isprintable()):
            raise ValueError(f"user_agent must be printable ASCII: {user_agent!r}")
        if connect_to and transport:
            raise ValueError("connect_to is not possible with a transport of your own")
        self._connect_to = {host.lower(): _server(url) for host, url in (connect_to or {}).items()}
        self._user_agent = user_agent
        self._concurrency = concurrency
        self._per_host = per_host
        self._policy = Policy() if policy is None else policy
        self._known = known
        self._archive = archive
        self._is_post = _is_post if is_post is None else is_post
        self._transport = transport
        self._lock = threading.Lock()
        self._closed = False
        self._background: Background | None = None

    def expand(self, urls: Iterable[str]) -> Generator[Observation, None, None]:
        """Yield one observation per distinct address, as they come in, in any order.

        Raises nothing for what links do; what *urls* raises ends the iteration. It is read in the caller's
        thread, a little ahead of what is yielded. Memory only grows by 21 to 43 bytes for each address seen, so
        that none is asked twice. What is under way when the iteration is left early is broken off.
        Raises :class:`RuntimeError` if the client is or gets closed.
        """
        with closing(self.batches(urls)) as batches:
            for batch in batches:
                yield from batch

    def batches(self, urls: Iterable[str]) -> Generator[list[Observation], None, None]:
        """Yield what :meth:`expand` does, as lists of what has come in since the last one was taken.

        None is empty, and none is long: links are taken and followed meanwhile.
        """
        seen = Seen()
        call = None
        try:
            for url in urls:
                if not seen.add(url):
                    continue
                call = call or self._call()
                call.submit(url)
                while call.ready():
                    yield self._recorded(call.results())
            while call and call.pending:
                yield self._recorded(call.results())
        finally:
            if call:
                call.cancel()

    def _recorded(self, observations: list[Observation]) -> list[Observation]:
        """Return observations once what they point to is on disk."""
        if self._archive is not None:
            self._archive.sync()
        return observations

    def close(self) -> None:
        """Break off what is under way and close all connections. A closed client cannot be used again."""
        with self._lock:
            self._closed = True
            background, self._background = self._background, None
        if background is not None:
            background.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _call(self) -> Call:
        with self._lock:
            if self._closed:
                raise RuntimeError("the client is closed")
            if self._background is None:
                self._background = Background(self._open_pool)
            return self._background.call()

    async def _open_pool(self) -> Pool:
        """Make what asks, within the event loop to which all of it then belongs."""
        # Imported here because they import httpx, which takes longer than all else that a scan does.
        from resolver import __version__
        from resolver.expand.chain import Rules
        from resolver.expand.pool import open_pool

        rules = Rules(is_post=self._is_post, redirects=self._policy.redirects)
        return open_pool(
            connect_to=self._connect_to,
            user_agent=self._user_agent or f"embed-resolver/{__version__} (+{_HOME})",
            concurrency=self._concurrency,
            per_host=self._per_host,
            policy=self._policy,
            rules=rules if self._known is None else replace(rules, known=self._known.get),
            archive=self._archive,
            transport=self._transport,
        )


def _is_post(url: str) -> bool:
    from resolver.platforms import post_of

    return post_of(url) is not None


def _server(url: str) -> str:
    """Return the address of a server without a trailing slash, if it is one that requests can be sent to."""
    parts = urlsplit(url)
    if (
        parts.scheme != "http"
        or not parts.hostname
        or parts.path not in {"", "/"}
        or parts.query
        or parts.port == 0
    ):
        raise ValueError(f"not the address of a server, as in http://127.0.0.1:8000: {url!r}")
    return f"http://{parts.netloc}"
