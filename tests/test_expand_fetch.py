"""What is sent to servers, and what becomes of what transports raise."""

from __future__ import annotations

import asyncio
import http.server
import os
import socket
import ssl
import threading
from typing import TYPE_CHECKING

import httpx
import idna
import pytest
from tco_lookalike import TcoLookalike

from resolver.expand import Client, Policy
from resolver.expand.guard import NotConnectedError
from resolver.expand.names import Names
from resolver.expand.transport import guarded_transport, ssl_context
from resolver.models import Observation, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINK = "https://t.co/AbCdEf1234"
QUICK = Policy(link_seconds=5, attempts=1)


def observed(client: Client, link: str = LINK) -> Observation:
    (observation,) = client.expand([link])
    return observation


def test_a_request_says_who_asks_and_nothing_else() -> None:
    """The agent is named with where to read more; no cookies, no credentials, no compressed answers."""
    with TcoLookalike({LINK: "https://x.com/jo/status/20"}) as server:
        with Client(connect_to={"t.co": server.url}, concurrency=1) as client:
            observed(client)
            observed(client, LINK.replace("https://", "http://jo:secret@"))
        for request in server.requests:
            agent = request.headers["User-Agent"]
            assert agent.startswith("embed-resolver/")
            assert agent.endswith(" (+https://github.com/embed-resolver/embed-resolver)")
            others = {"Host": "t.co", "Accept": "*/*", "Accept-Encoding": "identity"}
            assert request.headers == {"User-Agent": agent, **others}
        assert [request.method for request in server.requests] == ["GET", "GET"]


def test_the_agent_can_be_changed() -> None:
    """Who runs this for an institution says so."""
    with TcoLookalike({LINK: "https://x.com/jo/status/20"}) as server:
        with Client(
            connect_to={"t.co": server.url}, user_agent="library/1 (mailto:jo@library.example)"
        ) as client:
            observed(client)
        assert server.requests[0].headers["User-Agent"] == "library/1 (mailto:jo@library.example)"


def test_a_host_on_another_server_is_asked_by_its_own_name() -> None:
    """The Host header is the original host with its port, the path is kept, and the hop says who answered."""
    codes = {"http://news.example:8443/a?b=c": "https://x.com/jo/status/20"}
    with TcoLookalike(codes) as server, Client(connect_to={"News.example": f"{server.url}/"}) as client:
        observation = observed(client, "https://news.example:8443/a?b=c#d")
        assert observation.outcome is Outcome.POST
        assert observation.hops[0].url == "https://news.example:8443/a?b=c"
        assert observation.hops[0].connected_to == server.url
        assert (server.requests[0].host, server.requests[0].target) == ("news.example:8443", "/a?b=c")


class Counting(http.server.BaseHTTPRequestHandler):
    """Answers with a short body, and counts connections."""

    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self) -> None:
        super().setup()
        type(self).connections += 1

    def do_GET(self) -> None:
        status, body = (404, b"gone" * 40) if "short" in self.path else (404, b"gone" * 4000)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def counting() -> Iterator[str]:
    Counting.connections = 0
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("path", "connections"), [("short", 1), ("long", 5)])
def test_connections_are_used_again_where_that_is_cheap(counting: str, path: str, connections: int) -> None:
    """A short body that nobody wants is read for the connection's sake; a long one is not."""
    with Client(connect_to={"news.example": counting}, concurrency=1) as client:
        links = [f"http://news.example/{path}/{number}" for number in range(5)]
        assert {observation.outcome for observation in client.expand(links)} == {Outcome.NOT_FOUND}
    assert Counting.connections == connections


