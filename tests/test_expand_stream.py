"""Connections of our own: all that was sent arrives, in time, and nobody is buried under what nobody reads."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

import httpcore
import pytest

from resolver.expand.stream import Connector, Stream

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def with_server(serve: Serve, client: Callable[[Stream], Awaitable[Any]]) -> Any:
    """Run *client* on a connection to a server that does as *serve* says."""

    served: list[asyncio.Task[None]] = []

    async def serving(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.transport.abort()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append(asyncio.create_task(serving(reader, writer)))

    async def run() -> Any:
        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            stream = await Connector().connect_tcp("127.0.0.1", port, timeout=5)
            try:
                return await client(stream)
            finally:
                await stream.aclose()
                for task in served:
                    task.cancel()
                await asyncio.gather(*served, return_exceptions=True)

    return asyncio.run(run())


async def closing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"all there is")
    await writer.drain()
    writer.close()


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


async def resetting(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


def test_all_that_came_is_read_before_the_end() -> None:
    """In pieces of at most the size that was asked for, and then nothing, however often."""

    async def client(stream: Stream) -> list[bytes]:
        return [await stream.read(5, timeout=5) for _ in range(5)]

    assert b"".join(with_server(closing, client)) == b"all there is"


def test_silence_is_waited_for_in_vain_for_as_long_as_allowed() -> None:
    """And the connection is as good as before."""

    async def client(stream: Stream) -> bool:
        with pytest.raises(httpcore.ReadTimeout):
            await stream.read(5, timeout=0.05)
        return bool(stream.get_extra_info("is_readable"))

    assert with_server(silent, client) is False


def test_a_connection_that_ended_is_known_to_have() -> None:
    """It is not asked again over, and what is written to it is an error."""

    async def client(stream: Stream) -> bool:
        while not stream.get_extra_info("is_readable"):
            await asyncio.sleep(0.01)
        await stream.aclose()
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"anyone?", timeout=1)
        return bool(stream.get_extra_info("is_readable"))

    assert with_server(resetting, client) is True


def test_what_nobody_reads_is_not_taken() -> None:
    """A server that sends without end is made to wait; what it sent in order comes in order."""
    sent = 0

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        try:
            while True:
                writer.write(bytes([sent % 251]) * 10_000)
                sent += 1
                await writer.drain()
        except ConnectionError:
            return

    async def client(stream: Stream) -> tuple[int, bytes]:
        await asyncio.sleep(0.3)
        waiting = len(stream._protocol.received)
        read = b""
        while len(read) < 3_000_000:
            read += await stream.read(65536, timeout=5)
        return waiting, read

    waiting, read = with_server(endless, client)
    assert waiting < 400_000
    assert read == b"".join(bytes([number % 251]) * 10_000 for number in range(400))[: len(read)]


def test_who_does_not_take_what_is_sent_is_given_up() -> None:
    """A request that cannot be sent ends in time."""

    async def deaf(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.5)
        writer.close()

    async def client(stream: Stream) -> None:
        with pytest.raises(httpcore.WriteTimeout):
            await stream.write(bytes(30_000_000), timeout=0.1)

    with_server(deaf, client)


def test_a_port_without_a_server_is_refused_and_options_are_set() -> None:
    """The errors are those that httpcore knows, and the options those that were asked for."""

    async def run() -> int:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            options = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
            stream = await Connector().connect_tcp(
                "127.0.0.1", port, local_address="127.0.0.1", socket_options=options
            )
            assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
            connected = stream._protocol.transport.get_extra_info("socket")
            kept: int = connected.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            await stream.aclose()
        with pytest.raises(httpcore.ConnectError):
            await Connector().connect_tcp("127.0.0.1", port, timeout=5)
        return kept

    assert asyncio.run(run()) == 1
