"""Every link of every embed with what an audit found of it: the lines of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cache.embeds import known, scanned_embeds
from cache.kept_findings import load_finding
from cache.mementos import newest_memento
from cache.transactions import snapshot
from resolver.findings import Finding, Occurrence, Verdict
from resolver.models import Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from resolver.models import Embed, Link

#: The links of a post that are checked. Its author's profile and its hashtags are not what it shows.
CHECKED = frozenset({Role.LINK, Role.MEDIA, Role.POST})

_NEXT_DOCUMENT = "SELECT id, name, url, date FROM documents WHERE id > ? ORDER BY id LIMIT 1"
_EMBEDS_OF = "SELECT id FROM embeds WHERE document_id = ? ORDER BY position"
_LINK = "SELECT id FROM links WHERE url = ?"


def all_occurrences(db: Database) -> Iterator[Occurrence]:
    """Yield each link, medium and post of each embed with its finding, in the order the documents were first read.

    A post that is known and to which no link of its embed leads is an occurrence of its own, without ``written``.
    """
    after = 0
    while (row := db.execute(_NEXT_DOCUMENT, (after,)).fetchone()) is not None:
        after, name, url, date = row
        with snapshot(db):
            keys = [key for (key,) in db.execute(_EMBEDS_OF, (after,)).fetchall()]
            found = [
                Occurrence(
                    document=name,
                    document_url=url,
                    document_date=date,
                    embed=embed,
                    written=written,
                    finding=finding,
                )
                for key, scanned in scanned_embeds(db, keys)
                for embed in [known(db, key, scanned)]
                for written, finding in _findings(db, embed)
            ]
        yield from found


def _findings(db: Database, embed: Embed) -> Iterator[tuple[str | None, Finding]]:
    checked = [link for link in embed.links if link.role in CHECKED]
    for link in checked:
        yield link.written, _of_link(db, link)
    if embed.post_url is not None and not any(_leads_to(link, embed.post_id) for link in checked):
        yield None, _of_address(db, embed.post_url)


def _of_link(db: Database, link: Link) -> Finding:
    if link.url is not None:
        return _of_address(db, link.url)
    return Finding(
        url=link.written,
        verdict=Verdict.NOT_CHECKABLE,
        evidence=(Outcome.TRUNCATED.sentence,),
        outcome=Outcome.TRUNCATED,
    )


def _of_address(db: Database, url: str) -> Finding:
    key = db.execute(_LINK, (url,)).fetchone()
    finding = load_finding(db, key[0] if key else -1, url)
    memento, asked = newest_memento(db, url)
    return replace(finding, memento=memento, archive_asked=asked)


def _leads_to(link: Link, post_id: str | None) -> bool:
    return post_id is not None and any(
        post_id in (address or "") for address in (link.url, link.expanded_url)
    )
