"""The keys of many addresses at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cache.seals import seal_range
from cache.values import host_value, text_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

#: So many keys are remembered; the usual addresses come again soon, most never.
_REMEMBERED = 200_000

#: An address whose host can be told at a glance, as nearly all can.
_PLAIN = re.compile(r"https?://([A-Za-z0-9.-]+)(?=[/?#]|\Z)")

_FIND = "SELECT id FROM links WHERE url = ?"
_NEXT = "SELECT 1 + coalesce(max(id), 0) FROM links"
_ADD = "INSERT INTO links (id, url, host) VALUES (?, ?, ?)"
_OBSERVED = "SELECT EXISTS (SELECT 1 FROM observations WHERE link_id = ?)"


class LinkKeys:
    """Gives each address its key: the one that it has, else the next; new ones are written together.

    The keys that were given must be written in the transaction in which they are used.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, int] = {}
        self._used: dict[str, int] = {}
        self._new: list[tuple[int, str, str | None]] = []
        self._next: int | None = None

    def of(self, url: str) -> int:
        """Return the key of an address."""
        address = text_value(url) or ""
        key = self._used.get(address)
        if key is None:
            key = self._known.get(address)
            if key is None:
                key = self._find_or_add(address)
            self._used[address] = key
        return key

    def write(self) -> None:
        """Write the new addresses, with their hashes."""
        if self._new:
            self._db.conn.executemany(_ADD, self._new)
            seal_range(self._db, "links", self._new[0][0], self._new[-1][0])

    def observed(self) -> Iterator[str]:
        """Yield the addresses used since the last call that were ever followed, and begin anew."""
        anything = self._db.execute("SELECT EXISTS (SELECT 1 FROM observations)").fetchone()[0]
        for url, key in self._used.items():
            if anything and self._db.conn.execute(_OBSERVED, (key,)).fetchone()[0]:
                yield url
        if len(self._known) + len(self._used) > _REMEMBERED:
            self._known.clear()
        self._known |= self._used
        self._used, self._new, self._next = {}, [], None

    def _find_or_add(self, address: str) -> int:
        found = self._db.conn.execute(_FIND, (address,)).fetchone()
        if found is not None:
            return int(found[0])
        if self._next is None:
            self._next = int(self._db.execute(_NEXT).fetchone()[0])
        key, self._next = self._next, self._next + 1
        self._new.append((key, address, _host(address)))
        return key


def _host(address: str) -> str | None:
    """Return what :func:`cache.values.host_value` does, of most addresses in a tenth of the time.

    >>> _host("https://T.co/x"), _host("https://a.example:80/"), host_value("https://a.example:80/")
    ('t.co', 'a.example', 'a.example')
    """
    plain = _PLAIN.match(address)
    return plain[1].lower() if plain else host_value(address)
