"""Connections: which are used again and which are not, what their errors are called, and what is written down of them."""

from __future__ import annotations

import asyncio
import itertools
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpcore
import httpx
import pytest

from resolver.expand.exchange import Answer, Recording
from resolver.expand.fetch import Fetcher
from resolver.expand.idle import Idle
from resolver.expand.policy import Policy
from resolver.expand.transport import Transport
from resolver.models import Capture

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHi"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nH\r\n1\r\ni\r\n0\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"


@dataclass
class Stream(httpcore.AsyncNetworkStream):
    """A connection over which the server sends these pieces in turn; an error among them is raised."""

    pieces: list[bytes | Exception]
    sent: bytes = b""
    closed: bool = False
    ended: bool = False
    encrypted_for: str | None = None

    async def read(self, *_: Any, **__: Any) -> bytes:
        await asyncio.sleep(0)
        piece = self.pieces.pop(0) if self.pieces else b""
        if isinstance(piece, Exception):
            raise piece
        return piece

    async def write(self, buffer: bytes, *_: Any, **__: Any) -> None:
        self.sent += buffer
        if self.pieces and isinstance(self.pieces[0], httpcore.WriteError):
            raise self.pieces.pop(0)  # type: ignore[misc]

    async def aclose(self) -> None:
        self.closed = True

    async def start_tls(self, *_: Any, server_hostname: str | None = None, **__: Any) -> Stream:
        if self.pieces and isinstance(self.pieces[0], httpcore.ConnectError):
            raise self.pieces.pop(0)  # type: ignore[misc]
        self.encrypted_for = server_hostname
        return self

    def get_extra_info(self, info: str) -> Any:
        return {"is_readable": self.ended, "server_addr": ("192.0.2.1", 80)}.get(info)


@dataclass
class Network(httpcore.AsyncNetworkBackend):
    """Makes connections that send what is said, each its own."""

    sends: list[list[bytes | Exception]]
    streams: list[Stream] = field(default_factory=list)
    asked: list[tuple[str, int]] = field(default_factory=list)

    async def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> Stream:
        self.asked.append((host, port))
        pieces = self.sends.pop(0) if len(self.sends) > 1 else list(self.sends[0])
        if pieces and isinstance(pieces[0], httpcore.ConnectTimeout):
            raise pieces[0]
        self.streams.append(Stream(pieces))
        return self.streams[-1]


def made(network: Network, **options: Any) -> Transport:
    return Transport(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), network, **options)


async def ask(transport: Transport, url: str = "http://t.co/a", **extensions: Any) -> tuple[int, bytes]:
    known = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), 5.0)}
    request = httpx.Request("GET", url, extensions=known | extensions)
    response = await transport.handle_async_request(request)
    assert isinstance(response.stream, httpx.AsyncByteStream)
    body = b"".join([piece async for piece in response.stream])
    await response.aclose()
    return response.status_code, body


def asking(
    *sends: list[bytes | Exception], urls: tuple[str, ...] = ("http://t.co/a",) * 2, **options: Any
) -> Network:
    """Ask for the addresses one after the other, and return the network that was asked over."""
    network = Network(list(sends))

    async def run() -> None:
        transport = made(network, **options)
        for url in urls:
            assert await ask(transport, url) == (200, b"Hi")
        await transport.aclose()

    asyncio.run(run())
    assert all(stream.closed for stream in network.streams)
    return network


@pytest.mark.parametrize("answer", [FINE, CHUNKED, HINTS + FINE])
def test_a_connection_whose_answer_has_ended_is_used_again(answer: bytes) -> None:
    """One connection for two requests, however the answer is framed, and however it was read."""
    network = asking([answer, answer])
    assert len(network.streams) == 1
    assert network.streams[0].sent.count(b"GET /a HTTP/1.1\r\nHost: t.co\r\n") == 2


def test_an_answer_in_pieces_is_read_whole() -> None:
    """Wherever it is cut in two."""
    for answer in (FINE, CHUNKED, HINTS + FINE):
        for cut in range(1, len(answer)):
            asking([answer[:cut], answer[cut:]] * 2)


