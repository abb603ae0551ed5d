"""Whatever a server does on the wire, the link has an outcome, in time. Real sockets, raw bytes."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from resolver.expand import Client, Policy
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Fault = Callable[["Peer"], None]

#: Where the faults are asked for: as an ordinary host, and as a short link's, whose page has to be read.
HOST, SHORT = "http://fault.example/", "http://t.co/fault"

POLICY = Policy(
    link_seconds=1.5,
    connect_seconds=0.5,
    read_seconds=0.4,
    attempts=2,
    backoff_seconds=0.01,
    backoff_limit_seconds=0.01,
)


class Peer:
    """One connection of the server that misbehaves."""

    def __init__(self, connection: socket.socket, stopping: threading.Event) -> None:
        self.connection = connection
        #: Wait on it instead of sleeping, so that a test ends when it has seen enough.
        self.stopping = stopping

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)


@contextmanager
def serving(fault: Fault) -> Iterator[str]:
    """A server all of whose connections have the fault; yields its address."""
    stopping = threading.Event()
    threads: list[threading.Thread] = []

    def connection_made(connection: socket.socket) -> None:
        with connection:
            try:
                while b"\r\n\r\n" not in connection.recv(65536):
                    pass
                fault(Peer(connection, stopping))
            except OSError:
                return  # the client has seen enough

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=connection_made, args=(connection,))
            thread.start()
            threads.append(thread)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            stopping.set()
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for thread in threads:
                thread.join()


def raw(*parts: bytes) -> Fault:
    return lambda peer: peer.send(b"".join(parts))


def then(*faults: Fault) -> Fault:
    def fault(peer: Peer) -> None:
        for each in faults:
            each(peer)

    return fault


def dripping(data: bytes) -> Fault:
    """Send byte by byte, each too soon after the last for a time limit on silence."""

    def fault(peer: Peer) -> None:
        for byte in data:
            if peer.stopping.wait(0.05):
                return
            peer.send(bytes([byte]))

    return fault


def endless(data: bytes) -> Fault:
    def fault(peer: Peer) -> None:
        while not peer.stopping.is_set():
            peer.send(data)

    return fault


def silence(seconds: float = 60.0) -> Fault:
    def fault(peer: Peer) -> None:
        peer.stopping.wait(seconds)

    return fault


def reset(peer: Peer) -> None:
    peer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.connection.close()


def redirect(*locations: bytes, status: int = 302) -> Fault:
    headers = b"".join(b"Location: %s\r\n" % location for location in locations)
    return raw(b"HTTP/1.1 %d Moved\r\nContent-Length: 0\r\n%s\r\n" % (status, headers))


OK = b"HTTP/1.1 200 OK\r\n"
EMPTY = b"Content-Length: 0\r\n\r\n"
HTML = b"Content-Type: text/html\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
REFRESH = b'<meta http-equiv="refresh" content="0;URL=http://fault.example/next">'
BOMB = gzip.compress(bytes(10_000_000))

FAULTS: dict[str, tuple[str, Fault, str]] = {
    # never an answer
    "silence": (HOST, silence(), "timeout_read"),
    "status line by the byte": (HOST, dripping(OK * 100), "timeout_total"),
    "header by the byte": (HOST, then(raw(OK), dripping(b"X: " + b"a" * 9999)), "timeout_total"),
    "endless early hints": (HOST, endless(b"HTTP/1.1 103 Early Hints\r\n\r\n"), "timeout_total"),
    "endless headers": (HOST, then(raw(OK), endless(b"X: y\r\n" * 999)), "protocol_error"),
    "endless header": (HOST, then(raw(OK + b"X: "), endless(b"a" * 999)), "protocol_error"),
    "header of 200 kB": (HOST, raw(OK, b"X: ", b"a" * 200_000, b"\r\n", EMPTY), "protocol_error"),
    "closed at once": (HOST, raw(), "connection_lost"),
    "reset at once": (HOST, reset, "connection_lost"),
    "closed in the status line": (HOST, raw(b"HTTP/1.1 2"), "connection_lost"),
    "closed in a header": (HOST, raw(OK, b"X: y"), "connection_lost"),
    # no HTTP
    "ssh": (HOST, raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "protocol_error"),
    "tls": (HOST, raw(b"\x16\x03\x03\x00\x2a\x02\x00\x00\x26\r\n\r\n"), "protocol_error"),
    "http/0.9": (HOST, raw(b"<html>hello</html>\r\n\r\n"), "protocol_error"),
    "icy": (HOST, raw(b"ICY 200 OK\r\n\r\n"), "protocol_error"),
    "zeros": (HOST, raw(bytes(5000)), "protocol_error"),
    "status of letters": (HOST, raw(b"HTTP/1.1 abc OK\r\n\r\n"), "protocol_error"),
    "status of one digit": (HOST, raw(b"HTTP/1.1 2 OK\r\n\r\n"), "protocol_error"),
    "header with NUL": (HOST, raw(OK, b"X: a\x00b\r\n", EMPTY), "protocol_error"),
    "header without a colon": (HOST, raw(OK, b"nonsense\r\n", EMPTY), "protocol_error"),
    "negative length": (HOST, raw(OK, b"Content-Length: -1\r\n\r\n"), "protocol_error"),
    "two lengths": (HOST, raw(OK, b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "protocol_error"),
    "unknown coding of transfer": (HOST, raw(OK, b"Transfer-Encoding: magic\r\n\r\n"), "protocol_error"),
    # odd, but HTTP
    "header of 90 kB": (HOST, raw(OK, b"X: ", b"a" * 90_000, b"\r\n", EMPTY), "ok"),
    "bare line feeds": (HOST, raw(b"HTTP/1.1 200 OK\nContent-Length: 0\n\n"), "ok"),
    "a thousand cookies": (
        HOST,
        raw(OK, *(b"Set-Cookie: c%d=1\r\n" % number for number in range(1000)), EMPTY),
        "ok",
    ),
    "not a number of length": (
        HOST,
        raw(OK, "Content-Length: \N{SUPERSCRIPT TWO}\r\n\r\n".encode("latin-1")),
        "protocol_error",
    ),
    "status 999": (HOST, raw(b"HTTP/1.1 999 Denied\r\n", EMPTY), "forbidden"),
    "switching protocols": (HOST, raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), "protocol_error"),
    # bodies that need not be read
    "endless body": (HOST, then(raw(OK, b"\r\n"), endless(b"a" * 9999)), "ok"),
    "endless page": (HOST, then(raw(OK, HTML, b"\r\n"), endless(b"a" * 9999)), "ok"),
    "endless body of a redirect": (
        HOST,
        then(raw(b"HTTP/1.1 302 Found\r\nLocation: http://t.co/\r\n\r\n"), endless(b"a" * 9999)),
        "unavailable_page",
    ),
    "page by the byte": (HOST, then(raw(OK, HTML, b"\r\n"), dripping(b"a" * 9999)), "ok"),
    "short body of an error by the byte": (
        HOST,
        then(raw(b"HTTP/1.1 404 Not Found\r\nContent-Length: 900\r\n\r\n"), dripping(b"a" * 900)),
        "not_found",
    ),
    "page shorter than said": (HOST, raw(OK, HTML, b"Content-Length: 9\r\n\r\nabc"), "ok"),
    "page with a broken chunk": (HOST, raw(OK, HTML, CHUNKED, b"zz\r\n"), "ok"),
    "bomb": (HOST, raw(OK, HTML, b"Content-Encoding: gzip\r\n\r\n", BOMB), "ok"),
    # bodies that must be read
    "short link, endless page": (SHORT, then(raw(OK, HTML, b"\r\n"), endless(b"a" * 9999)), "too_large"),
    "short link, page by the byte": (
        SHORT,
        then(raw(OK, HTML, b"\r\n"), dripping(b"a" * 9999)),
        "timeout_read",
    ),
    "short link, page stalls": (SHORT, then(raw(OK, HTML, b"\r\n<p>"), silence()), "timeout_read"),
    "short link, page shorter than said": (
        SHORT,
        raw(OK, HTML, b"Content-Length: 9\r\n\r\nabc"),
        "connection_lost",
    ),
    "short link, reset in the page": (
        SHORT,
        then(raw(OK, HTML, b"Content-Length: 9\r\n\r\nabc"), silence(0.1), reset),
        "connection_lost",
    ),
    "short link, broken chunk": (SHORT, raw(OK, HTML, CHUNKED, b"zz\r\n"), "protocol_error"),
    "short link, endless chunk extension": (
        SHORT,
        then(raw(OK, HTML, CHUNKED, b"1;"), endless(b"a" * 999)),
        "protocol_error",
    ),
    "short link, endless trailers": (
        SHORT,
        then(raw(OK, HTML, CHUNKED, b"0\r\n"), endless(b"X: y\r\n" * 999)),
        "protocol_error",
    ),
    "short link, bomb": (SHORT, raw(OK, HTML, b"Content-Encoding: gzip\r\n\r\n", BOMB), "bad_encoding"),
    "short link, unknown coding": (
        SHORT,
        raw(OK, HTML, b"Content-Encoding: x\r\n\r\n", REFRESH),
        "bad_encoding",
    ),
    "short link, deceptive charset": (
        SHORT,
        raw(OK, b"Content-Type: text/html; charset=rot13\r\n\r\n", REFRESH),
        "ok",
    ),
    # redirects
    "two locations": (HOST, redirect(b"/a", b"/b"), "bad_redirect"),
    "no location": (HOST, redirect(), "bad_redirect"),
    "multiple choices": (HOST, redirect(b"/a", status=300), "bad_redirect"),
    "empty location": (HOST, redirect(b""), "redirect_loop"),
    "fragment": (HOST, redirect(b"#x"), "redirect_loop"),
    "script": (HOST, redirect(b"javascript:alert(1)"), "blocked_scheme"),
    "data": (HOST, redirect(b"data:text/html,hello"), "blocked_scheme"),
    "file": (HOST, redirect(b"file:///etc/passwd"), "blocked_scheme"),
    "port 99999": (HOST, redirect(b"http://fault.example:99999/"), "invalid_url"),
    "port 0": (HOST, redirect(b"http://fault.example:0/"), "invalid_url"),
    "port of letters": (HOST, redirect(b"http://fault.example:http/"), "invalid_url"),
    "no host": (HOST, redirect(b"http://"), "invalid_url"),
    "empty label": (HOST, redirect(b"http://a..b/"), "invalid_url"),
    "long label": (HOST, redirect(b"http://" + b"a" * 64 + b".example/"), "invalid_url"),
    "host of symbols": (HOST, redirect("http://\N{SNOWMAN}.example/".encode()), "invalid_url"),
    "punycode of nothing": (HOST, redirect(b"http://xn--a/"), "ok"),
    "utf-8": (HOST, redirect("http://ok.example/\N{SNOWMAN}".encode()), "ok"),
    "latin-1": (HOST, redirect(b"http://ok.example/\xe9"), "ok"),
    "location of 9 kB": (HOST, redirect(b"/" + b"a" * 9000), "invalid_url"),
    "this machine": (HOST, redirect(b"http://127.0.0.1/"), "blocked_address"),
    "impossible wish": (
        HOST,
        raw(b"HTTP/1.1 429 Slow\r\nRetry-After: Thu, 01 Jan 99999999 00:00:00 GMT\r\n", EMPTY),
        "rate_limited",
    ),
    "wish for years": (HOST, raw(b"HTTP/1.1 503 Slow\r\nRetry-After: 999999999\r\n", EMPTY), "server_error"),
}


@pytest.mark.parametrize(("link", "fault", "outcome"), FAULTS.values(), ids=FAULTS)
def test_every_fault_has_its_outcome_in_time(link: str, fault: Fault, outcome: str) -> None:
    """Nothing is raised, nothing hangs, and nothing is our own error."""
    with serving(fault) as server, serving(raw(OK, EMPTY)) as fine:
        hosts = {"fault.example": server, "t.co": server, "ok.example": fine, "xn--a": fine}
        if link == HOST:
            hosts["t.co"] = fine
        elif outcome == "ok":
            hosts["fault.example"] = fine
        with Client(connect_to=hosts, policy=POLICY) as client:
            began = time.monotonic()
            (observation,) = client.expand([link])
            seconds = time.monotonic() - began
    assert observation.outcome.value == outcome, observation.error
    assert seconds < POLICY.link_seconds + 1
    assert (observation.error is None) == (observation.outcome is Outcome.OK)


def test_redirects_without_end_are_left() -> None:
    """A server that always has another address is followed twenty times."""
    count = 0

    def onwards(peer: Peer) -> None:
        nonlocal count
        count += 1
        redirect(str(count).encode())(peer)

    with serving(onwards) as server, Client(connect_to={"fault.example": server}, policy=POLICY) as client:
        (observation,) = client.expand([HOST])
    assert observation.outcome is Outcome.TOO_MANY_REDIRECTS
    assert (len(observation.hops), count) == (21, 21)
