"""The store of known expansions: one SQLite file, apart from the provenance, that can be made anew at any time."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from os import fspath
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from cache.dumps.addresses import short_key
from cache.dumps.formats import read_pairs, unreadable
from cache.dumps.usable import UsablePairs
from cache.failures import explained
from resolver.errors import InputError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

#: Marks the file as ours: "EmbL".
APPLICATION_ID = 0x456D624C
#: Pairs that are held in memory at a time.
BATCH = 10_000
#: How much of the store SQLite holds in memory, in KiB (negative, as its setting wants it).
CACHE = -32_768

_SCHEMA = (
    """CREATE TABLE sources (
  -- A file that was loaded.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,          -- the name of the file
  sha256 TEXT NOT NULL UNIQUE  -- of the file as it is, packed or not
)""",
    """CREATE TABLE hosts (
  -- The host of a short link, or scheme and host of where one leads: each once, since many share it.
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL UNIQUE
)""",
    """CREATE TABLE expansions (
  -- Where a short link leads.
  host_id INTEGER NOT NULL,    -- its host
  code TEXT NOT NULL,          -- the rest of it
  target_id INTEGER NOT NULL,  -- scheme and host of where it leads
  rest TEXT NOT NULL,          -- the rest of that
  source_id INTEGER NOT NULL,  -- the file that says so
  PRIMARY KEY (host_id, code)
) WITHOUT ROWID""",
)
_FIND = """
SELECT hosts.host || expansions.rest, source_id FROM expansions JOIN hosts ON hosts.id = target_id
WHERE host_id = (SELECT id FROM hosts WHERE host = ?) AND code = ?
"""
_INCOMING = "CREATE TEMP TABLE incoming (host_id, code, target_id, rest, source_id)"
_TAKE = "INSERT INTO temp.incoming VALUES (?, ?, ?, ?, ?)"
# In the order of the key, so that each page is written once, and full; in no order, most pages would be written
# again and again. What was known first stays: the services do not change where a code leads.
_ADD = """
INSERT OR IGNORE INTO expansions (host_id, code, target_id, rest, source_id)
SELECT host_id, code, target_id, rest, source_id FROM temp.incoming ORDER BY host_id, code, incoming.rowid
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that says where short links lead."""

    name: str
    #: Hex SHA-256 of the file as it is, packed or not.
    sha256: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """Where a short link leads, and who says so."""

    expanded_url: str
    source: Source

    @property
    def evidence(self) -> str:
        """Return the name of the file that says so, and its digest.

        >>> Expansion("https://example.org/", Source("links.csv", "5f2a")).evidence
        'links.csv sha256:5f2a'
        """
        return f"{self.source.name} sha256:{self.source.sha256}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a file has done."""

    source: Source
    #: How many links were new; 0 where the same file had been loaded before.
    pairs: int
    is_new: bool
    #: Rows that were left out, since one of the two is an address and the other cannot be one, and what the first of
    #: them has in its place: ``line 7: 'javascript:alert(1)'``.
    unusable: int = 0
    first_unusable: str | None = None


class Known:
    """Where short links lead by the files that were loaded. Made by :meth:`open`.

    Threads may look up in one at the same time.
    """

    def __init__(self, path: str, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._looking_up = Lock()
        self._key_of = lru_cache(maxsize=100_000)(self._host_key)
        self._source = lru_cache(maxsize=None)(self._load_source)

    @classmethod
    @contextmanager
    def open(cls, path: str | PathLike[str]) -> Iterator[Self]:
        """Open the store at *path*, made where there is none. Raises :class:`~resolver.errors.StoreError`."""
        name = fspath(path)
        with explained(name), closing(_connect(name)) as connection:
            connection.execute(f"PRAGMA cache_size = {CACHE}")
            _prepare(connection, name)
            yield cls(name, connection)

    def get(self, url: str) -> Expansion | None:
        """Return where a short link leads, with or without its scheme; ``None`` where no file says so."""
        key = short_key(url)
        if key is None:
            return None
        with explained(self._path), self._looking_up:
            row = self._connection.execute(_FIND, key).fetchone()
            return None if row is None else Expansion(row[0], self._source(row[1]))

    def load(self, path: str | PathLike[str]) -> Loaded:
        """Load the pairs of a file, all or none; one that was loaded before, by its content, is not read again.

        Pairs that are no http or https addresses are left out and counted; so are, uncounted, the same address twice
        and headings. While it lasts, SQLite needs about twice the room of the pairs for sorting, in its folder for
        temporary files (SQLITE_TMPDIR). Raises :class:`~resolver.errors.InputError` where the file cannot be read or
        has no pair that can be used, and :class:`~resolver.errors.StoreError` where the store cannot be written.
        """
        place = Path(path)
        source = Source(place.name, _sha256_of(place))
        with explained(self._path):
            found = self._connection.execute(
                "SELECT 1 FROM sources WHERE sha256 = ?", (source.sha256,)
            ).fetchone()
            if found is not None:
                return Loaded(source, 0, is_new=False)
            try:
                with _transaction(self._connection), read_pairs(place) as pairs:
                    return self._add(source, UsablePairs(pairs), place)
            except BaseException:
                # The keys that were given out are taken back with all the rest.
                self._key_of.cache_clear()
                raise

    def count(self) -> int:
        """Return how many short links are known."""
        with explained(self._path):
            return int(self._connection.execute("SELECT count(*) FROM expansions").fetchone()[0])

    def _add(self, source: Source, pairs: UsablePairs, place: Path) -> Loaded:
        values = (source.name, source.sha256)
        source_id = self._connection.execute(
            "INSERT INTO sources (name, sha256) VALUES (?, ?)", values
        ).lastrowid
        self._connection.execute(_INCOMING)
        remaining = iter(pairs)
        while batch := list(islice(remaining, BATCH)):
            rows = (
                (self._key_of(key[0]), key[1], self._key_of(target[0]), target[1], source_id)
                for key, target in batch
            )
            self._connection.executemany(_TAKE, rows)
        if not pairs.usable:
            first = f": {pairs.first_unusable} is no address" if pairs.first_unusable else ""
            problem = f"has no links with where they lead{first}"
            raise InputError(str(place), problem, "give BEACON, tweets or short,long")
        added = self._connection.execute(_ADD).rowcount
        self._connection.execute("DROP TABLE temp.incoming")
        return Loaded(
            source, added, is_new=True, unusable=pairs.unusable, first_unusable=pairs.first_unusable
        )

    def _host_key(self, host: str) -> int:
        found = self._connection.execute("SELECT id FROM hosts WHERE host = ?", (host,)).fetchone()
        if found is not None:
            return int(found[0])
        return int(self._connection.execute("INSERT INTO hosts (host) VALUES (?)", (host,)).lastrowid or 0)

    def _load_source(self, key: int) -> Source:
        return Source(
            *self._connection.execute("SELECT name, sha256 FROM sources WHERE id = ?", (key,)).fetchone()
        )


def _connect(path: str) -> sqlite3.Connection:
    # Looked up in the thread of the client as well.
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def _prepare(connection: sqlite3.Connection, path: str) -> None:
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id == APPLICATION_ID:
        return
    if application_id or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(path, "it is a database of something else", "give another path")
    with _transaction(connection):
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _sha256_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from error
