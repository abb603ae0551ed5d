"""Asks one address once. What knows httpx is here, in :mod:`.failures` and in :mod:`.transport`.

httpx's transport is used without its client: the client's redirects, cookies, credentials, proxies and
decoding would all have to be switched off one by one, and cost nearly half of the CPU of a request (measured,
16 at once over loopback: 1.03 ms of CPU per link against 1.76 ms).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import httpx

from resolver.expand.address import host_of
from resolver.expand.decoding import CodingError, Decoder
from resolver.expand.exchange import Answer, Failure, Recording
from resolver.expand.failures import failure
from resolver.expand.guard import NotConnectedError
from resolver.expand.page import reading
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable, Mapping
    from datetime import datetime

    from resolver.expand.exchange import Archive
    from resolver.expand.page import Reading
    from resolver.expand.policy import Policy

_NO_BODY = httpx.ByteStream(b"")

#: A short body that comes with the head is read, unused, because the connection can only then be used again.
_DRAINED_BYTES = 1024
_DRAINED_SECONDS = 1.0


class Fetcher:
    """Asks over *transport*, which it closes. To be used within one event loop.

    Requests for the hosts in *connect_to* are made as ``http``; that they reach the server named there is the
    transport's part. *now* gives the time in UTC, *clock* seconds that never go back. *archive* keeps what went over
    the wire, where the transport tells.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport,
        *,
        user_agent: str,
        policy: Policy,
        connect_to: Mapping[str, str],
        now: Callable[[], datetime],
        clock: Callable[[], float],
        archive: Archive | None = None,
    ) -> None:
        self._transport = transport
        self._archive = archive
        self._headers = (
            (b"User-Agent", user_agent.encode("ascii")), (b"Accept", b"*/*"), (b"Accept-Encoding", b"identity")
        )  # fmt: skip
        self._policy = policy
        self._connect_to = connect_to
        self._now = now
        self._clock = clock
        timeouts = (policy.read_seconds, policy.read_seconds, policy.connect_seconds, policy.connect_seconds)
        self._extensions = {"timeout": dict(zip(("read", "write", "connect", "pool"), timeouts, strict=True))}

    async def ask(self, address: str) -> Answer | Failure:
        """Return what came of asking an absolute address. Never raises for what networks and servers do."""
        if self._archive is None:
            return await self._reply(address, None)
        recording = Recording(address=address, at=self._now())
        reply = await self._reply(address, recording)
        return replace(reply, capture=self._archive.keep(recording)) if recording.request else reply

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def _reply(self, address: str, recording: Recording | None) -> Answer | Failure:
        try:
            return await self._exchange(address, recording)
        except NotConnectedError as error:
            return error.failure
        except CodingError as error:
            return Failure(outcome=Outcome.BAD_ENCODING, error=str(error))
        except Exception as error:  # noqa: BLE001 - this is where everything foreseen and unforeseen gets its type
            return failure(error)

    async def _exchange(self, address: str, recording: Recording | None) -> Answer:
        server = self._connect_to.get(host_of(address)) if self._connect_to else None
        url = httpx.URL(address if server is None else f"http://{address.partition('://')[2]}")
        # Where httpx has to name the host itself it decodes its punycode, and refuses hosts that do exist.
        headers = [(b"Host", url.netloc), *self._headers]
        extensions = self._extensions if recording is None else {**self._extensions, "recording": recording}
        request = httpx.Request("GET", url, headers=headers, stream=_NO_BODY, extensions=extensions)
        sent = self._clock()
        response = await self._transport.handle_async_request(request)
        at, seconds = self._now().astimezone(UTC), self._clock() - sent
        try:
            fields = _Headers(response)
            wanted = reading(address, response.status_code, fields.text(b"content-type"))
            body, cut = await self._body(response, fields, wanted)
        finally:
            await response.aclose()
        return Answer(
            status=response.status_code,
            at=at,
            seconds=seconds,
            locations=tuple(fields.values.get(b"location", ())),
            retry_after=fields.text(b"retry-after") or None,
            body=body,
            cut=cut,
            connected_to=server,
        )

    async def _body(self, response: httpx.Response, fields: _Headers, wanted: Reading) -> tuple[bytes, bool]:
        """Return as much of the body as is wanted, and whether there is more."""
        if not wanted.most:
            await _drain(response, fields)
            return b"", False
        try:
            async with asyncio.timeout(self._policy.read_seconds):
                return await _read(response, fields, wanted.most)
        except (TimeoutError, CodingError, httpx.HTTPError):
            if wanted.required:
                raise
            return b"", False


async def _read(response: httpx.Response, fields: _Headers, most: int) -> tuple[bytes, bool]:
    # httpx must not decode: a page of 2 kB that it decompresses takes 2 GB of memory.
    decoder = Decoder(fields.text(b"content-encoding"))
    body, wire = bytearray(), 0
    async for chunk in _chunks(response):
        body += decoder.decode(chunk, most=most + 1 - len(body))
        wire += len(chunk)
        if max(len(body), wire) > most:
            return bytes(body[:most]), True
    decoder.finish()
    return bytes(body), False


async def _drain(response: httpx.Response, fields: _Headers) -> None:
    """Read what must be read before the connection can be used again, if that is little."""
    length = fields.text(b"content-length")
    if response.status_code not in {204, 304} and not (length.isascii() and length.isdigit()):
        return
    if len(length) > 9 or int(length or 0) > _DRAINED_BYTES:
        return
    # The answer is known already, whatever becomes of the rest.
    with suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(_DRAINED_SECONDS):
            async for _ in _chunks(response):
                pass


class _Headers:
    """The headers of one answer, by their names in lower case. httpx decodes and searches all for each."""

    def __init__(self, response: httpx.Response) -> None:
        self.values: dict[bytes, list[bytes]] = {}
        for name, value in response.headers.raw:
            self.values.setdefault(name.lower(), []).append(value)

    def text(self, name: bytes) -> str:
        """Return the values as one, as RFC 9110 5.3 joins them; nothing where there is none."""
        return b", ".join(self.values.get(name, ())).decode("latin-1")


def _chunks(response: httpx.Response) -> AsyncIterable[bytes]:
    # Not aiter_raw(): it refuses answers that a transport for tests made of bytes.
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise TypeError("the transport is not an asynchronous one")
    return response.stream
