"""A run that is killed at any moment loses nothing that it had reported, and leaves nothing half-written."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cache.rows import CHECK_COLUMNS, CONCLUSION_COLUMNS, EMBED_COLUMNS, HOP_COLUMNS, LINK_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    #: What was done, and to what.
    Report = tuple[str, str]

TESTS = Path(__file__).parent
#: How often a run is killed, and how often in a row before it is let go on to its end.
KILLS, IN_A_ROW = 24, 8
DOCUMENTS = 12

#: Reads from its input after how many seconds to kill (0: not at all) a run on which database, and starts a process
#: for it that says what it has done each time the store has returned. It forks, since loading takes longer than all.
SERVER = f"""
import os, signal, sys, time
from cache_samples import POST_URL, NOON, document, embed, identified, leading_to, link, opened
from resolver.models import Role
import sqlite_utils

def report(line):
    # in one go, so that no line is cut by the kill
    os.write(1, line.encode() + bytes([10]))

def scanned(number):
    links = link(f"own{{number}}", Role.MEDIA), link("shared"), link(f"other{{number}}")
    return [embed(*links, name=f"{{number}}.txt", text=f"harbour {{number}}" * 200), embed(name=f"{{number}}.txt")]

def job(path):
    with opened(path) as store:
        for number in range({DOCUMENTS}):
            store.add(document(f"{{number}}.txt"), scanned(number))
            report(f"document {{number}}")
        for url in store.due(NOON):
            seen = leading_to(url.removeprefix("https://t.co/"), f"{{POST_URL}}/photo/1")
            store.record(seen, {{key: identified(each, seen) for key, each in store.linking(url).items()}})
            report(f"link {{url}}")

for line in sys.stdin:
    seconds, path = line.rstrip().split(" ", 1)
    child = os.fork()
    if not child:
        job(path)
        os._exit(0)
    if float(seconds):
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    report("killed" if os.WIFSIGNALED(os.waitpid(child, 0)[1]) else "done")
"""

_COLUMNS = ", ".join(f'embeds."{name}"' for name in EMBED_COLUMNS)
#: Everything but the runs, the times of the rows, and their keys.
CONTENT = [
    "SELECT name, sha256, url, date, input, characters FROM documents ORDER BY name",
    f"SELECT name, position, {_COLUMNS} FROM embeds JOIN documents ON documents.id = document_id ORDER BY 1, 2",
    (f"SELECT embed_id, position, url, {', '.join(LINK_COLUMNS)} FROM embed_links"
    " LEFT JOIN links ON links.id = link_id ORDER BY 1, 2"),
    "SELECT url, host FROM links ORDER BY url",
    "SELECT url, outcome, expanded_url, attempts, error FROM observations JOIN links ON links.id = link_id ORDER BY 1",
    (f"SELECT links.url, number, {', '.join(f'hops.{name}' for name in HOP_COLUMNS)} FROM hops"
    " JOIN observations ON observations.id = observation_id JOIN links ON links.id = link_id ORDER BY 1, 2"),
    (f"SELECT embed_id, links.url, {', '.join(f'identifications.{name}' for name in CONCLUSION_COLUMNS)}"
    " FROM identifications JOIN observations ON observations.id = observation_id"
    " JOIN links ON links.id = link_id ORDER BY 1"),
    f"SELECT embed_id, position, {', '.join(CHECK_COLUMNS)} FROM checks ORDER BY 1, 2",
]  # fmt: skip
#: What a half-written transaction would leave: each counts rows that must not be.
HALF_WRITTEN = [
    "SELECT count(*) FROM documents WHERE (SELECT count(*) FROM embeds WHERE document_id = documents.id) <> 2",
    (
        "SELECT count(*) FROM embeds WHERE position = 0"
        " AND (SELECT count(*) FROM embed_links WHERE embed_id = embeds.id) <> 3"
    ),
    "SELECT count(*) FROM observations WHERE NOT EXISTS (SELECT 1 FROM hops WHERE observation_id = observations.id)",
    (
        "SELECT count(*) FROM observations JOIN embed_links USING (link_id) WHERE NOT EXISTS"
        " (SELECT 1 FROM identifications JOIN checks USING (embed_id) WHERE embed_id = embed_links.embed_id)"
    ),
    "SELECT count(*) FROM links WHERE NOT EXISTS (SELECT 1 FROM embed_links WHERE link_id = links.id)",
    "SELECT count(*) FROM pragma_foreign_key_check",
    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
]


class Runs:
    """Starts runs on a database, and hears what they report."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        assert server.stdin is not None
        assert server.stdout is not None
        self._input, self._output = server.stdin, server.stdout

    def run(self, path: Path, *, kill_after: float = 0) -> tuple[set[Report], bool]:
        """Run to the end, or for so many seconds; return what was reported, and whether the run was killed."""
        self._input.write(f"{kill_after} {path}\n")
        self._input.flush()
        reported = set()
        while (line := self._next())[0] not in {"killed", "done"}:
            reported.add(line)
        return reported, line[0] == "killed"

    def _next(self) -> Report:
        kind, _, name = self._output.readline().rstrip("\n").partition(" ")
        assert kind, "the process that starts the runs has ended"
        return kind, name


@pytest.fixture
def runs() -> Iterator[Runs]:
    places = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": places},
    ) as server:
        yield Runs(server)
        assert server.stdin is not None
        server.stdin.close()


def content(path: Path) -> list[list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return [connection.execute(query).fetchall() for query in CONTENT]


def check(path: Path, reported: set[Report]) -> None:
    """Nothing that was reported is missing, and nothing is there by half."""
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            assert not reported
            return
        kept = {
            ("document", name.removesuffix(".txt"))
            for (name,) in connection.execute("SELECT name FROM documents")
        }
        query = "SELECT url FROM observations JOIN links ON links.id = link_id"
        kept |= {("link", url) for (url,) in connection.execute(query)}
        assert reported <= kept
        for rows_too_many in HALF_WRITTEN:
            assert connection.execute(rows_too_many).fetchone() == (0,), rows_too_many
        connection.execute("INSERT INTO embeds_fts (embeds_fts, rank) VALUES ('integrity-check', 1)")


def test_a_run_that_is_killed_can_be_continued(tmp_path: Path, runs: Runs) -> None:
    """Killed at random moments, and in the end the same as a run that nobody disturbed."""
    undisturbed = tmp_path / "undisturbed.db"
    runs.run(tmp_path / "first.db")  # loads what is loaded only once
    began = time.monotonic()
    reported, _ = runs.run(undisturbed)
    duration = time.monotonic() - began
    assert len(reported) == DOCUMENTS + 2 * DOCUMENTS + 1
    check(undisturbed, reported)
    kills = 0
    for number in count():
        path = tmp_path / f"killed{number}.db"
        kills += run_and_kill(runs, path, within=duration)
        assert content(path) == content(undisturbed)
        if kills >= KILLS:
            break


def run_and_kill(runs: Runs, path: Path, *, within: float) -> int:
    """Run until it is done, and kill it on the way, at most so often; return how often that was."""
    reported: set[Report] = set()
    kills, was_killed = 0, True
    while was_killed:
        limit = random.uniform(0.001, within / 2) if kills < IN_A_ROW else 0
        more, was_killed = runs.run(path, kill_after=limit)
        kills += was_killed
        reported |= more
        check(path, reported)
    return kills
