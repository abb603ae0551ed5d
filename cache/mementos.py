"""What web archives hold of the links, and which archives are not to be asked for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.links import link_key
from cache.values import text_value, time_from, time_value
from resolver.findings import CoolDown, Memento

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from cache.session import Session

_ADD = """
INSERT INTO mementos (link_id, run_id, asked_at, url, original, captured_at, status) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_NEWEST = """
SELECT mementos.url, original, captured_at, status FROM mementos JOIN links ON links.id = link_id
WHERE links.url = ? ORDER BY mementos.id DESC LIMIT 1
"""
_COOL_DOWN = "SELECT until, reason FROM cool_downs WHERE archive = ?"
_KEEP_COOL_DOWN = "INSERT OR REPLACE INTO cool_downs (archive, run_id, until, reason) VALUES (?, ?, ?, ?)"


def add_memento(session: Session, url: str, memento: Memento | None, asked_at: datetime) -> None:
    """Append what an archive has of an address. To be called in a transaction."""
    found = (
        (
            text_value(memento.url),
            text_value(memento.original),
            time_value(memento.captured_at),
            memento.status,
        )
        if memento
        else (None,) * 4
    )
    values = (link_key(session, url), session.run_id, time_value(asked_at), *found)
    session.seal("mementos", int(session.db.execute(_ADD, values).lastrowid or 0))


def newest_memento(db: Database, url: str) -> tuple[Memento | None, bool]:
    """Return the copy that an archive had of an address when it was last asked, and whether one ever was."""
    row = db.execute(_NEWEST, (text_value(url),)).fetchone()
    if row is None:
        return None, False
    address, original, captured_at, status = row
    if address is None:
        return None, True
    return Memento(url=address, original=original, captured_at=time_from(captured_at), status=status), True


def load_cool_down(db: Database, archive: str) -> CoolDown | None:
    """Return until when an archive is not to be asked; ``None`` where it never refused."""
    row = db.execute(_COOL_DOWN, (archive,)).fetchone()
    return None if row is None else CoolDown(until=time_from(row[0]), reason=row[1])


def keep_cool_down(session: Session, archive: str, cool_down: CoolDown) -> None:
    """Write until when an archive is not to be asked. To be called in a transaction."""
    values = (archive, session.run_id, time_value(cool_down.until), text_value(cool_down.reason))
    session.db.execute(_KEEP_COOL_DOWN, values)
