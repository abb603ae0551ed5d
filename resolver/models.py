"""The nouns that the stages pass to one another: frozen, typed, without behaviour that needs anything else.

Conventions that hold for every class here: times are aware and in UTC, ids are strings, an unknown value is
``None`` (never an empty string, never a guess), and spans are half-open offsets in Unicode code points into the
document as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

#: Characters kept on each side of a quote, as a W3C Web Annotation TextQuoteSelector wants them.
CONTEXT_CHARACTERS = 32


class Kind(StrEnum):
    """What is left of a post in a document."""

    #: The embed's own element is still there.
    MARKUP = "markup"
    #: Only the embed's flattened text is there.
    LEFTOVER = "leftover"
    #: Only a note that something was not loaded is there.
    PLACEHOLDER = "placeholder"


class Role(StrEnum):
    """What a link in a post is for."""

    LINK = "link"
    #: The post's own picture or video (pic.twitter.com and its like).
    MEDIA = "media"
    #: The post itself.
    POST = "post"
    PROFILE = "profile"
    HASHTAG = "hashtag"


class AttestedBy(StrEnum):
    """On whose word it stands which post an embed shows."""

    ARTICLE = "article"
    REDIRECT = "redirect"
    #: A table of known expansions that the user brought.
    DUMP = "dump"
    ARCHIVE = "archive"
    PLATFORM = "platform"


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
    KNOWN = "known", "a table of known expansions says where it leads; who is there was not asked", True
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
class Document:
    """One article as it was given: its text, its HTML, or both.

    >>> Document(id="a.txt", text="Hello").sha256[:12]
    '185f8db32271'
    """

    #: The caller's name for it: a path, a row's id, or ``<file>#<row number>``.
    id: str
    text: str | None = None
    html: str | None = None
    #: Where it was published.
    url: str | None = None
    #: When it was published: ISO 8601, of any precision (``2020-08``).
    date: str | None = None

    @cached_property
    def sha256(self) -> str:
        """The hex digest of the content, by which a span can be checked later.

        It is taken over the UTF-8 bytes of the text, or of the HTML where there is no text; where there are
        both, over the text, a NUL byte and the HTML. A lone surrogate counts as its three-byte form.
        """
        import hashlib  # loads OpenSSL, which a scan does not need

        parts = [part.encode("utf-8", "surrogatepass") for part in (self.text, self.html) if part is not None]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    @property
    def source(self) -> str:
        """The text, or the HTML source where there is no text: what the spans of its kind of input point into."""
        return self.text if self.text is not None else self.html or ""


@dataclass(frozen=True, kw_only=True)
class Link:
    """One address in a post."""

    #: The address to ask for; ``None`` where the article cut it off.
    url: str | None
    #: As it is written in the article.
    written: str
    role: Role
    #: Where it leads, once it has been followed.
    expanded_url: str | None = None
    #: That address without what was added to count its readers: for comparing, never asked for.
    canonical_url: str | None = None
    #: How following it ended; ``None`` where it was not followed.
    outcome: Outcome | None = None
    #: The server that answered instead of the web (``--connect-to``), else ``None``.
    answered_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """The note that stands where an embed was held back."""

    quote: str
    start: int
    end: int
    #: The consent manager, where its markup or wording names it.
    vendor: str | None
    #: ISO 639-1 code of the note's language.
    language: str | None


@dataclass(frozen=True, kw_only=True)
class Check:
    """One test of what the article printed against what was found, and its result."""

    #: ``day_of_id``, ``handle_in_url`` or ``post_of_media``.
    name: str
    #: What the article says.
    printed: str
    #: What the post's id or address says.
    found: str
    passed: bool
    #: The address of the post that was tested.
    post_url: str


@dataclass(frozen=True, kw_only=True)
class Embed:
    """A trace of one post in one document, and all that is known of the post.

    ``start`` and ``end`` enclose ``quote`` in the document's text, or in its HTML source: the latter for ``kind``
    markup, and where ``rule`` ends with ``@html``.
    """

    #: The id of the document it stands in.
    document: str
    kind: Kind
    #: ``twitter``, ...; ``None`` where the article does not say.
    platform: str | None
    start: int
    end: int
    quote: str
    #: The characters before and after the quote, at most 32 each.
    prefix: str
    suffix: str
    #: What the post says, its links included.
    text: str | None = None
    author: str | None = None
    #: Without the ``@``.
    handle: str | None = None
    #: The day printed in the article, and as it is printed.
    posted: date | None = None
    posted_text: str | None = None
    #: The exact time (UTC), from the post's id or a machine-readable time only.
    posted_at: datetime | None = None
    post_id: str | None = None
    post_url: str | None = None
    links: tuple[Link, ...] = ()
    #: Without their sign.
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    blocked: Blocked | None = None
    #: The rule that found it, ``<platform>.<rule>``; two that found it together are joined by ``+``. What was read in
    #: the text of a page, not in a text of its own, ends with ``@html``.
    rule: str
    #: From 0 to 1: how sure the rule is that this is an embed and that its fields are right.
    confidence: float
    attested_by: AttestedBy = AttestedBy.ARTICLE
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Post:
    """What the address of a post says about it."""

    platform: str
    id: str
    #: ``None`` where the address names none. It need not be the author: some platforms redirect any handle.
    handle: str | None
    #: The one address that all forms of it are brought to.
    url: str
    #: The exact time (UTC) that the id carries; ``None`` where it carries none.
    posted_at: datetime | None


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
