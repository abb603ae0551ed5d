"""One run at a time on one database, also after the one before was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cache_samples import document, opened

from cache import Store
from cache.lock import run_lock
from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parent
LONG = timedelta(seconds=30)

#: Opens a store, says so, and ends when its input does.
RUN = """
import sys
from pathlib import Path
from cache_samples import opened
with opened(Path(sys.argv[1])):
    print("opened", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "provenance.db"


@contextmanager
def another_run(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the database open for a run."""
    places = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": places},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "opened\n"
        yield process


def test_a_second_run_says_so_and_stops(path: Path) -> None:
    """While one process has it open, another gets one line, and no run of it is written down."""
    with another_run(path):
        with (
            pytest.raises(StoreError, match="another run is using it; wait until that has ended"),
            opened(path),
        ):
            pass
        with Store.read(path) as store:
            assert store.counts().documents == 0
    with opened(path) as store:
        store.add(document(), [])
    with Store.read(path) as store:
        assert next(store.evidence("a.txt")).first_read_by.id == 2


def test_a_run_that_was_killed_holds_nothing(path: Path) -> None:
    """After SIGKILL the next run begins at once, though the file of the lock is still there."""
    with another_run(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert path.with_name("provenance.db-lock").exists()
    with opened(path) as store:
        store.add(document(), [])
    assert [each.name for each in path.parent.iterdir()] == ["provenance.db"]


def test_a_second_run_waits_if_told_to(path: Path) -> None:
    """It begins when the first has ended."""
    with another_run(path) as process:
        assert process.stdin is not None
        threading.Timer(0.3, process.stdin.close).start()
        with opened(path, wait=LONG) as store:
            store.add(document(), [])
    assert process.returncode == 0


def test_who_waits_in_vain_is_told(path: Path) -> None:
    """Waiting has an end, and then it is the same line."""
    with (
        opened(path),
        pytest.raises(StoreError, match="another run is using it"),
        opened(path, wait=timedelta(seconds=0.2)),
    ):
        pass


def test_another_name_of_the_file_is_the_same_database(path: Path) -> None:
    """A link to the database does not lead around the lock."""
    with opened(path):
        pass
    other = path.with_name("other.db")
    other.symlink_to(path)
    with opened(path), pytest.raises(StoreError, match="another run is using it"), opened(other):
        pass


def test_two_databases_in_one_folder_do_not_meet(path: Path) -> None:
    """Each has its own lock."""
    with opened(path), opened(path.with_name("other.db")) as store:
        assert store.counts().documents == 0


def test_the_lock_of_many_is_held_by_one_at_a_time(path: Path) -> None:
    """Among threads that come and go, taking the file away at the end lets no two in at once."""
    inside, most, turns = 0, 0, 0
    counting = threading.Lock()

    def work() -> None:
        nonlocal inside, most, turns
        for _ in range(20):
            with run_lock(str(path), patience=60):
                with counting:
                    inside += 1
                    most = max(most, inside)
                with counting:
                    inside -= 1
                    turns += 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, turns) == (1, 160)
    assert list(path.parent.iterdir()) == []
