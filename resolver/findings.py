"""The nouns of an audit: what became of a link, what is archived of it, and where an article shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from resolver.models import Embed, Outcome


class Verdict(StrEnum):
    """What is to be said of a link after all that was observed of it, with a sentence for people.

    >>> Verdict("moved").sentence
    'it answers, at another address'
    """

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Verdict:
        """Return the member *value* carrying its *sentence*."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

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
