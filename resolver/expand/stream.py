"""Connections to addresses that have been judged, with asyncio alone.

httpcore brings its own by way of anyio, which costs a sixth of the CPU of a request: each read and write enters
a scope that can be cancelled, and whether an idle connection is still open is asked of the system each time.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    from httpcore import SOCKET_OPTION

#: Bytes that wait to be read before the other side is made to wait.
_WAITING = 65536


class Connector(httpcore.AsyncNetworkBackend):
    """Makes connections to numeric addresses."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> Stream:
        """Return a connection; raises :class:`httpcore.ConnectError` or :class:`httpcore.ConnectTimeout`."""
        loop = asyncio.get_running_loop()
        local = None if local_address is None else (local_address, 0)
        try:
            async with asyncio.timeout(timeout):
                _, protocol = await loop.create_connection(_Protocol, host, port, local_addr=local)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        for option in socket_options or ():
            protocol.transport.get_extra_info("socket").setsockopt(*option)
        return Stream(protocol)


class _Protocol(asyncio.Protocol):
    """What has come and has not been read, and who waits for more."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.received = bytearray()
        self.ended = False
        self.error: Exception | None = None
        self.waiter: asyncio.Future[None] | None = None
        self.writable = asyncio.Event()
        self.writable.set()
        self._paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        if len(self.received) > _WAITING and not self._paused:
            self._paused = True
            self.transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self.ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended, self.error = True, exc or self.error
        self.writable.set()
        self._wake()

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    def take(self, most: int) -> bytes:
        """Return what has come, at most that many bytes."""
        taken = bytes(self.received[:most])
        del self.received[:most]
        if self._paused and not self.received and not self.ended:
            self._paused = False
            self.transport.resume_reading()
        return taken

    def _wake(self) -> None:
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)


class Stream(httpcore.AsyncNetworkStream):
    """One connection, for one reader and one writer."""

    def __init__(self, protocol: _Protocol) -> None:
        self._protocol = protocol

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what comes next, nothing at the end; raises :class:`httpcore.ReadError` or ``ReadTimeout``."""
        protocol = self._protocol
        if protocol.received:
            # Who sends faster than is read must not keep all others, and every deadline, from their turn.
            await asyncio.sleep(0)
        elif not protocol.ended:
            await self._more(timeout)
        if protocol.error is not None and not protocol.received:
            raise httpcore.ReadError(str(protocol.error)) from protocol.error
        return protocol.take(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it; raises :class:`httpcore.WriteError` or :class:`httpcore.WriteTimeout`."""
        protocol = self._protocol
        if protocol.error is not None or protocol.transport.is_closing():
            raise httpcore.WriteError(str(protocol.error or "the connection is closed")) from protocol.error
        if buffer:
            protocol.transport.write(buffer)
        if not protocol.writable.is_set():
            try:
                async with asyncio.timeout(timeout):
                    await protocol.writable.wait()
            except TimeoutError as error:
                raise httpcore.WriteTimeout(str(error)) from error

    async def aclose(self) -> None:
        """Close it at once, whatever is under way."""
        self._protocol.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Self:
        """Encrypt it; raises :class:`httpcore.ConnectError` or :class:`httpcore.ConnectTimeout`."""
        protocol, loop = self._protocol, asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                encrypted = await loop.start_tls(
                    protocol.transport, protocol, ssl_context, server_hostname=server_hostname
                )
        except TimeoutError as error:
            await self.aclose()
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            await self.aclose()
            raise httpcore.ConnectError(str(error)) from error
        if encrypted is None:
            raise httpcore.ConnectError("the connection was closed")
        protocol.transport = encrypted
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore and the guard ask for: the other end, the encryption, and if there is news."""
        transport = self._protocol.transport
        if info == "is_readable":
            return bool(self._protocol.received) or self._protocol.ended or transport.is_closing()
        names = {"server_addr": "peername", "ssl_object": "ssl_object", "client_addr": "sockname"}
        return transport.get_extra_info(names[info]) if info in names else None

    async def _more(self, timeout: float | None) -> None:
        loop = asyncio.get_running_loop()
        waiter = self._protocol.waiter = loop.create_future()
        timer = None if timeout is None else loop.call_later(timeout, _expire, waiter)
        try:
            await waiter
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        finally:
            self._protocol.waiter = None
            if timer is not None:
                timer.cancel()


def _expire(waiter: asyncio.Future[None]) -> None:
    with suppress(asyncio.InvalidStateError):
        waiter.set_exception(TimeoutError("the server stopped answering"))
