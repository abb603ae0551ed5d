"""The nouns of an audit: what became of a link, what is archived of it, and where an article shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from resolver.models import Observation

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from resolver.models import Embed, Outcome


class _Said(StrEnum):
    """Members that carry a sentence for people."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Self:
        """Return the member *value* carrying its *sentence*."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member


class Signal(_Said):
    """What one check of a link is evidence of, with a sentence for people. A verdict takes several of them.

    >>> Signal("gone").sentence
    'what was there is not there'
    """

    ALIVE = "alive", "it answered with what was asked for"
    GONE = "gone", "what was there is not there"
    FAILING = "failing", "nobody could be reached, or the server failed"
    BLOCKED = "blocked", "somebody or something stood before it"
    UNKNOWN = "unknown", "nothing can be concluded from it"
    NOT_CHECKABLE = "not_checkable", "nobody could be asked"


@dataclass(frozen=True, kw_only=True)
class Fetched(Observation):
    """An observation, with the page that the address at the end of the chain answered with."""

    #: As many bytes of it as were to be read; empty where the last answer was none with content.
    body: bytes = b""
    #: Whether the page went on after that.
    cut: bool = False


@dataclass(frozen=True, kw_only=True)
class Examination:
    """One check of one link: what was observed, what that is evidence of, and what the page was like."""

    observation: Observation
    signal: Signal
    #: What led to the signal, a sentence each.
    evidence: tuple[str, ...] = ()
    #: Of the page at the end, where there was one: its title, the hex SHA-256 of its visible text, and a sketch of
    #: that text by which two versions can be compared (:mod:`resolver.audit.sketch`).
    title: str | None = None
    digest: str | None = None
    sketch: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which links an audit checks."""

    #: Those last checked so long ago; ``None``: so long as their last check gives reason to.
    recheck_after: timedelta | None = None
    #: Only those last found so, and only those of these hosts; empty: all.
    verdicts: frozenset[Verdict] = frozenset()
    hosts: frozenset[str] = frozenset()
    #: At most so many in all, and of one host; ``None`` for no limit.
    limit: int | None = None
    per_host: int | None = None


@dataclass(frozen=True, kw_only=True)
class CoolDown:
    """Until when (UTC) an archive is not to be asked, and why."""

    until: datetime
    reason: str


class Verdict(_Said):
    """What is to be said of a link after all that was observed of it, with a sentence for people.

    >>> Verdict("moved").sentence
    'it answers, at another address'
    """

    ALIVE = "alive", "it answers"
    MOVED = "moved", "it answers, at another address"
    SUSPECT = "suspect", "it did not answer as it should, but not often or not long enough to be called dead"
    DEAD = "dead", "it was found dead at every one of the checks that the rule asks for"
    BLOCKED = "blocked", "somebody or something stands before it: a refusal, a login, a consent page"
    UNKNOWN = "unknown", "nothing that was seen says whether it is there"
    NOT_CHECKABLE = "not_checkable", "it was cut off in the article, or nobody can be asked"


@dataclass(frozen=True, kw_only=True)
class Memento:
    """A web archive's copy of an address."""

    #: The address of the copy.
    url: str
    #: The address that was archived, exactly as the archive has it.
    original: str
    #: When it was captured (UTC).
    captured_at: datetime
    #: What the archived server answered; 0 where the archive does not say.
    status: int


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is known of one address at the end of an audit, and what that rests on."""

    url: str
    verdict: Verdict
    #: What led to the verdict, a sentence each, the strongest first.
    evidence: tuple[str, ...] = ()
    #: The newest outcome; ``None`` where nothing was ever asked.
    outcome: Outcome | None = None
    expanded_url: str | None = None
    #: How many addresses the newest chain passed.
    hops: int = 0
    #: How often it was checked, and when last (UTC).
    checks: int = 0
    checked_at: datetime | None = None
    #: Since when every check found it dead, and when one last found it alive (UTC).
    dead_since: datetime | None = None
    alive_at: datetime | None = None
    #: Whether it was dead before and answers again.
    revived: bool = False
    #: The title of the page at its end, and the change since an earlier check, in words.
    title: str | None = None
    drift: str | None = None
    #: The archived copy nearest to the article's date; ``None`` where none is known.
    memento: Memento | None = None
    #: Whether an archive was asked at all.
    archive_asked: bool = False


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One link of one embed in one article, with its finding: a line of the report."""

    document: str
    document_url: str | None
    #: When the article was published: ISO 8601, of any precision.
    document_date: str | None
    embed: Embed
    #: As it is written in the article; ``None`` for a post that is known without a link.
    written: str | None
    finding: Finding
