"""The links that are to be followed: those of which nothing is known that still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.freshness import is_fresh
from cache.observations import NEWEST_KEY
from cache.rows import outcome_from
from cache.values import text_value, time_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime, timedelta

    from sqlite_utils import Database

    from cache.values import Value
    from resolver.models import Document

#: Links are read this many at a time, so that no reading is open while the caller writes.
PAGE = 500

#: The links of the documents that were added since the store was opened. It goes with the connection.
CREATE_TOUCHED = "CREATE TEMP TABLE touched_links (link_id INTEGER PRIMARY KEY)"
#: The hosts that this run sends to another server (``--connect-to``).
CREATE_REPLACED = "CREATE TEMP TABLE replaced_hosts (host TEXT PRIMARY KEY)"
REPLACE = "INSERT OR IGNORE INTO temp.replaced_hosts VALUES (?)"
#: Posts, profiles and hashtags are named by their address itself: following them finds nothing out.
TOUCH = """
INSERT OR IGNORE INTO temp.touched_links
SELECT link_id FROM embeds JOIN embed_links ON embed_id = embeds.id
WHERE document_id = ? AND role IN ('link', 'media') AND link_id IS NOT NULL
"""

_TOUCHED = """
SELECT link_id FROM temp.touched_links WHERE link_id > :after ORDER BY link_id LIMIT :page
"""
_OF_DOCUMENT = """
SELECT DISTINCT link_id FROM documents JOIN embeds ON document_id = documents.id
JOIN embed_links ON embed_id = embeds.id
WHERE name = :name AND sha256 = :sha256 AND role IN ('link', 'media') AND link_id > :after
ORDER BY link_id LIMIT :page
"""
_EVERYWHERE = """
SELECT id FROM links WHERE id > :after
AND EXISTS (SELECT 1 FROM embed_links WHERE link_id = links.id AND role IN ('link', 'media'))
ORDER BY id LIMIT :page
"""
_PAGE = """
WITH page (link_id) AS ({source})
SELECT page.link_id, links.url, observations.outcome, observations.observed_at,
observations.expanded_url IS NULL, EXISTS (
  SELECT 1 FROM hops WHERE observation_id = observations.id AND connected_to IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM temp.replaced_hosts WHERE hops.url LIKE '%://' || host || '%')
)
FROM page JOIN links ON links.id = page.link_id
LEFT JOIN observations ON observations.id = {newest}
ORDER BY page.link_id
"""
_NEWEST = NEWEST_KEY.format(link="page.link_id")
OF_TOUCHED = _PAGE.format(source=_TOUCHED, newest=_NEWEST)
OF_DOCUMENT = _PAGE.format(source=_OF_DOCUMENT, newest=_NEWEST)
EVERYWHERE = _PAGE.format(source=_EVERYWHERE, newest=_NEWEST)


def due_links(
    db: Database,
    query: str,
    *,
    now: datetime,
    max_age: timedelta,
    document: Document | None = None,
    known: Callable[[str], object] | None = None,
) -> Iterator[str]:
    """Yield each distinct address of *query* that is not fresh at *now*, in the order they were first seen.

    What another server answered in the place of the web stands only for runs that send its host elsewhere too. An
    answer that led nowhere does not stand against tables of known expansions: *known* returns what they say.
    *query* is one of OF_TOUCHED, OF_DOCUMENT (with *document*) and EVERYWHERE. The caller may write while it
    goes on: each page is read anew.
    """
    parameters: dict[str, Value] = {"page": PAGE}
    if document is not None:
        parameters |= {"name": text_value(document.id), "sha256": document.sha256}
    after = 0
    while True:
        page = db.execute(query, parameters | {"after": after}).fetchall()
        for after, url, outcome, observed_at, led_nowhere, of_a_try_out in page:  # noqa: B007
            ended = outcome_from(outcome)
            fresh = is_fresh(ended, time_from(observed_at), now=now, max_age=max_age)
            if of_a_try_out or not fresh or (led_nowhere and known is not None and known(url) is not None):
                yield url
        if len(page) < PAGE:
            return
