"""A local server that behaves as t.co is documented to, for tests and to try things out without a network.

::

    python examples/tco_lookalike.py --codes examples/bridge.json -- \\
        embed-resolver enrich examples/bridge.txt --connect-to t.co={server}

starts it, runs the command with ``{server}`` replaced by the server's address, and ends as the command does.
Without a command it serves until it is interrupted.

The codes are a mapping, or a JSON object in a file. Keys are addresses of any host, or bare codes of t.co::

    {"https://t.co/AbCdEf1234": "https://news.example/story",
     "https://news.example/story": 200,
     "https://t.co/BusyBusy12": {"status": 429, "retry_after": 1, "times": 2, "to": "https://news.example/story"}}

A value is the address that is led to, a status, or the fields of :class:`Behaviour`. What is in no key is
answered with 404. The scheme of a key does not matter: the server is asked over plain HTTP for both.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import socket
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

SHORT_LINK_HOST = "t.co"

GARBAGE = b"\x16\x03\x01 this is not HTTP \x00\xff\r\n\r\n"


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """How one address is answered."""

    #: Where it leads.
    to: str | None = None
    #: The status; without one, 301 if it leads anywhere, else 200.
    status: int | None = None
    #: How many requests get ``status``; those that come later get what they would without one. 0: all.
    times: int = 0
    #: The Retry-After that goes with ``status``, in seconds ...
    retry_after: int | None = None
    #: ... and whether it is written as a date.
    as_date: bool = False
    #: A 200 page that leads nowhere: what t.co shows when it is down, or instead of a target it warns of.
    page: Literal["outage", "warning"] | None = None
    #: Seconds before the answer begins, and between the bytes of its body.
    delay: float = 0.0
    drip: float = 0.0
    #: No answer: the connection is closed, reset, or what comes is not HTTP.
    broken: Literal["close", "garbage", "reset"] | None = None


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request that was made."""

    method: str
    #: As in the Host header.
    host: str
    #: The path and query.
    target: str
    headers: Mapping[str, str]


