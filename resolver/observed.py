"""The nouns of what following links showed; :mod:`resolver.models` has them by the same names.

They have a file of their own since a scan follows nothing: making these classes costs a tenth of its start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from resolver.models import Document, Embed


class Via(StrEnum):
    """How one hop led to the next address."""

    #: A 3xx answer with a Location, or the last answer of the chain.
    HTTP = "http"
    #: A page that sends its reader on by ``<meta http-equiv=refresh>``.
    META_REFRESH = "meta_refresh"
    #: The address, or the page at it, carries the address it leads to. Of an address, nobody was asked.
    UNWRAP = "unwrap"
    #: The address of a consent or login page carries that of the page behind it. Nobody was asked.
    CONSENT_WALL = "consent_wall"
    #: A table of known expansions that the user brought. Nobody was asked.
    DUMP = "dump"
    #: A web archive answered instead of the host.
    ARCHIVE = "archive"


class Outcome(StrEnum):
    """How following a link ended, with a sentence for people and whether it is an answer at all.

    A link that leads nowhere is a result like any other, so this list is closed: nothing that happens while
    following a link is an exception to the caller. Outcomes that are not *settled* say that we could not find
    out; the next run asks again.

    >>> Outcome.NOT_FOUND.settled, Outcome.TIMEOUT_READ.settled
    (True, False)
    >>> Outcome("dns_error").sentence
    'the host name has no address'
    """

    sentence: str
    settled: bool

    def __new__(cls, value: str, sentence: str, settled: bool) -> Outcome:  # noqa: FBT001 - one call per row
        """Return the member *value* carrying its *sentence* and whether it is *settled*."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        member.settled = settled
        return member

    OK = "ok", "the address at the end of the chain answered", True
    POST = "post", "the chain leads to a post; the platform's page is not asked, it proves nothing", True
    KNOWN = "known", "a table or an archive says where it leads; who is there was not asked", True
    CONSENT_WALL = "consent_wall", "a consent or login page stands before the end of the chain", True
    INTERSTITIAL_WARNING = "interstitial_warning", "a page warns of the address, which was not asked", True
    NOT_FOUND = "not_found", "the server says there is nothing at this address (404)", True
    GONE = "gone", "the server says that what was here is gone for good (410)", True
    FORBIDDEN = "forbidden", "the server refuses to show the address (401, 403, 451)", True
    CLIENT_ERROR = "client_error", "the server refuses the request (another 4xx)", True
    RATE_LIMITED = "rate_limited", "the server asks to come back later (429)", False
    SERVER_ERROR = "server_error", "the server failed (5xx)", False
    UNAVAILABLE_PAGE = "unavailable_page", "a short link answered with a page that leads nowhere", False
    TIMEOUT_CONNECT = "timeout_connect", "no connection was made in time", False
    TIMEOUT_READ = "timeout_read", "the server stopped answering", False
    TIMEOUT_TOTAL = "timeout_total", "the time allowed for one link was used up", False
    DNS_ERROR = "dns_error", "the host name has no address", False
    CONNECTION_REFUSED = "connection_refused", "nothing listens at the address", False
    CONNECTION_LOST = "connection_lost", "the connection broke", False
    TLS_EXPIRED = "tls_expired", "the host's certificate has expired", False
    TLS_NOT_YET_VALID = "tls_not_yet_valid", "the host's certificate is not valid yet", False
    TLS_NAME = "tls_name", "the certificate is another host's", False
    TLS_UNTRUSTED = "tls_untrusted", "nobody who is trusted has signed the host's certificate", False
    TLS_PROTOCOL = "tls_protocol", "the host speaks no encryption, or none that is safe", False
    TLS_ERROR = "tls_error", "no trusted encrypted connection could be made, for another reason", False
    PROTOCOL_ERROR = "protocol_error", "what the server sent is not HTTP", False
    BAD_REDIRECT = "bad_redirect", "a redirect names no address to go to, or several", True
    REDIRECT_LOOP = "redirect_loop", "the chain comes back to an address it has passed", True
    TOO_MANY_REDIRECTS = "too_many_redirects", "the chain is longer than what is followed", True
    INVALID_URL = "invalid_url", "the address is not one that can be asked for", True
    BLOCKED_SCHEME = "blocked_scheme", "the chain leads to something other than http or https", True
    BLOCKED_ADDRESS = "blocked_address", "the host is not a public address", True
    TOO_LARGE = "too_large", "the answer is larger than what is read", True
    BAD_ENCODING = "bad_encoding", "the page cannot be decoded", True
    TRUNCATED = "truncated", "the address was cut off in the article and cannot be followed", True
    INTERNAL_ERROR = "internal_error", "this tool failed; please report it", False


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One step on the way along a link: an answer of the web, or an address that says itself where it leads.

    Our own retries are not hops.
    """

    #: The address that was asked, or read.
    url: str
    via: Via
    #: The HTTP status code; ``None`` where nobody was asked.
    status: int | None
    #: The absolute address that it leads on to; ``None`` at the end of the chain.
    location: str | None
    #: When the answer came (UTC), and how many seconds after the request was sent; 0 where nobody was asked.
    at: datetime
    seconds: float
    #: The address of the server that answered instead of the host (``--connect-to``), else ``None``.
    connected_to: str | None = None
    #: Of a hop by ``dump``, the table that says so: its name, and ``sha256:`` with the digest of the file.
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class Capture:
    """Where one exchange with a server is recorded, byte for byte: a response record of a WARC file."""

    #: The address that was asked.
    url: str
    #: The number of the hop that it is the evidence of, from 0; ``None`` for a try that failed or was repeated.
    hop: int | None = None
    #: The name of the file, without its folder; in it the record begins after so many bytes.
    file: str
    offset: int
    #: The WARC-Record-ID, as ``urn:uuid:...``, and the WARC-Payload-Digest, as ``sha256:...``.
    record_id: str
    payload_digest: str


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One attempt to follow one link at one time. It is kept as it is; a later attempt is a later observation."""

    #: The link that was followed.
    url: str
    #: When it began (UTC), and how many seconds it took in all.
    observed_at: datetime
    seconds: float
    outcome: Outcome
    hops: tuple[Hop, ...] = ()
    #: The last address that the chain is known to lead to; ``None`` where the link itself led nowhere.
    expanded_url: str | None = None
    #: That address without what was added to count its readers: for comparing, never asked for.
    canonical_url: str | None = None
    #: How often the request that needed most tries was tried; 1 where nothing had to be repeated.
    attempts: int = 1
    #: What failed, in words; ``None`` where nothing did.
    error: str | None = None
    #: Where what was asked and answered is recorded, in the order of asking; empty where nothing was recorded.
    captures: tuple[Capture, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Enriched:
    """One document with its embeds, and the observations that their links rest on."""

    document: Document
    embeds: tuple[Embed, ...]
    #: The newest observation of each link that was ever followed.
    observations: tuple[Observation, ...] = field(default=())
