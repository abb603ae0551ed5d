"""httpx's transport over guarded connections, each of which serves one request at a time.

httpx's own hands each request to a pool that goes through all of its connections several times for it: with 64 in
one, a request costs five times the CPU (measured). Here what is idle is found by its origin, and what is busy is known
by nobody but its request, so that it does not matter how many there are.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import h11
import httpcore
import httpx

from resolver.expand.connection import Connection
from resolver.expand.guard import GuardedBackend
from resolver.expand.idle import Idle

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Iterator, Mapping

    from resolver.expand.names import Names
    from resolver.expand.policy import Policy

    #: Scheme, host and port.
    Origin = tuple[bytes, str, int]

_PORTS = {b"http": 80, b"https": 443}

#: What httpx calls the errors of h11 and httpcore.
_ERRORS: Mapping[type[Exception], type[httpx.TransportError]] = {
    h11.LocalProtocolError: httpx.LocalProtocolError,
    h11.RemoteProtocolError: httpx.RemoteProtocolError,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.ReadError: httpx.ReadError,
    httpcore.ReadTimeout: httpx.ReadTimeout,
    httpcore.WriteError: httpx.WriteError,
    httpcore.WriteTimeout: httpx.WriteTimeout,
}


class Transport(httpx.AsyncBaseTransport):
    """Makes GET requests over the connections that *network* makes. To be used within one event loop.

    At most *idle_connections* are kept open, for *idle_seconds* each. A request says in its extensions how long it
    may take (``timeout``), and where what goes over the wire for it is to be kept (``recording``).
    """

    def __init__(
        self,
        context: ssl.SSLContext,
        network: httpcore.AsyncNetworkBackend,
        *,
        idle_connections: int = 64,
        idle_seconds: float = 10.0,
    ) -> None:
        self._context = context
        self._network = network
        self._idle: Idle[Connection] = Idle(many=idle_connections, seconds=idle_seconds, clock=time.monotonic)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, its body still to be read; raises :class:`httpx.TransportError`, or the guard's error."""
        url, timeouts = request.url, request.extensions["timeout"]
        origin = (url.raw_scheme, url.raw_host.decode("ascii"), url.port or _PORTS[url.raw_scheme])
        with _errors_of_httpx():
            connection = self._idle.take(origin) or await self._connect(origin, timeouts["connect"])
            try:
                head = await connection.ask(
                    url.raw_path,
                    request.headers.raw,
                    write_seconds=timeouts["write"],
                    read_seconds=timeouts["read"],
                    recording=request.extensions.get("recording"),
                )
            except BaseException:
                await connection.aclose()
                raise
        return httpx.Response(head.status, headers=head.headers, stream=_Body(connection, origin, self))

    async def end(self, connection: Connection, origin: Origin) -> None:
        """Keep the connection of an exchange that has come to its end; close that of one that is broken off."""
        leaving = self._idle.put(origin, connection) if connection.renew() else [connection]
        for each in leaving:
            await each.aclose()

    async def aclose(self) -> None:
        """Close the connections that are idle."""
        for connection in self._idle.empty():
            await connection.aclose()

    async def _connect(self, origin: Origin, seconds: float) -> Connection:
        scheme, host, port = origin
        stream = await self._network.connect_tcp(host, port, timeout=seconds)
        if scheme == b"https":
            try:
                stream = await stream.start_tls(self._context, server_hostname=host, timeout=seconds)
            except BaseException:
                await stream.aclose()
                raise
        return Connection(stream)


class _Body(httpx.AsyncByteStream):
    """The rest of an answer, in the pieces in which it comes."""

    def __init__(self, connection: Connection, origin: Origin, transport: Transport) -> None:
        self._connection = connection
        self._origin = origin
        self._transport = transport
        self._ended = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _errors_of_httpx():
            while (piece := await self._connection.piece()) is not None:
                yield piece

    async def aclose(self) -> None:
        if not self._ended:
            self._ended = True
            await self._transport.end(self._connection, self._origin)


def guarded_transport(
    context: ssl.SSLContext,
    *,
    policy: Policy,
    names: Names,
    connect_to: Mapping[str, str],
    idle_connections: int = 64,
) -> Transport:
    """Return a transport whose connections are all made by the guard."""
    network = GuardedBackend(policy=policy, names=names, connect_to=connect_to)
    return Transport(context, network, idle_connections=idle_connections, idle_seconds=policy.read_seconds)


def ssl_context() -> ssl.SSLContext:
    """Return what is trusted for encrypted connections. It takes long to make and may be shared."""
    context = httpx.create_ssl_context(trust_env=False)
    context.set_alpn_protocols(["http/1.1"])
    return context


@contextmanager
def _errors_of_httpx() -> Iterator[None]:
    try:
        yield
    except tuple(_ERRORS) as error:
        raise _ERRORS[type(error)](str(error)) from error