NOT_AGAIN: dict[str, list[bytes | Exception]] = {
    "it says so": [FINE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")],
    "the body ends with it": [b"HTTP/1.1 200 OK\r\n\r\nHi"],
    "an old protocol": [b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nHi"],
    "another answer, unasked": [FINE + FINE],
    "another one, in chunks": [CHUNKED + FINE],
    "it comes too early": [
        httpcore.WriteError(),
        FINE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"),
    ],
}


@pytest.mark.parametrize("pieces", NOT_AGAIN.values(), ids=NOT_AGAIN.keys())
def test_a_connection_that_is_not_good_for_another_answer_is_closed(pieces: list[bytes | Exception]) -> None:
    """Each request has one of its own. What was sent unasked is never the answer to the next request."""
    assert len(asking(list(pieces), list(pieces)).streams) == 2


def test_a_body_that_was_not_read_is_not_in_the_way() -> None:
    """The connection is closed, whichever way it was read."""

    async def run(answer: bytes) -> Stream:
        network = Network([[answer]])
        transport = made(network)
        request = httpx.Request(
            "GET", "http://t.co/a", extensions={"timeout": dict.fromkeys(("connect", "read", "write"))}
        )
        response = await transport.handle_async_request(request)
        await response.aclose()
        return network.streams[0]

    for answer in (FINE, CHUNKED):
        assert asyncio.run(run(answer)).closed


def test_connections_are_kept_by_origin() -> None:
    """Another host, port or scheme is another connection; encrypted ones are for the host that is asked."""
    urls = (
        "http://t.co/a",
        "http://bit.ly/a",
        "http://t.co:80/b",
        "https://t.co/a",
        "http://t.co:8080/a",
        "http://bit.ly/b",
    )
    network = asking([FINE, FINE], urls=urls)
    assert network.asked == [("t.co", 80), ("bit.ly", 80), ("t.co", 443), ("t.co", 8080)]
    assert [stream.encrypted_for for stream in network.streams] == [None, None, "t.co", None]


def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    """It is known to have ended without being asked."""

    async def run() -> int:
        network = Network([[FINE, FINE]])
        transport = made(network)
        await ask(transport)
        network.streams[0].ended = True
        await ask(transport)
        return len(network.streams)

    assert asyncio.run(run()) == 2


def test_a_connection_is_only_kept_for_so_long() -> None:
    """After that it is not used again."""
    assert len(asking([FINE, FINE], idle_seconds=0.0).streams) == 2


def test_only_so_many_connections_are_kept() -> None:
    """The one that was used longest ago is closed for a newer one."""

    async def run() -> list[bool]:
        network = Network([[FINE, FINE]])
        transport = made(network, idle_connections=2)
        for host in ("a", "b", "a", "c"):
            await ask(transport, f"http://{host}.example/")
        return [stream.closed for stream in network.streams]

    assert asyncio.run(run()) == [False, True, False]


def test_requests_at_once_have_connections_of_their_own() -> None:
    """And when they are done, the next ones find all of them."""

    async def run() -> int:
        network = Network([[FINE, FINE]])
        transport = made(network)
        for _ in range(2):
            await asyncio.gather(*(ask(transport) for _ in range(10)))
        return len(network.streams)

    assert asyncio.run(run()) == 10


ERRORS: list[tuple[Exception, type[Exception], bytes]] = [
    (httpcore.ConnectTimeout("slow"), httpx.ConnectTimeout, b""),
    (httpcore.ReadTimeout("slow"), httpx.ReadTimeout, b""),
    (httpcore.ReadTimeout("slow"), httpx.ReadTimeout, FINE[:-1]),
    (httpcore.ReadError("broken"), httpx.ReadError, b""),
    (httpcore.ReadError("broken"), httpx.ReadError, FINE[:-1]),
    (httpcore.WriteTimeout("slow"), httpx.WriteTimeout, b""),
]


@pytest.mark.parametrize(("error", "expected", "before"), ERRORS)
def test_errors_are_httpx_s(error: Exception, expected: type[Exception], before: bytes) -> None:
    """Of the connection, before the head and within the body."""
    network = Network([[before, error] if before else [error]])
    with pytest.raises(expected) as raised:
        asyncio.run(ask(made(network)))
    assert raised.value.__cause__ is error


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_failed_connection_is_closed(scheme: str) -> None:
    """In the handshake, and where nothing is answered."""
    network = Network([[httpcore.ConnectError("no")] if scheme == "https" else []])
    with pytest.raises(httpx.ConnectError if scheme == "https" else httpx.RemoteProtocolError):
        asyncio.run(ask(made(network), f"{scheme}://t.co/a"))
    assert network.streams[0].closed


def test_a_request_that_is_broken_off_closes_its_connection() -> None:
    """Nobody else may read the answer to it."""

    async def run() -> bool:
        network = Network([[FINE]])
        task = asyncio.create_task(ask(made(network)))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return network.streams[0].closed

    assert asyncio.run(run())


def test_what_cannot_be_said_is_not_sent() -> None:
    """A field that would end the head is our error, and nothing of it goes over the wire."""

    async def run() -> bytes:
        network = Network([[FINE]])
        request = httpx.Request(
            "GET",
            "http://t.co/",
            headers=[(b"Host", b"t.co\r\nX: y")],
            extensions={"timeout": dict.fromkeys(("connect", "read", "write"))},
        )
        with pytest.raises(httpx.LocalProtocolError):
            await made(network).handle_async_request(request)
        assert network.streams[0].closed
        return network.streams[0].sent

    assert asyncio.run(run()) == b""


def test_idle_ones_are_few_and_young() -> None:
    """Whatever is put and taken: never more than so many, none too old, each origin's own, none twice."""

    class Line:
        def is_open(self) -> bool:
            return True

    seconds = itertools.count()
    idle: Idle[Line] = Idle(many=3, seconds=4.0, clock=lambda: float(next(seconds)))
    assert idle.take("a") is None
    first, second, third, fourth = (Line() for _ in range(4))
    assert idle.put("a", first) == []  # at 0
    assert idle.put("b", second) == []
    assert idle.take("b") is second
    assert idle.put("b", second) == []  # at 3
    assert idle.put("a", third) == [first]  # at 4
    assert idle.put("a", fourth) == []
    assert idle.take("a") is fourth
    assert idle.take("a") is third
    assert idle.take("a") is None
    assert idle.empty() == [second]
    assert idle.empty() == []


# ---- what is written down


@dataclass
class Shelf:
    """Keeps what is recorded."""

    kept: list[Recording] = field(default_factory=list)

    def keep(self, recording: Recording) -> Capture:
        self.kept.append(recording)
        return Capture(
            url=recording.address, file="a", offset=len(self.kept), record_id="b", payload_digest="c"
        )

    def sync(self) -> None:
        """All of it is here."""


def fetched(
    *pieces: bytes | Exception, address: str = "http://news.example/a", policy: Policy | None = None
) -> tuple[Any, list[Recording]]:
    shelf = Shelf()

    async def run() -> Any:
        fetcher = Fetcher(
            made(Network([list(pieces)])), user_agent="test", policy=policy or Policy(), connect_to={},
            now=lambda: NOW, clock=lambda: 0.0, archive=shelf,
        )  # fmt: skip
        return await fetcher.ask(address)

    return asyncio.run(run()), shelf.kept


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
BODY = b"4\r\n<p>H\r\n2\r\ni!\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    "pieces", [[HEAD + BODY], [HEAD[:20], HEAD[20:], BODY[:5], BODY[5:]], [HINTS, HEAD + BODY]]
)
def test_an_exchange_is_recorded_byte_by_byte(pieces: list[bytes]) -> None:
    """The request, the head as it was sent, and the body in its chunks; interim answers are none."""
    answer, kept = fetched(*pieces)
    (recording,) = kept
    assert isinstance(answer, Answer)
    assert (answer.body, answer.capture) == (
        b"<p>Hi!",
        Capture(url=recording.address, file="a", offset=1, record_id="b", payload_digest="c"),
    )
    assert (recording.address, recording.at, recording.peer) == ("http://news.example/a", NOW, "192.0.2.1")
    assert recording.request.startswith(b"GET /a HTTP/1.1\r\nHost: news.example\r\nUser-Agent: test\r\n")
    assert recording.request.endswith(b"\r\n\r\n")
    assert bytes(recording.received) == HEAD + BODY
    assert recording.received[: recording.head_bytes] == HEAD
    assert recording.whole


def test_a_plain_answer_is_recorded_like_any_other() -> None:
    """Its head, its body, and that this is all."""
    _, ((recording),) = fetched(FINE)
    assert bytes(recording.received) == FINE
    assert recording.received[recording.head_bytes :] == b"Hi"
    assert recording.whole


PARTS: dict[str, tuple[list[bytes | Exception], int, bool]] = {
    "it breaks off in the body": ([HEAD + BODY[:6], httpcore.ReadError()], len(HEAD), False),
    "it breaks off in the head": ([HEAD[:30], httpcore.ReadError()], 0, False),
    "nothing is answered": ([], 0, False),
}


@pytest.mark.parametrize(("pieces", "head", "whole"), PARTS.values(), ids=PARTS.keys())
def test_a_part_is_recorded_as_one(pieces: list[bytes | Exception], head: int, whole: bool) -> None:
    """What came is kept, with where the head ends and that this is not all."""
    reply, (recording,) = fetched(*pieces)
    received = b"".join(piece for piece in pieces if isinstance(piece, bytes))
    assert (bytes(recording.received), recording.head_bytes, recording.whole) == (received, head, whole)
    assert reply.capture is not None


def test_what_is_not_asked_is_not_recorded() -> None:
    """Without a connection there is no exchange."""
    reply, kept = fetched(httpcore.ConnectTimeout("slow"))
    assert (reply.capture, kept) == (None, [])
