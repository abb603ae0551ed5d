"""What an audit checks: the links, media and posts in embeds, and the posts that are known without a link."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from cache.kept_findings import VERDICTS
from cache.links import link_key
from cache.observations import NEWEST_KEY
from cache.values import time_from
from resolver.findings import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlite_utils import Database

    from cache.session import Session
    from resolver.findings import Selection

#: InternetArchiveBot's: a week for what is alive, three days for all else, so that three checks take six days.
#: https://meta.wikimedia.org/wiki/InternetArchiveBot/FAQ_for_sysadmins
RECHECK_ALIVE = timedelta(days=7)
RECHECK_OTHER = timedelta(days=3)

_PAGE = 500

_CREATE = "CREATE TEMP TABLE IF NOT EXISTS audited_links (link_id INTEGER PRIMARY KEY)"
_FILL = """
INSERT OR IGNORE INTO temp.audited_links
SELECT link_id FROM embed_links WHERE role IN ('link', 'media', 'post') AND link_id IS NOT NULL
"""
_FILL_ONE = "INSERT OR IGNORE INTO temp.audited_links VALUES (?)"
#: The posts that no link of the same embed is known to lead to.
_POSTS = f"""
SELECT DISTINCT posts.post_url FROM posts WHERE posts.post_url IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM embed_links JOIN links ON links.id = embed_links.link_id
  LEFT JOIN observations ON observations.id = {NEWEST_KEY.format(link="links.id")}
  WHERE embed_links.embed_id = posts.embed_id AND embed_links.role IN ('link', 'media', 'post')
  AND (instr(observations.expanded_url, posts.post_id) OR instr(links.url, posts.post_id))
)
"""  # noqa: S608 - the key is a constant
_LINKS = """
SELECT links.id, links.url, links.host, findings.verdict, findings.checked_at,
  findings.try_out AND links.host NOT IN (SELECT host FROM temp.replaced_hosts)
FROM temp.audited_links JOIN links ON links.id = audited_links.link_id
LEFT JOIN findings ON findings.link_id = links.id
WHERE links.id > ? ORDER BY links.id LIMIT ?
"""


def collect_subjects(session: Session) -> None:
    """Note all that can be checked. To be called in a transaction: posts without a link become links."""
    db = session.db
    db.execute(_CREATE)
    db.execute(_FILL)
    for (post_url,) in db.execute(_POSTS).fetchall():
        db.execute(_FILL_ONE, (link_key(session, post_url),))


def due_subjects(db: Database, now: datetime, selection: Selection) -> Iterator[str]:
    """Yield each address that is to be checked, once, in the order they were first seen. The caller may write."""
    taken: Counter[str | None] = Counter()
    after = 0
    while page := db.execute(_LINKS, (after, _PAGE)).fetchall():
        for after, url, host, verdict, checked_at, of_a_try_out in page:  # noqa: B007 - the next page begins after the last
            known = VERDICTS[verdict] if verdict and not of_a_try_out else None
            if not is_selected(selection, host, known) or not is_due(
                known, time_from(checked_at), now=now, selection=selection
            ):
                continue
            if selection.per_host is not None and taken[host] >= selection.per_host:
                continue
            if selection.limit is not None and taken.total() >= selection.limit:
                return
            taken[host] += 1
            yield url


def is_selected(selection: Selection, host: str | None, verdict: Verdict | None) -> bool:
    """Return whether a link is among those that are to be checked; ``None`` says that no audit has checked it.

    >>> from resolver.findings import Selection
    >>> is_selected(Selection(hosts=frozenset({"news.example"})), "www.news.example", None)
    True
    """
    of_hosts = not selection.hosts or any(
        host == name or (host or "").endswith(f".{name}") for name in selection.hosts
    )
    return of_hosts and (not selection.verdicts or (verdict or Verdict.UNKNOWN) in selection.verdicts)


def is_due(
    verdict: Verdict | None, checked_at: datetime | None, *, now: datetime, selection: Selection
) -> bool:
    """Return whether a link is to be checked again at *now*.

    >>> from datetime import UTC, datetime
    >>> from resolver.findings import Selection
    >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> is_due(Verdict.SUSPECT, noon - timedelta(days=3), now=noon, selection=Selection())
    True
    >>> is_due(Verdict.ALIVE, noon - timedelta(days=3), now=noon, selection=Selection())
    False
    """
    if verdict is None or checked_at is None:
        return True
    alive = verdict in {Verdict.ALIVE, Verdict.MOVED}
    usual = RECHECK_ALIVE if alive else RECHECK_OTHER
    return now - checked_at >= (usual if selection.recheck_after is None else selection.recheck_after)
