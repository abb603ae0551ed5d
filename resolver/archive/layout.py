"""Where an archive answers which question, from its base address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

#: The Wayback Machine of the Internet Archive.
DEFAULT: Final = "https://web.archive.org"

#: What stands before the archived address in that of a copy: the time, and how it is shown.
_COPY = re.compile(r"/(?P<time>[0-9]{14})(?:[a-z]{2}_)?/(?P<original>https?:/{1,2}.{1,8192})\Z", re.DOTALL)


class Kind(StrEnum):
    """How an archive is asked for its copies."""

    #: A CDX server, as the Wayback Machine and pywb have.
    CDX = "cdx"
    #: A TimeMap in link format, RFC 7089 5.
    TIMEMAP = "timemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where an archive answers."""

    kind: Kind
    #: Where its list of copies is asked for: a CDX server, or what an address is put behind.
    index: str
    #: What time and address are put behind to see a copy; empty where only the list says so.
    replay: str

    def copy(self, timestamp: str, original: str, *, raw: bool = False) -> str:
        """Return the address of a copy, as people see it or *raw*, as it was captured.

        >>> layout_of("https://web.archive.org").copy("20200815120000", "https://t.co/x", raw=True)
        'https://web.archive.org/web/20200815120000id_/https://t.co/x'
        """
        return f"{self.replay}{timestamp}{'id_' if raw else ''}/{original}"


def layout_of(base: str, kind: Kind | None = None) -> Layout:
    """Return where the archive at *base* answers; its *kind* is told by the address where it is not given.

    ``https://web.archive.org`` or any other root is laid out as the Wayback Machine, ``https://host/collection`` as
    pywb. The full address of a CDX server (ending in ``/cdx``) or of a TimeMap (``/timemap/link/``) says so itself.
    Raises :class:`ValueError` for what is no http address.

    >>> layout_of("http://127.0.0.1:8090/web").index
    'http://127.0.0.1:8090/web/cdx'
    >>> layout_of("https://archive.example/web/timemap/link/").kind.value
    'timemap'
    """
    address = base.rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"not the address of an archive, as in {DEFAULT}: {base!r}")
    if kind is Kind.TIMEMAP or (kind is None and "/timemap" in parts.path):
        index = address if "/timemap" in parts.path else f"{address}/timemap/link"
        return Layout(kind=Kind.TIMEMAP, index=f"{index}/", replay="")
    if parts.path.endswith("/cdx/search/cdx"):
        address = address.removesuffix("/cdx/search/cdx")
        parts = urlsplit(address)
    if parts.path.endswith("/cdx"):
        return Layout(kind=Kind.CDX, index=address, replay=address.removesuffix("cdx"))
    if parts.path:
        return Layout(kind=Kind.CDX, index=f"{address}/cdx", replay=f"{address}/")
    return Layout(kind=Kind.CDX, index=f"{address}/cdx/search/cdx", replay=f"{address}/web/")


def time_and_original(copy: str) -> tuple[str, str] | None:
    """Return the 14 digits of the time and the archived address that the address of a copy names.

    >>> time_and_original("https://web.archive.org/web/20200815120000id_/https://t.co/AbC")
    ('20200815120000', 'https://t.co/AbC')
    """
    found = _COPY.search(copy)
    return (found["time"], found["original"]) if found else None
