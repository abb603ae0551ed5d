"""A server that misbehaves on the wire, in ways that can be put together."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Fault = Callable[["Peer"], None]


class Peer:
    """One connection of the server that misbehaves."""

    def __init__(self, connection: socket.socket, stopping: threading.Event) -> None:
        self.connection = connection
        #: Wait on it instead of sleeping, so that a test ends when it has seen enough.
        self.stopping = stopping

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self.connection.sendall(data)


@contextmanager
def serving(fault: Fault, context: ssl.SSLContext | None = None, *, wait: bool = True) -> Iterator[str]:
    """Run a server all of whose connections have the fault; yields its address.

    With a *context* it speaks TLS. It *waits* for the request, or else for anything at all.
    """
    stopping = threading.Event()
    threads: list[threading.Thread] = []

    def connection_made(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) if context else connection as spoken:
                while b"\r\n\r\n" not in (received := spoken.recv(65536)) and wait:
                    if not received:
                        return
                fault(Peer(spoken, stopping))
        except OSError:
            connection.close()  # the client has seen enough

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
            yield f"{'https' if context else 'http'}://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            stopping.set()
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for thread in threads:
                thread.join()


def raw(*parts: bytes) -> Fault:
    """Send the parts, and be done."""
    return lambda peer: peer.send(b"".join(parts))


def then(*faults: Fault) -> Fault:
    """Do one after the other."""

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
    """Send it again and again."""

    def fault(peer: Peer) -> None:
        while not peer.stopping.is_set():
            peer.send(data)

    return fault


def silence(seconds: float = 60.0) -> Fault:
    """Say nothing."""

    def fault(peer: Peer) -> None:
        peer.stopping.wait(seconds)

    return fault


def reset(peer: Peer) -> None:
    """Close the connection as a crash does."""
    peer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.connection.close()


def redirect(*locations: bytes, status: int = 302) -> Fault:
    """Lead on to all these places."""
    headers = b"".join(b"Location: %s\r\n" % location for location in locations)
    return raw(b"HTTP/1.1 %d Moved\r\nConnection: close\r\nContent-Length: 0\r\n%s\r\n" % (status, headers))
