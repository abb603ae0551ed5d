"""What following the links showed: observations and their hops, appended and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.links import add_link
from cache.rows import (
    CAPTURE_COLUMNS,
    HOP_COLUMNS,
    OBSERVATION_COLUMNS,
    capture_from,
    capture_row,
    hop_from,
    hop_row,
    observation_from,
    observation_row,
)
from cache.values import text_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from cache.rows import Row
    from cache.session import Session
    from resolver.models import Capture, Hop, Observation

_COLUMNS = ", ".join(OBSERVATION_COLUMNS)
_HOPS = ", ".join(HOP_COLUMNS)
_CAPTURES = ", ".join(f'"{name}"' for name in CAPTURE_COLUMNS)
_AT_THAT_TIME = f"""
SELECT links.id, observations.id, {_COLUMNS} FROM links
LEFT JOIN observations ON link_id = links.id AND observed_at = ? WHERE links.url = ?
"""  # noqa: S608
_OF_LINK = f"""
SELECT observations.id, run_id, {_COLUMNS} FROM observations JOIN links ON links.id = link_id
WHERE links.url = ? ORDER BY observed_at, observations.id
"""  # noqa: S608 - the names are the constants above
_NEWEST = f"""
SELECT observations.id, run_id, {_COLUMNS} FROM observations JOIN links ON links.id = link_id
WHERE links.url = ? ORDER BY observed_at DESC, observations.id DESC LIMIT 1
"""  # noqa: S608
_BY_KEY = f"""
SELECT links.url, {_COLUMNS} FROM observations JOIN links ON links.id = link_id WHERE observations.id = ?
"""  # noqa: S608
#: The key of the newest observation of a link, whose key is to be put in.
NEWEST_KEY = """(
  SELECT newest.id FROM observations AS newest WHERE newest.link_id = {link}
  ORDER BY newest.observed_at DESC, newest.id DESC LIMIT 1
)"""
_SELECT_HOPS = f"SELECT {_HOPS} FROM hops WHERE observation_id = ? ORDER BY number"  # noqa: S608
_SELECT_CAPTURES = f"SELECT {_CAPTURES} FROM captures WHERE observation_id = ? ORDER BY number"  # noqa: S608
_ADD = f"INSERT INTO observations (link_id, run_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_ADD_HOP = f"INSERT INTO hops (observation_id, number, {_HOPS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_ADD_CAPTURE = f"""
INSERT INTO captures (observation_id, number, {_CAPTURES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608


def append(session: Session, observation: Observation) -> tuple[int, bool]:
    """Append an observation with its hops; return its key, and whether it is new. To be called in a
    transaction.

    One that is stored already, the same in all, is not appended a second time.
    """
    execute = session.db.conn.execute
    row = observation_row(observation)
    hops = [hop_row(hop) for hop in observation.hops]
    captures = [capture_row(capture) for capture in observation.captures]
    found = execute(_AT_THAT_TIME, (row[0], text_value(observation.url))).fetchall()
    for _, key, *stored in found:
        if tuple(stored) == row and _belonging(session.db, key) == (hops, captures):
            return int(key), False
    link_id = found[0][0] if found else add_link(session, observation.url)
    key = int(execute(_ADD, (link_id, session.run_id, *row)).lastrowid or 0)
    session.db.conn.executemany(_ADD_HOP, [(key, number, *hop) for number, hop in enumerate(hops)])
    for number, capture in enumerate(captures):
        session.seal("captures", int(execute(_ADD_CAPTURE, (key, number, *capture)).lastrowid or 0))
    session.seal("observations", key)
    return key, True


def newest(db: Database, url: str) -> Observation | None:
    """Return the newest observation of an address, by its time; ``None`` where it was never followed."""
    row = db.execute(_NEWEST, (text_value(url),)).fetchone()
    if row is None:
        return None
    key, _, *columns = row
    return observation_from(_stored_address(url), columns, _hops(db, key), _captures(db, key))


def history(db: Database, url: str) -> Iterator[tuple[int, Observation]]:
    """Yield each observation of an address with the number of its run, the oldest first."""
    for key, run_id, *columns in db.execute(_OF_LINK, (text_value(url),)).fetchall():
        yield run_id, observation_from(_stored_address(url), columns, _hops(db, key), _captures(db, key))


def load_observation(db: Database, key: int) -> Observation:
    """Return the observation of that key, which must be there."""
    url, *columns = db.execute(_BY_KEY, (key,)).fetchone()
    return observation_from(url, columns, _hops(db, key), _captures(db, key))


def _belonging(db: Database, key: int) -> tuple[list[Row], list[Row]]:
    return db.execute(_SELECT_HOPS, (key,)).fetchall(), db.execute(_SELECT_CAPTURES, (key,)).fetchall()


def _hops(db: Database, key: int) -> list[Hop]:
    return [hop_from(row) for row in db.execute(_SELECT_HOPS, (key,)).fetchall()]


def _captures(db: Database, key: int) -> list[Capture]:
    return [capture_from(row) for row in db.execute(_SELECT_CAPTURES, (key,)).fetchall()]


def _stored_address(url: str) -> str:
    return text_value(url) or ""
