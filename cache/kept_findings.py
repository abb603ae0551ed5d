"""What is to be said of each link by now: one row for each, written anew by every audit that checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cache.links import link_key
from cache.rows import outcome_from
from cache.values import json_from, json_value, text_value, time_from, time_value
from resolver.findings import Finding, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

    from cache.session import Session

_NAMES = (
    "verdict", "evidence", "outcome", "expanded_url", "hops", "checks", "checked_at", "dead_since", "alive_at",
    "revived", "title", "drift",
)  # fmt: skip
_COLUMNS = ", ".join(_NAMES)
#: The verdicts by their names.
VERDICTS = {verdict.value: verdict for verdict in Verdict}
_KEEP = f"""
INSERT OR REPLACE INTO findings (link_id, run_id, try_out, {_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608 - the names are constants, as in all that follow
_OF_LINK = f"SELECT {_COLUMNS} FROM findings WHERE link_id = ?"  # noqa: S608
_WITH_VERDICT = f"""
SELECT links.id, links.url, {_COLUMNS}, (
  SELECT min(documents.date) FROM embed_links JOIN embeds ON embeds.id = embed_links.embed_id
  JOIN documents ON documents.id = embeds.document_id WHERE embed_links.link_id = links.id
)
FROM findings JOIN links ON links.id = findings.link_id
WHERE links.id > ? AND verdict = ? ORDER BY links.id LIMIT ?
"""  # noqa: S608
#: Findings are read so many at a time, so that no reading is open while the caller writes.
_PAGE = 200


def keep_finding(session: Session, finding: Finding, *, try_out: bool) -> None:
    """Write what is to be said of a link. To be called in a transaction."""
    link_id = link_key(session, finding.url)
    values = (
        finding.verdict.value,
        json_value(finding.evidence),
        finding.outcome.value if finding.outcome else None,
        text_value(finding.expanded_url),
        finding.hops,
        finding.checks,
        time_value(finding.checked_at),
        time_value(finding.dead_since),
        time_value(finding.alive_at),
        int(finding.revived),
        text_value(finding.title),
        text_value(finding.drift),
    )
    session.db.execute(_KEEP, (link_id, session.run_id, int(try_out), *values))
    session.seal("findings", link_id)


def load_finding(db: Database, link_id: int, url: str) -> Finding:
    """Return what is to be said of a link; that nothing is known of it where no audit has checked it."""
    row = db.execute(_OF_LINK, (link_id,)).fetchone()
    if row is None:
        return Finding(url=url, verdict=Verdict.UNKNOWN, evidence=("it was never checked",))
    return _finding(url, row)


def with_verdicts(db: Database, verdicts: Iterable[Verdict]) -> Iterator[tuple[Finding, str | None]]:
    """Yield the findings with one of the verdicts, each with the date of the oldest article that has the link."""
    for verdict in verdicts:
        after = 0
        while rows := db.execute(_WITH_VERDICT, (after, verdict.value, _PAGE)).fetchall():
            for after, url, *columns, date in rows:  # noqa: B007 - the next page begins after the last
                yield _finding(url, columns), date


def _finding(url: str, row: Iterable[Any]) -> Finding:
    columns: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
    return Finding(
        url=url,
        verdict=VERDICTS[columns.pop("verdict")],
        evidence=tuple(json_from(columns.pop("evidence"))),
        outcome=outcome_from(columns.pop("outcome")),
        checked_at=time_from(columns.pop("checked_at")),
        dead_since=time_from(columns.pop("dead_since")),
        alive_at=time_from(columns.pop("alive_at")),
        revived=bool(columns.pop("revived")),
        **columns,
    )
