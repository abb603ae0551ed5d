"""The nouns that the stages pass to one another: frozen, typed, without behaviour that needs anything else.

Conventions that hold for every class here: times are aware and in UTC, ids are strings, an unknown value is
``None`` (never an empty string, never a guess), and spans are half-open offsets in Unicode code points into the
document as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from resolver.observed import Capture, Enriched, Hop, Observation, Outcome, Via


__all__ = [
    "CONTEXT_CHARACTERS",
    "AttestedBy",
    "Blocked",
    "Capture",
    "Check",
    "Document",
    "Embed",
    "Enriched",
    "Hop",
    "Kind",
    "Link",
    "Observation",
    "Outcome",
    "Post",
    "Role",
    "Via",
]

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

    #: ``day_of_id``, ``handle_in_url``, ``post_of_media`` or ``text_in_archive``.
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


#: What stands in :mod:`resolver.observed`, and is loaded when it is first asked for here.
_OBSERVED = frozenset({"Capture", "Enriched", "Hop", "Observation", "Outcome", "Via"})


def __getattr__(name: str) -> object:
    if name not in _OBSERVED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from resolver import observed

    return getattr(observed, name)
