"""The addresses that stand in posts, each once, however many posts hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.values import host_value, text_value

if TYPE_CHECKING:
    from cache.session import Session

_ADD_LINK = "INSERT INTO links (url, host) VALUES (?, ?)"
_FIND_LINK = "SELECT id FROM links WHERE url = ?"


def link_key(session: Session, url: str) -> int:
    """Return the key of an address, which is added where it is new. To be called in a transaction."""
    found = session.db.conn.execute(_FIND_LINK, (text_value(url),)).fetchone()
    return add_link(session, url) if found is None else int(found[0])


def add_link(session: Session, url: str) -> int:
    """Add an address that is new, and return its key. To be called in a transaction."""
    key = int(session.db.conn.execute(_ADD_LINK, (text_value(url), host_value(url))).lastrowid or 0)
    session.seal("links", key)
    return key
