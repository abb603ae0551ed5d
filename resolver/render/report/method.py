"""How an audit was made: what the reader of its report must know to judge it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Method:
    """What was audited, when, from where and by which rules."""

    #: The database, as the user named it.
    database: str
    #: When the report was made (UTC), and the version of this tool.
    made_at: datetime
    tool_version: str
    #: A link is dead after this many dead checks, each at least this long after the one before.
    dead_after: int = 3
    apart: timedelta = timedelta(days=3)
    #: How often one check asks a server that does not answer.
    tries: int | None = None
    #: Where the computer stood that asked, in the user's words; ``None`` where nobody said.
    vantage: str | None = None
    #: The web archive that was asked, and the endpoint that says whether posts are there; ``None`` where none was.
    archive: str | None = None
    oembed: str | None = None
    #: The servers that answered for hosts of the web (``--connect-to``).
    answered_by: Mapping[str, str] = field(default_factory=dict)
    #: The database that the changes are counted from; ``None`` where there is none.
    baseline: str | None = None
    #: How many documents were read and how many embeds stood in them, those without any link included.
    documents: int | None = None
    embeds: int | None = None
