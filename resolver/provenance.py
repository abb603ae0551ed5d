"""The nouns of provenance: who did what when, and what each claim about an embed rests on.

As in :mod:`resolver.models`, times are aware and in UTC, and an unknown value is ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from resolver.models import Embed, Link, Observation


@dataclass(frozen=True, kw_only=True)
class Run:
    """One call of a command. Times are aware and in UTC."""

    #: Runs count from 1, in the order in which they began.
    id: int
    command: str
    arguments: Mapping[str, Any]
    #: The version of this tool.
    tool_version: str
    started_at: datetime
    #: ``None`` while it runs, and for good where it was killed; so is ``ending``.
    ended_at: datetime | None
    #: ``done``, ``stopped`` by its user, or ``failed``.
    ending: str | None
    #: Which hosts were answered for by which other server; empty where the web itself was asked.
    connect_to: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One observation and the run that made it."""

    observation: Observation
    run: Run


@dataclass(frozen=True, kw_only=True)
class LinkEvidence:
    """One link of an embed with all that is known of it, and every attempt to follow it, the oldest first."""

    link: Link
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, kw_only=True)
class EmbedEvidence:
    """One embed: what the article says, what is known by now, and what that rests on."""

    #: The number of the embed in the database.
    key: int
    #: As the article has it.
    scanned: Embed
    #: With what following its links showed.
    known: Embed
    #: In the order in which they stand in the post.
    links: tuple[LinkEvidence, ...]
    #: The run that found it.
    scanned_by: Run
    #: The run that concluded which post it is; ``None`` where nothing was concluded.
    concluded_by: Run | None
    #: The observation that the conclusion rests on; ``None`` where it rests on the article alone.
    witness: Observation | None


@dataclass(frozen=True, kw_only=True)
class DocumentEvidence:
    """One document as it was read, and those of its embeds that were asked for."""

    #: The name its owner gave it: :attr:`resolver.models.Document.id`.
    id: str
    sha256: str
    url: str | None
    date: str | None
    #: ``text``, ``html`` or ``text+html``; empty where it had neither.
    input: str
    #: Code points of its text, or of its HTML where it has no text.
    characters: int
    first_read_by: Run
    last_read_by: Run
    #: In the order of their place.
    embeds: tuple[EmbedEvidence, ...]
