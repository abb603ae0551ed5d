"""One exchange as two WARC 1.1 records (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/)."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

if TYPE_CHECKING:
    from datetime import datetime

    from warcio.recordloader import ArcWarcRecord
    from warcio.warcwriter import WARCWriter


class Exchange(Protocol):
    """What went over the wire for one request: :class:`resolver.expand.exchange.Recording`."""

    @property
    def address(self) -> str:
        """The address that was asked."""

    @property
    def at(self) -> datetime:
        """When it was (UTC)."""

    @property
    def peer(self) -> str | None:
        """The numeric address of the server."""

    @property
    def request(self) -> bytes:
        """What was sent."""

    @property
    def received(self) -> bytes | bytearray:
        """What came back, as far as it was read."""

    @property
    def head_bytes(self) -> int:
        """How many of these bytes are the head."""

    @property
    def whole(self) -> bool:
        """Whether the rest is all of the body."""


class _Head:
    """The head of a message, to be written as it came: warcio would write what it understands of it."""

    def __init__(self, raw: bytes) -> None:
        self.headers_buff = raw

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """Leave it as it is."""


def record_id() -> str:
    """Return a new id for a record, a URN."""
    return uuid4().urn


def digest(content: bytes) -> str:
    """Return a digest as the heads of records name it.

    >>> digest(b"")[:23]
    'sha256:e3b0c44298fc1c14'
    """
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def request_record(writer: WARCWriter, exchange: Exchange, *, name: str, answered_by: str) -> ArcWarcRecord:
    """Return the record of what was asked; *answered_by* is the name of the record of the answer."""
    fields = {"WARC-Concurrent-To": f"<{answered_by}>"}
    return _record(writer, exchange, "request", name=name, head=exchange.request, body=b"", fields=fields)


def response_record(writer: WARCWriter, exchange: Exchange, *, name: str) -> ArcWarcRecord:
    """Return the record of what was answered, as far as it was read.

    The digest of the payload is that of the body as it was sent, its codings included, which is what the checks of
    warcio and FastWARC compare.
    """
    head = bytes(exchange.received[: exchange.head_bytes])
    body = bytes(exchange.received[exchange.head_bytes :])
    fields = {} if exchange.whole else {"WARC-Truncated": "unspecified"}
    return _record(writer, exchange, "response", name=name, head=head, body=body, fields=fields)


def _record(
    writer: WARCWriter,
    exchange: Exchange,
    kind: str,
    *,
    name: str,
    head: bytes,
    body: bytes,
    fields: dict[str, str],
) -> ArcWarcRecord:
    known = {
        "WARC-Record-ID": f"<{name}>",
        "WARC-Date": exchange.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "WARC-Block-Digest": digest(head + body),
        "WARC-Payload-Digest": digest(body),
    }
    if exchange.peer is not None:
        known["WARC-IP-Address"] = exchange.peer
    return writer.create_warc_record(
        exchange.address,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict=known | fields,
        http_headers=_Head(head),
    )