class TcoLookalike:
    """The server. It serves from when it is entered or started until it is left or stopped.

    >>> with TcoLookalike({"AbCdEf1234": "https://news.example/story"}) as server:
    ...     server.url.startswith("http://127.0.0.1:")
    True
    """

    def __init__(
        self,
        codes: Mapping[str, str | int | Mapping[str, Any] | Behaviour],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self._behaviours = {_key(address): _behaviour(value) for address, value in codes.items()}
        self._requests: list[Request] = []
        self._answered: dict[str, int] = {}
        self._lock = threading.Lock()
        self.stopping = threading.Event()
        self._server = _Server((host, port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        """``http://127.0.0.1:<port>``."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests made so far, in order."""
        with self._lock:
            return tuple(self._requests)

    def start(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Break off what is being answered and serve no more."""
        self.stopping.set()
        self._server.shutdown()
        self._server.break_off()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def behaviour(self, request: Request) -> tuple[Behaviour | None, int]:
        """Log a request, and return how it is to be answered and how often it was made before."""
        key = self.host_of(request) + request.target
        with self._lock:
            self._requests.append(request)
            before = self._answered.get(key, 0)
            self._answered[key] = before + 1
        return self._behaviours.get(key), before

    def host_of(self, request: Request) -> str:
        """Return the host that is asked for. By its own address, as with curl, the server is t.co."""
        host = request.host.lower().removesuffix(":80").removesuffix(":443")
        return SHORT_LINK_HOST if f"http://{host}" == self.url else host


class _Server(ThreadingHTTPServer):
    """Serves each connection in a thread, and waits for all of them in the end."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], lookalike: TcoLookalike) -> None:
        self.lookalike = lookalike
        self._connections: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._connections.add(connection)
        return connection, address

    def close_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().close_request(request)

    def break_off(self) -> None:
        for connection in tuple(self._connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was over already

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # a client that leaves is no error
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        headers = dict(self.headers.items())
        request = Request(
            method=self.command, host=headers.get("Host", ""), target=self.path, headers=headers
        )
        lookalike = self.server.lookalike
        behaviour, before = lookalike.behaviour(request)
        if behaviour is None:
            self._send(404, [], _page("Nothing here", "There is nothing at this address."))
            return
        lookalike.stopping.wait(behaviour.delay)
        short = lookalike.host_of(request) == SHORT_LINK_HOST
        if behaviour.broken:
            self._break(behaviour.broken)
        elif behaviour.status and (not behaviour.times or before < behaviour.times):
            self._send(
                behaviour.status, _retry_after(behaviour), _page("Status", str(behaviour.status)), behaviour
            )
        elif behaviour.page:
            self._send(200, [], _page(*_PAGES[behaviour.page]), behaviour)
        elif behaviour.to and short and "Mozilla/" in headers.get("User-Agent", ""):
            self._send(200, [], _redirecting_page(behaviour.to), behaviour)
        elif behaviour.to:
            self._send(
                301, [*(_SHORT_LINK_HEADERS if short else ()), ("location", behaviour.to)], b"", behaviour
            )
        else:
            self._send(200, [], _page("Story", "All that there is to say."), behaviour)

    do_HEAD = do_GET  # noqa: N815 - the names that http.server looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the terminal belongs to the command that is run."""

    def _send(
        self, status: int, headers: Sequence[tuple[str, str]], body: bytes, behaviour: Behaviour | None = None
    ) -> None:
        reason = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
        fields = [("content-length", str(len(body))), *headers]
        if body:
            fields.append(("content-type", "text/html; charset=utf-8"))
        head = "".join(f"{name}: {value}\r\n" for name, value in fields)
        drip = behaviour.drip if behaviour else 0.0
        sent = body if self.command != "HEAD" else b""
        start = f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode()
        self.wfile.write(start if drip else start + sent)
        for byte in sent if drip else b"":
            if self.server.lookalike.stopping.wait(drip):
                return
            self.wfile.write(bytes([byte]))

    def _break(self, how: Literal["close", "garbage", "reset"]) -> None:
        self.close_connection = True
        if how == "garbage":
            self.wfile.write(GARBAGE)
        elif how == "reset":
            # Closed at once and with nothing sent, as by a crash: the other side sees RST.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())


#: What t.co's answers to plain clients carry beside the address.
_SHORT_LINK_HEADERS = (
    ("cache-control", "private,max-age=300"),
    ("set-cookie", "muc=00000000-0000-0000-0000-000000000000; path=/; domain=.t.co"),
)

_PAGES = {
    "outage": ("Out of order", "We will be back soon."),
    "warning": ("Careful", "The address that you asked for may be dangerous."),
}


def _key(address: str) -> str:
    """Return host and target of an address; a bare code is one of t.co."""
    _, scheme, rest = address.rpartition("://")
    if not scheme:
        return f"{SHORT_LINK_HOST}/{rest}"
    host, slash, target = rest.partition("/")
    return host.lower() + (slash or "/") + target


def _behaviour(value: str | int | Mapping[str, Any] | Behaviour) -> Behaviour:
    if isinstance(value, Behaviour):
        return value
    if isinstance(value, str):
        return Behaviour(to=value)
    return Behaviour(status=value) if isinstance(value, int) else Behaviour(**value)


def _retry_after(behaviour: Behaviour) -> list[tuple[str, str]]:
    if behaviour.retry_after is None:
        return []
    moment = datetime.now(UTC) + timedelta(seconds=behaviour.retry_after)
    seconds = str(behaviour.retry_after)
    return [("retry-after", format_datetime(moment, usegmt=True) if behaviour.as_date else seconds)]


def _page(title: str, text: str) -> bytes:
    return f"<!doctype html><title>{title}</title><p>{text}</p>".encode()


def _redirecting_page(target: str) -> bytes:
    """Return the page that t.co shows to browsers: the target stands in it three times."""
    written = html.escape(target)
    escaped = json.dumps(target).replace("/", "\\/")
    return (
        f'<head><noscript><META http-equiv="refresh" content="0;URL={written}"></noscript>'
        f"<title>{written}</title></head>"
        f"<script>window.opener = null; location.replace({escaped})</script>"
    ).encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve while a command runs, and return its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1; a free one if not given")
    parser.add_argument("--codes", type=Path, help="a JSON file that says which address leads where")
    parser.add_argument("command", nargs="*", metavar="-- COMMAND", help="{server} in it becomes the address")
    options = parser.parse_args(arguments)
    codes = json.loads(options.codes.read_text(encoding="utf-8")) if options.codes else {}
    with TcoLookalike(codes, port=options.port) as server:
        try:
            return _run(options.command, server)
        except KeyboardInterrupt:
            return 130


def _run(command: Sequence[str], server: TcoLookalike) -> int:
    if not command:
        print(
            f"a local server that imitates t.co is on {server.url}; stop it with Ctrl-C",
            file=sys.stderr,
            flush=True,
        )
        server.stopping.wait()
        return 0
    try:
        code = subprocess.run(
            [word.replace("{server}", server.url) for word in command], check=False
        ).returncode
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    print(
        f"{len(server.requests)} requests were answered by a local server that imitates t.co on {server.url}; "
        "it asks nothing of the internet",
        file=sys.stderr,
    )
    # As shells do, where a signal ended it.
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
