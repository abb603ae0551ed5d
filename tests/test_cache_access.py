"""Who may read and write the database: where nothing may be written, and two at a time."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cache_samples import NOON, document, embed, link, observation, opened

from cache import Store
from cache.connection import journal_mode, open_for_writing
from cache.transactions import transaction
from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database
from cache_files import FIXED_SQLITE, SOON, error_of, filled, open_closed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "provenance.db"


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
