"""The addresses that stand in posts, each once, however many posts hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.digests import seal
from cache.values import host_value, text_value

if TYPE_CHECKING:
    from sqlite_utils import Database

_ADD_LINK = "INSERT INTO links (url, host) VALUES (?, ?)"
_FIND_LINK = "SELECT id FROM links WHERE url = ?"


def link_key(db: Database, url: str) -> int:
    """Return the key of an address, which is added where it is new."""
    address = text_value(url)
    found = db.execute(_FIND_LINK, (address,)).fetchone()
    if found is not None:
        return int(found[0])
    key = int(db.execute(_ADD_LINK, (address, host_value(url))).lastrowid or 0)
    seal(db, "links", key)
    return key
