"""Addresses as links name them, made into addresses that can be asked."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from resolver.expand.exchange import Failure, printable
from resolver.models import Outcome

#: Bytes. RFC 9110 4.1 wants at least 8,000 to be understood.
LONGEST = 8192

#: What the URL standard (https://url.spec.whatwg.org/#url-parsing) removes: before and after an address ...
_AROUND = "".join(map(chr, range(0x21)))
#: ... and within it.
_WITHIN = str.maketrans("", "", "\t\r\n")

#: What it percent-encodes in every part of an address is all but these.
_KEPT = "".join(map(chr, range(0x21, 0x7F))).translate(str.maketrans("", "", '"<>'))

#: What it forbids in a host, and an IPv6 zone, which only makes sense on the machine that wrote it.
_FORBIDDEN_IN_HOST = re.compile(r"[\x00-\x20\x7f\"#%/<>?@\[\\\]^`{|}]")

_WITH_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")

_DEFAULT_PORTS = {"http": 80, "https": 443}


def absolute(reference: str, base: str | None = None) -> str | Failure:
    """Return the http or https address that *reference* names, seen from *base*, or why it names none.

    The result is ASCII but for its host, in lower case up to the path, without user-info and default port,
    and at most :data:`LONGEST` bytes long. The failure is ``BLOCKED_SCHEME`` or ``INVALID_URL``.

    >>> absolute("../b c?d=é", "https://User:secret@News.example:443/a/")
    'https://news.example/b%20c?d=%C3%A9'
    >>> absolute("javascript:alert(1)").outcome.value
    'blocked_scheme'
    """
    text = reference.strip(_AROUND).translate(_WITHIN)
    if len(text) > LONGEST:
        return _invalid(text, f"longer than {LONGEST} bytes")
    try:
        # urljoin() takes "http://" for a relative reference where the base is http as well.
        parts = urlsplit(text if base is None or _WITH_AUTHORITY.match(text) else urljoin(base, text))
        if parts.scheme not in _DEFAULT_PORTS:
            return Failure(
                outcome=Outcome.BLOCKED_SCHEME,
                error=f"{printable(text, 100)} is not an http or https address",
            )
        place = _place(parts.scheme, parts.netloc, parts.hostname or "", parts.port)
        path, query, fragment = (
            quote(part, safe=_KEPT) for part in (parts.path or "/", parts.query, parts.fragment)
        )
    except ValueError as error:
        return _invalid(text, str(error))
    whole = urlunsplit((parts.scheme, place, path, query, fragment))
    return whole if len(whole) <= LONGEST else _invalid(text, f"longer than {LONGEST} bytes")


def decode(location: bytes) -> str:
    """Return a Location header as text. Bytes that are not UTF-8 are kept as they are, percent-encoded.

    RFC 9110 allows only ASCII here. Where a server sends more, the bytes themselves name the resource: a
    Latin-1 path that is made into UTF-8 asks for something else.

    >>> decode("/caf\N{LATIN SMALL LETTER E WITH ACUTE}".encode("latin-1"))
    '/caf%E9'
    """
    try:
        return location.decode("utf-8")
    except UnicodeDecodeError:
        return quote(location, safe="".join(map(chr, range(0x80))))


def without_fragment(address: str) -> str:
    """Return what is sent to the server.

    >>> without_fragment("https://news.example/story#comments")
    'https://news.example/story'
    """
    return urldefrag(address).url


def with_fragment_of(address: str, previous: str) -> str:
    """Return *address*, with the fragment of the *previous* one if it has none itself (RFC 9110 10.2.2).

    >>> with_fragment_of("https://news.example/new", "https://news.example/old#comments")
    'https://news.example/new#comments'
    """
    fragment = urldefrag(previous).fragment
    return f"{address}#{fragment}" if fragment and not urldefrag(address).fragment else address


def host_of(address: str) -> str:
    """Return the host of an address that :func:`absolute` made.

    >>> host_of("https://news.example:8443/story")
    'news.example'
    """
    return urlsplit(address).hostname or ""


def _place(scheme: str, netloc: str, host: str, port: int | None) -> str:
    if not host:
        raise ValueError("no host")
    # Where browsers end the host at a backslash, other parsers read on: what they disagree on is not asked.
    if "\\" in netloc or _FORBIDDEN_IN_HOST.search(host):
        raise ValueError(f"no such host can be: {printable(host, 50)}")
    if port == 0:
        raise ValueError("port 0")
    place = f"[{IPv6Address(host)}]" if "[" in netloc else host
    return place if port is None or port == _DEFAULT_PORTS[scheme] else f"{place}:{port}"


def _invalid(text: str, problem: str) -> Failure:
    return Failure(
        outcome=Outcome.INVALID_URL,
        error=f"{printable(text, 100)} is not an address: {printable(problem, 100)}",
    )
