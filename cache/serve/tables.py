"""How the tables and views are shown: titles, what to filter by, what stands for a row elsewhere, and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How one table or view is shown."""

    title: str
    #: The columns that are offered to filter by, with how many rows have each value.
    facets: tuple[str, ...] = ()
    #: The column that stands for a row where another table points to it.
    label: str | None = None
    #: The column to sort by, the newest first.
    newest_by: str | None = None
    #: The units of columns, as they are said and as Datasette 0.65 takes them.
    units: Mapping[str, tuple[str, str]] | None = None
    #: The column by which the full-text index of the embeds finds a row.
    search_by: str | None = None


_SECONDS = {"seconds": ("seconds", "s")}

TABLES: Mapping[str, Shown] = {
    "documents": Shown(title="Articles", facets=("input",), label="name"),
    "embeds": Shown(
        title="Embeds as the article has them",
        facets=("kind", "platform", "handle", "blocked_vendor", "blocked_language"),
        label="quote",
        search_by="id",
    ),
    "posts": Shown(
        title="Embeds with all that is known",
        facets=("kind", "platform", "handle", "attested_by"),
        search_by="embed_id",
    ),
    "links": Shown(title="Links", facets=("host",), label="url"),
    "embed_links": Shown(title="Links as they stand in embeds", facets=("role", "outcome")),
    "observations": Shown(
        title="Attempts to follow links",
        facets=("outcome", "run_id"),
        label="outcome",
        newest_by="observed_at",
        units=_SECONDS,
    ),
    "latest_observations": Shown(
        title="The newest attempt for each link",
        facets=("outcome", "host"),
        newest_by="observed_at",
        units=_SECONDS,
    ),
    "links_not_reached": Shown(title="Links not reached", facets=("outcome", "host")),
    "hops": Shown(title="Steps along links", facets=("via", "status"), units=_SECONDS),
    "evidence": Shown(title="The chain of evidence", facets=("role", "outcome", "via", "status")),
    "outcomes": Shown(title="How following a link can end", label="sentence"),
    "identifications": Shown(title="Which post an embed shows", facets=("attested_by",)),
    "checks": Shown(title="What the article says against what was found", facets=("name", "passed")),
    "examinations": Shown(title="Checks by audits", facets=("signal",)),
    "findings": Shown(
        title="What audits found", facets=("verdict", "outcome", "checks"), newest_by="checked_at"
    ),
    "mementos": Shown(title="Copies in web archives", facets=("status",), newest_by="asked_at"),
    "cool_downs": Shown(title="Archives left alone for a while"),
    "captures": Shown(
        title="Exchanges recorded in WARC files", facets=("file",), units={"offset": ("bytes", "byte")}
    ),
    "runs": Shown(
        title="Runs", facets=("command", "ending", "tool_version"), label="command", newest_by="started_at"
    ),
}

#: Of use to this tool alone.
HIDDEN = ("digests", "_sqlite_migrations")
