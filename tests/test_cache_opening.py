"""Opening the database: new, known, foreign, damaged, locked, or where nothing may be written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import NOON, document, embed, link, observation, opened

from cache import Store
from cache.connection import APPLICATION_ID, journal_mode, open_for_writing
from cache.failures import PROBLEMS
from cache.migrations import STEPS
from cache.transactions import transaction
from resolver.errors import NewerSchemaError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

SOON = timedelta(milliseconds=300)
#: The newest version of SQLite of which this was written; its journal is the WAL.
FIXED_SQLITE = (3, 53, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "provenance.db"


def filled(path: Path) -> Path:
    with opened(path) as store:
        store.add(document(), [embed(link("a"))])
    return path


@contextmanager
def open_closed(path: Path, **options: Any) -> Iterator[Database]:
    db = open_for_writing(str(path), patience=0.3, **options)
    try:
        yield db
    finally:
        db.close()


def error_of(path: Path) -> StoreError:
    with pytest.raises(StoreError) as caught, opened(path, patience=SOON):
        pass
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    return caught.value


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


# ---- where nothing may be written


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Path]:
    """A folder that a process without privileges can come into, which the folders of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="embed-resolver-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user to whom permissions apply: for the administrator none does."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def protect(folder: Path) -> None:
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)


def test_a_folder_that_is_read_only(shared: Path) -> None:
    """A database cannot be made there, and one that is there cannot be written to."""
    protect(shared)
    with without_privileges():
        assert "it cannot be opened or created; check the permissions" in str(error_of(shared / "new.db"))
    shared.chmod(0o755)
    filled(shared / "old.db")
    protect(shared)
    with without_privileges():
        assert "it may not be written to; make it writable" in str(error_of(shared / "old.db"))


def test_a_folder_that_may_not_be_entered(shared: Path) -> None:
    """That the path cannot even be looked at is said in one line as well."""
    shared.chmod(0)
    with without_privileges():
        assert "ermission" in str(error_of(shared / "in" / "new.db"))


def test_a_file_that_may_not_be_read(shared: Path) -> None:
    """A database of somebody else that is closed to others is said in one line."""
    path = filled(shared / "provenance.db")
    path.chmod(0)
    with without_privileges():
        assert "it cannot be opened or created; check the permissions" in str(error_of(path))
        with pytest.raises(StoreError, match="it cannot be opened or created"), Store.read(path):
            pass


@pytest.mark.parametrize("version", [sqlite3.sqlite_version_info, FIXED_SQLITE], ids=journal_mode)
def test_reading_in_a_folder_that_is_read_only(shared: Path, version: tuple[int, int, int]) -> None:
    """What lies on a read-only disk can be shown, and its bytes stay as they are."""
    path = filled(shared / "provenance.db")
    open_for_writing(str(path), patience=1, version=version).close()
    content = path.read_bytes()
    protect(shared)
    with without_privileges(), Store.read(path) as store:
        assert store.embeds(document()) == [embed(link("a"))]
        assert list(store.due_everywhere(NOON)) == ["https://t.co/a"]
    assert path.read_bytes() == content
    assert [each.name for each in shared.iterdir()] == ["provenance.db"]


def test_reading_leaves_the_file_as_it_is(path: Path) -> None:
    """Showing evidence does not touch it: neither its bytes nor when it was changed."""
    filled(path)
    content, changed = path.read_bytes(), path.stat().st_mtime_ns
    path.chmod(stat.S_IRUSR)
    with Store.read(path) as store:
        assert len(list(store.evidence("a.txt"))) == 1
        assert store.counts().links == 1
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, changed)
    assert [each.name for each in path.parent.iterdir()] == ["provenance.db"]


INTERRUPTED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
for number in range(2000):
    connection.execute("INSERT INTO links (url) VALUES (?)", (f"https://example.org/{number:0500}",))
