"""Opening the database: new, known, foreign, damaged, locked, or where nothing may be written."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cache_samples import opened

from cache import Store
from cache.connection import APPLICATION_ID, journal_mode, open_for_writing
from cache.failures import PROBLEMS
from cache.migrations import STEPS
from resolver.errors import NewerSchemaError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

from cache_files import FIXED_SQLITE, error_of, filled, open_closed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "provenance.db"


# ---- what is there already


def test_a_new_database_is_complete(path: Path) -> None:
    """It can be used at once, and closed without anything left beside it."""
    filled(path)
    assert [each.name for each in path.parent.iterdir()] == ["provenance.db"]
    with closing(sqlite3.connect(path)) as connection:
        applied = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
    assert [name for (name,) in applied] == list(STEPS)


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    """A file that was only touched holds nothing that could be lost."""
    path.touch()
    filled(path)


def test_opening_again_keeps_what_is_there(path: Path) -> None:
    """A second run goes on where the first ended."""
    filled(path)
    with opened(path) as store:
        assert store.counts(everywhere=True).documents == 1


def text_file(path: Path) -> None:
    path.write_text("What is known of the harbour, and what is not.\n" * 20, encoding="utf-8")


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE harbours (name)")


def other_application(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 77")
        connection.execute("CREATE VIEW harbours AS SELECT 1")


def damaged(path: Path) -> None:
    filled(path)
    content = bytearray(path.read_bytes())
    content[100:4096] = bytes(4096 - 100)
    path.write_bytes(content)


def newer(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")


def newer_outcomes(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO outcomes VALUES ('teapot', 'the server is a teapot', 1)")


REFUSED = [
    (text_file, "not a SQLite database; give another path with --db"),
    (other_database, "a database of something else; give another path with --db"),
    (other_application, "a database of something else; give another path with --db"),
    (damaged, "it is damaged; restore a copy"),
    (newer, "written by a newer version of this tool; install that version"),
    (newer_outcomes, "written by a newer version of this tool; install that version"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED, ids=lambda case: getattr(case, "__name__", ""))
def test_what_is_not_ours_is_left_alone(path: Path, make: Callable[[Path], None], message: str) -> None:
    """A file that this version cannot use gets one line with advice, and not a byte of it changes."""
    make(path)
    content = path.read_bytes()
    assert message in str(error_of(path))
    with pytest.raises(StoreError, match=message), Store.read(path):
        pass
    assert path.read_bytes() == content


@pytest.mark.parametrize("make", [newer, newer_outcomes])
def test_a_newer_schema_has_its_own_error(path: Path, make: Callable[[Path], None]) -> None:
    """A caller can tell it from other errors."""
    make(path)
    assert isinstance(error_of(path), NewerSchemaError)


def test_the_explanations_of_outcomes_follow_this_version(path: Path) -> None:
    """A sentence that was worded anew, and an outcome that was added, are brought up to date."""
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE outcomes SET sentence = 'old' WHERE outcome = 'ok'")
        connection.execute("DELETE FROM outcomes WHERE outcome = 'gone'")
    with opened(path), closing(sqlite3.connect(path)) as connection:
        query = "SELECT count(*) FROM outcomes WHERE sentence = 'old' OR outcome = 'gone'"
        assert connection.execute(query).fetchone() == (1,)


def test_an_older_schema_is_brought_up_to_date_by_a_run_and_not_by_a_look(path: Path) -> None:
    """Steps that are missing are applied when a run opens the database for writing."""
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for view in ("posts", "links_not_reached", "latest_observations", "evidence"):
            connection.execute(f"DROP VIEW {view}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm004_views'")
        connection.execute(f"PRAGMA user_version = {len(STEPS) - 1}")
    with pytest.raises(StoreError, match="older version of this tool; run enrich"), Store.read(path):
        pass
    with opened(path) as store:
        assert store.counts(everywhere=True).documents == 1
    with Store.read(path) as store:
        assert len(list(store.evidence("a.txt"))) == 1


# ---- places


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A folder gets its own line."""
    assert "it is a folder; give the path of a file" in str(error_of(tmp_path))