#: What a transport raises, and the outcome. The real ones of the network are in the tests of faults.
RAISED: list[tuple[Exception, str]] = [
    (httpx.ConnectTimeout("slow"), "timeout_connect"),
    (httpx.PoolTimeout("full"), "timeout_connect"),
    (httpx.ReadTimeout("slow"), "timeout_read"),
    (httpx.WriteTimeout("slow"), "timeout_read"),
    (TimeoutError(), "timeout_read"),
    (httpx.ConnectError("unreachable"), "connection_refused"),
    (ConnectionRefusedError(111, "refused"), "connection_refused"),
    (ConnectionResetError(104, "reset"), "connection_lost"),
    (BrokenPipeError(32, "broken"), "connection_lost"),
    (httpx.ReadError("broken"), "connection_lost"),
    (httpx.WriteError("broken"), "connection_lost"),
    (httpx.RemoteProtocolError("nonsense"), "protocol_error"),
    (httpx.RemoteProtocolError("Server disconnected without sending a response."), "connection_lost"),
    (httpx.LocalProtocolError("Illegal header value"), "invalid_url"),
    (httpx.UnsupportedProtocol("gopher"), "blocked_scheme"),
    (httpx.InvalidURL("no"), "invalid_url"),
    (idna.IDNAError("no"), "invalid_url"),
    (UnicodeError("label empty or too long"), "invalid_url"),
    (ssl.SSLCertVerificationError(1, "refused"), "tls_untrusted"),
    (ssl.SSLError(1, "another reason"), "tls_error"),
    (socket.gaierror(socket.EAI_NONAME, "unknown"), "dns_error"),
    (ExceptionGroup("all failed", [OSError(), ConnectionRefusedError(111, "refused")]), "connection_refused"),
    (ZeroDivisionError("a mistake of ours"), "internal_error"),
]


@pytest.mark.parametrize(("error", "outcome"), RAISED, ids=lambda value: str(value) or type(value).__name__)
@pytest.mark.parametrize("wrapped", [False, True])
def test_whatever_is_raised_has_an_outcome(error: Exception, outcome: str, wrapped: bool) -> None:
    """An error is known by its type, or by what it came of."""

    def handler(_: httpx.Request) -> httpx.Response:
        if not wrapped:
            raise error
        raise RuntimeError("something") from error

    with Client(transport=httpx.MockTransport(handler), policy=QUICK) as client:
        observation = observed(client)
    assert observation.outcome.value == outcome
    assert observation.error


def test_a_server_without_encryption_speaks_no_tls() -> None:
    """What answers a handshake with plain HTTP cannot be trusted to be the host."""
    with TcoLookalike({}) as server:
        link = server.url.replace("http://", "https://")
        with Client(transport=httpx.AsyncHTTPTransport(trust_env=False), policy=QUICK) as client:
            assert observed(client, link).outcome is Outcome.TLS_PROTOCOL


def test_a_port_where_nothing_listens_is_refused() -> None:
    """A refused connection is told from one that broke, and is tried once more."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with Client(
        connect_to={"t.co": f"http://127.0.0.1:{port}"}, policy=Policy(backoff_seconds=0.01)
    ) as client:
        observation = observed(client)
    assert (observation.outcome, observation.attempts) == (Outcome.CONNECTION_REFUSED, 2)


def test_a_connection_that_is_not_accepted_times_out() -> None:
    """A full queue of connections is as silent as a packet filter."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        policy = Policy(connect_seconds=0.3, attempts=1)
        with Client(connect_to={"t.co": f"http://127.0.0.1:{port}"}, policy=policy) as client:
            assert observed(client).outcome is Outcome.TIMEOUT_CONNECT
        for each in waiting:
            each.close()


def test_the_transport_s_connections_are_made_by_the_guard() -> None:
    """It asks nobody who is not public, whatever asks through it."""

    async def run() -> None:
        transport = guarded_transport(ssl_context(), policy=Policy(), names=Names(), connect_to={})
        timeout = dict.fromkeys(("connect", "read", "write"), 5.0)
        with pytest.raises(NotConnectedError, match="not public"):
            await transport.handle_async_request(
                httpx.Request("GET", "http://127.0.0.1/", extensions={"timeout": timeout})
            )
        await transport.aclose()

    asyncio.run(run())


def test_certificates_are_not_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom to trust is not for a variable to say."""
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    assert ssl_context().verify_mode is ssl.CERT_REQUIRED
    assert ssl_context().get_ca_certs()


def streaming(make: Callable[[], httpx.Response]) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: make())


def test_a_transport_that_is_not_asynchronous_is_our_error() -> None:
    """It is the caller's mistake, and the link has an outcome all the same."""

    class Body(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b""

    make = streaming(lambda: httpx.Response(200, headers={"Content-Type": "text/html"}, stream=Body()))
    with Client(transport=make, policy=QUICK) as client:
        observation = observed(client)
    assert observation.outcome is Outcome.INTERNAL_ERROR
    assert observation.error == "RuntimeError: Attempted to call an async close on an sync stream."