os._exit(0)
"""


def interrupt(path: Path) -> None:
    """Leave the database as a process does that is killed while its changes go to the file."""
    subprocess.run([sys.executable, "-c", INTERRUPTED, str(path)], check=True)
    assert path.with_name("provenance.db-journal").stat().st_size > 0


@pytest.mark.skipif(journal_mode(sqlite3.sqlite_version_info) == "wal", reason="a WAL has no such state")
def test_reading_after_a_run_was_killed(path: Path) -> None:
    """What was half-written is undone, and what was there before can be shown."""
    interrupt(filled(path))
    with Store.read(path) as store:
        assert store.counts().links == 1


@pytest.mark.skipif(journal_mode(sqlite3.sqlite_version_info) == "wal", reason="a WAL has no such state")
def test_reading_after_a_run_was_killed_in_a_folder_that_is_read_only(shared: Path) -> None:
    """Where it cannot be undone, the message says what to copy, and nothing half-written is shown."""
    path = filled(shared / "provenance.db")
    interrupt(path)
    protect(shared)
    message = "a run was stopped while it wrote to it.*copy it, with the file beside it that ends in -journal"
    with without_privileges(), pytest.raises(StoreError, match=message), Store.read(path):
        pass


def test_a_full_disk(path: Path) -> None:
    """No room is an error of one line; what was kept before is there, and nothing of what failed."""
    filled(path)
    with open_closed(path) as db:
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
        urls = [f"https://example.org/{number:0500}" for number in range(1000)]
        with pytest.raises(StoreError, match="the disk is full; make room") as caught:
            add_links(db, path, *urls)
        assert "\n" not in str(caught.value)
        assert db.execute("SELECT count(*) FROM links").fetchone() == (1,)


def add_links(db: Database, path: Path, *urls: str | None, stop: BaseException | None = None) -> None:
    with transaction(db, str(path)):
        for url in urls:
            db.execute("INSERT INTO links (url) VALUES (?)", (url,))
        if stop is not None:
            raise stop


# ---- two at a time


def test_one_that_reads_sees_what_a_run_has_kept_so_far(path: Path) -> None:
    """A run does not keep others from reading, and what it has reported is there for them."""
    filled(path)
    with opened(path) as writing, Store.read(path) as reading:
        assert list(reading.due_everywhere(NOON)) == ["https://t.co/a"]
        writing.record(observation("a"), {})
        assert list(reading.due_everywhere(NOON)) == []


def test_a_run_that_writes_for_too_long_is_said(path: Path) -> None:
    """Who waits in vain gets one line, has lost nothing, and can go on once the other has ended."""
    with opened(path, patience=SOON) as store, open_closed(path) as other:
        message = "another run is writing to it; wait until that has ended"
        with transaction(other, str(path)), pytest.raises(StoreError, match=message):
            store.add(document(), [embed()])
        store.add(document(), [embed()])
        assert len(store.embeds(document())) == 1


WRITER = """
import sys, time
from cache.connection import open_for_writing
from cache.transactions import transaction
db = open_for_writing(sys.argv[1], patience=5)
with transaction(db, sys.argv[1]):
    print("locked", flush=True)
    time.sleep(0.5)
    db.execute("INSERT INTO links (url) VALUES ('https://example.org/first')")
db.close()
"""


def test_a_run_waits_for_another(path: Path) -> None:
    """A run that finds the database locked goes on when the other is done."""
    filled(path)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with opened(path) as store:
            store.record(observation("second"), {})
    assert other.returncode == 0
    with closing(sqlite3.connect(path)) as connection:
        urls = connection.execute("SELECT url FROM links ORDER BY id").fetchall()
    assert urls == [("https://t.co/a",), ("https://example.org/first",), ("https://t.co/second",)]


def test_an_error_inside_undoes_all_of_a_transaction(path: Path) -> None:
    """What a transaction has written before it failed is gone, and the error reaches the caller."""
    filled(path)
    with open_closed(path) as db:
        with pytest.raises(StoreError, match=r"refuses what was to be written \(UNIQUE"):
            add_links(db, path, "https://example.org/", "https://t.co/a")
        with pytest.raises(StoreError, match=r"refuses what was to be written \(NOT NULL"):
            add_links(db, path, "https://example.org/", None)
        with pytest.raises(KeyboardInterrupt):
            add_links(db, path, "https://example.org/", stop=KeyboardInterrupt())
        assert db.execute("SELECT count(*) FROM links").fetchone() == (1,)


def test_a_transaction_inside_another_is_a_part_of_it(path: Path) -> None:
    """It is kept with all the rest at the end of the outer one, or gone with it."""
    filled(path)
    with open_closed(path) as db:
        before = db.execute("SELECT count(*) FROM links").fetchone()[0]
        with pytest.raises(KeyboardInterrupt), transaction(db, str(path)):
            add_links(db, path, "https://example.org/1", stop=KeyboardInterrupt())
        assert db.execute("SELECT count(*) FROM links").fetchone()[0] == before
        with transaction(db, str(path)):
            add_links(db, path, "https://example.org/2")
            assert db.conn.in_transaction
        assert not db.conn.in_transaction
        assert db.execute("SELECT count(*) FROM links").fetchone()[0] == before + 1


def test_what_is_shown_of_a_document_is_of_one_moment(path: Path) -> None:
    """A run that scans the document anew meanwhile does not mix into what is read of it."""
    filled(path)
    with Store.read(path) as reading:
        for each in reading.evidence("a.txt"):
            assert len(each.embeds) == 1
            with opened(path, patience=SOON) as writing:
                writing.add(document(), [])
        assert [each.embeds for each in reading.evidence("a.txt")] == [()]


def test_a_store_that_was_closed_is_a_wrong_use(path: Path) -> None:
    """A mistake in the calling program is not made to look like an error of the database."""
    with opened(path) as store:
        pass
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.counts()


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
