"""The hashes of rows: kept when a transaction ends, of what the rows are by then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import document, embed, link, observation, opened

from cache import Store
from cache.digests import UNITS, digest, keys, unit
from cache.doctor import examine
from cache.key_lists import AT_ONCE
from cache.seals import row_json, seal_all
from resolver.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "provenance.db"


def hashed(path: Path) -> dict[str, int]:
    """How many rows of each table have a hash."""
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("SELECT table_name, count(*) FROM digests GROUP BY 1").fetchall())


def write_and_fail(store: Store) -> None:
    with store.together():
        store.add(document(), [embed(link("a"))])
        store.record(observation("a"), {})
        raise ZeroDivisionError


def test_a_row_that_changes_twice_has_one_hash(path: Path) -> None:
    """What stands there at the end counts."""
    with opened(path) as store, store.together():
        store.add(document(), [embed(link("a"))])
        store.add(document(), [embed(link("b")), embed(link("a"))])
        store.record(observation("a"), {})
    assert hashed(path) == {"runs": 1, "documents": 1, "embeds": 2, "links": 2, "observations": 1}
    assert examine(path).is_sound


def test_what_was_undone_is_not_hashed_later(path: Path) -> None:
    """The hashes that were due go with the rows, and so does what the run counts."""
    with opened(path) as store:
        with pytest.raises(ZeroDivisionError):
            write_and_fail(store)
        store.add(document("b.txt"), [])
    assert hashed(path) == {"runs": 1, "documents": 1}
    assert examine(path).is_sound
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT documents, embeds, observations FROM runs").fetchall() == [(1, 0, 0)]


def test_more_rows_than_are_asked_for_at_once(path: Path) -> None:
    """Each has its hash, in one transaction."""
    count = AT_ONCE + 1
    with opened(path) as store:
        store.add(document(), [embed(*(link(f"c{number}") for number in range(count)))])
    assert hashed(path)["links"] == count
    assert examine(path).is_sound


def test_all_rows_are_hashed_as_one_by_one(path: Path) -> None:
    """Also those of a database that was written before there were hashes."""
    with opened(path) as store:
        store.add(document(), [embed(link("a"), link("b"))])
        store.record(observation("a"), {})
        db = store.session.db
        with store.together():
            db.execute("DELETE FROM digests")
            seal_all(db)
        kept = {(table, key): sha256 for table, key, sha256 in db.execute("SELECT * FROM digests")}
        assert kept == {
            (table, key): digest(unit(db, table, key)) for table in UNITS for key in keys(db, table)
        }


@pytest.mark.parametrize(
    "value", [b"\x00\xff", float("inf"), float("nan"), -0.0, 1e22, '\u2028\x7f"\\', 2**62]
)
def test_the_json_of_any_value_is_that_which_is_hashed(value: Any) -> None:
    """Also of bytes, which no column should hold, and of numbers that are none."""
    from hashlib import sha256

    text = row_json(['"a":'], [value])
    assert sha256(f"[{text}]".encode()).hexdigest() == digest([{"a": value}])


def test_a_store_for_reading_has_no_transactions(path: Path) -> None:
    """It says why before anything is asked of the file."""
    with opened(path):
        pass
    with Store.read(path) as store, pytest.raises(StoreError, match="opened for reading only"):
        store.together().__enter__()