def test_a_folder_that_is_missing_is_not_made(tmp_path: Path) -> None:
    """A misspelt path is said, not created."""
    assert "its folder does not exist; create it" in str(error_of(tmp_path / "nowhere" / "provenance.db"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["provenance.db", "nowhere/provenance.db", "."])
def test_reading_needs_a_database(tmp_path: Path, name: str) -> None:
    """Looking at what is not there makes nothing."""
    with (
        pytest.raises(StoreError, match="there is no such database; check the path"),
        Store.read(tmp_path / name),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_reading_an_empty_file(path: Path) -> None:
    """A database that no run has written to yet says so."""
    path.touch()
    with pytest.raises(StoreError, match="holds nothing yet; run enrich"), Store.read(path):
        pass


@pytest.mark.parametrize(
    "name", ["a?b#c%20.db", "hafen \N{LATIN SMALL LETTER U WITH DIAERESIS}.db", "x;y&mode=ro.db"]
)
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    """No character of a path means anything to the database."""
    filled(tmp_path / name)
    with Store.read(tmp_path / name) as store:
        assert store.counts().documents == 1
    assert [each.name for each in tmp_path.iterdir()] == [name]


# ---- how it is opened

JOURNALS = [
    ((3, 7, 0), "delete"),
    ((3, 40, 1), "delete"),
    ((3, 44, 5), "delete"),
    ((3, 44, 6), "wal"),
    ((3, 45, 0), "delete"),
    ((3, 50, 6), "delete"),
    ((3, 50, 7), "wal"),
    ((3, 51, 0), "delete"),
    ((3, 51, 2), "delete"),
    ((3, 51, 3), "wal"),
    ((3, 53, 0), "wal"),
    ((4, 0, 0), "wal"),
]


@pytest.mark.parametrize(("version", "mode"), JOURNALS)
def test_a_wal_only_where_it_cannot_lose_anything(version: tuple[int, int, int], mode: str) -> None:
    """The versions with the error that resets a WAL too early use a rollback journal."""
    assert journal_mode(version) == mode


@pytest.mark.parametrize("version", [(3, 40, 1), FIXED_SQLITE], ids=journal_mode)
def test_what_is_acknowledged_is_on_disk(path: Path, version: tuple[int, int, int]) -> None:
    """Every commit is synced, references are checked, and the schema of the file is not trusted."""
    with open_closed(path, version=version) as db:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "application_id")
        values = [db.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
    assert values == [journal_mode(version), 2, 1, 0, APPLICATION_ID]


def test_a_database_moves_between_versions(path: Path) -> None:
    """One that a newer SQLite has left with a WAL is used with a rollback journal by an older one."""
    for version in (FIXED_SQLITE, (3, 40, 1), FIXED_SQLITE):
        with open_closed(path, version=version) as db:
            assert db.execute("PRAGMA journal_mode").fetchone() == (journal_mode(version),)


def test_a_version_that_is_too_old_is_said(path: Path) -> None:
    """The message names the version that is there and the one that is needed."""
    with pytest.raises(StoreError, match=r"SQLite 3\.26\.0 is too old; use a Python with SQLite 3\.32"):
        open_for_writing(str(path), patience=1, version=(3, 26, 0))
    assert not path.exists()


def test_every_problem_comes_with_advice() -> None:
    """No line leaves its reader without the next step."""
    assert all(problem and advice for problem, advice in PROBLEMS.values())


def test_importing_the_package_does_not_load_sqlite_utils() -> None:
    """Only opening a store pays for it."""
    program = "import sys, cache; print('sqlite_utils' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


def test_public_names_are_sorted_and_exist() -> None:
    """What the package says it exports can be imported."""
    import cache

    assert sorted(cache.__all__, key=lambda name: (not name.isupper(), name)) == cache.__all__
    assert all(hasattr(cache, name) for name in cache.__all__)
