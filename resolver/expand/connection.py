"""One connection to one server: h11 says what is spoken over it, a stream of the network carries that.

httpcore's own connections do the same, with locks, traces and scopes that can be cancelled around each step; for a
connection that only one request uses at a time, as here, these guard nothing and take a third of the CPU of a request.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import h11
import httpcore

from resolver.expand.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resolver.expand.exchange import Recording

#: Bytes that are read at once: h11 goes through them at one stretch, in which no deadline is noticed.
_PIECE = 16 * 1024
#: Bytes of the longest head of an answer (httpcore's own bound).
_LONGEST_HEAD = 100 * 1024


class Head(NamedTuple):
    """The head of an answer."""

    status: int
    #: Names as they were sent, and values.
    headers: list[tuple[bytes, bytes]]


class Connection:
    """Speaks HTTP/1.1 over *stream*, one exchange after the other. To be used by one task at a time.

    Raises what h11 and the stream raise; after any error it is only good to be closed.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._recording: Recording | None = None
        self._read_seconds: float | None = None
        #: What reads the answer, and where none is needed, the part of the body that was not taken.
        self._http: h11.Connection | None = None
        self._rest = b""

    async def ask(
        self,
        target: bytes,
        headers: Iterable[tuple[bytes, bytes]],
        *,
        write_seconds: float | None,
        read_seconds: float | None,
        recording: Recording | None = None,
    ) -> Head:
        """Send a GET and return the head of the answer, whose body is to be read with :meth:`piece`.

        The bytes of the exchange are kept in *recording*.
        """
        self._read_seconds, self._recording = read_seconds, recording
        request = h11.Request(method=b"GET", target=target, headers=list(headers))
        await self._send(request, write_seconds)
        received = await self._receive()
        if not received:
            raise h11.RemoteProtocolError("Server disconnected without sending a response.")
        plain = read_plain(received)
        if plain is None:
            return await self._head(request, received)
        self._http, self._rest = None, plain.body
        if recording is not None:
            recording.head_ends(unread=len(plain.body), interim=False)
        return Head(plain.status, plain.headers)

    async def piece(self) -> bytes | None:
        """Return the next piece of the body; ``None`` at its end."""
        if self._http is None:
            piece, self._rest = self._rest, b""
        else:
            event = await self._event(self._http)
            piece = bytes(event.data) if isinstance(event, h11.Data) else b""
        if not piece and self._recording is not None:
            self._recording.whole = True
        return piece or None

    def renew(self) -> bool:
        """Return whether the exchange has come to its end, and not with the connection, so that another can follow.

        What comes unasked after an answer could be taken for the answer to the next request.
        """
        if self._http is None:
            return not self._rest
        ended = self._http.our_state is h11.DONE and self._http.their_state is h11.DONE
        return ended and self._http.trailing_data == (b"", False)

    def is_open(self) -> bool:
        """Return whether an idle connection still is one: nothing can come over it but its end."""
        return not self._stream.get_extra_info("is_readable")

    async def aclose(self) -> None:
        """Close it, whatever is under way."""
        await self._stream.aclose()

    async def _send(self, request: h11.Request, seconds: float | None) -> None:
        fields = (b"%s: %s\r\n" % field for field in request.headers.raw_items())
        sent = b"GET %s HTTP/1.1\r\n%s\r\n" % (request.target, b"".join(fields))
        if self._recording is not None:
            self._recording.request = sent
            self._recording.peer = self._stream.get_extra_info("server_addr")[0]
        # Who closes early may have answered all the same; if not, reading fails as well.
        with suppress(httpcore.WriteError):
            await self._stream.write(sent, timeout=seconds)

    async def _head(self, request: h11.Request, received: bytes) -> Head:
        http = self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_LONGEST_HEAD)
        http.send(request)
        http.send(h11.EndOfMessage())
        http.receive_data(received)
        while True:
            event = await self._event(http)
            final = isinstance(event, h11.Response)
            if self._recording is not None:
                self._recording.head_ends(unread=len(http.trailing_data[0]), interim=not final)
            if isinstance(event, h11.Response):
                return Head(event.status_code, event.headers.raw_items())

    async def _event(self, http: h11.Connection) -> h11.Event | type[h11.PAUSED]:
        while True:
            event = http.next_event()
            if event is not h11.NEED_DATA:
                # Of what it can be nothing is left but events and PAUSED, which mypy cannot tell.
                return event  # type: ignore[return-value]
            received = await self._receive()
            if not received and http.their_state is h11.SEND_RESPONSE:
                raise h11.RemoteProtocolError("Server disconnected without sending a response.")
            http.receive_data(received)

    async def _receive(self) -> bytes:
        received = await self._stream.read(_PIECE, timeout=self._read_seconds)
        if self._recording is not None:
            self._recording.received += received
        return received
