"""Runs that are killed or starved, and what must hold of their database afterwards."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from benchmarks.durability_writer import ACKNOWLEDGED
from cache.doctor import examine
from cache.export import Format, export_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).parent.parent
WRITER: Final = "benchmarks.durability_writer"
#: How often in a row a run is killed before it is let go on to its end.
IN_A_ROW: Final = 8

#: What a half-written transaction would leave: each counts rows that must not be.
HALF_WRITTEN: Final = (
    "SELECT count(*) FROM documents WHERE (SELECT count(*) FROM embeds WHERE document_id = documents.id) <> 2",
    """
    SELECT count(*) FROM embeds WHERE position = 0
    AND (SELECT count(*) FROM embed_links WHERE embed_id = embeds.id) <> 3
    """,
    "SELECT count(*) FROM observations WHERE NOT EXISTS (SELECT 1 FROM hops WHERE observation_id = observations.id)",
    """
    SELECT count(*) FROM observations JOIN embed_links USING (link_id)
    WHERE NOT EXISTS (SELECT 1 FROM identifications JOIN checks USING (embed_id) WHERE embed_id = embed_links.embed_id)
    """,
    "SELECT count(*) FROM links WHERE NOT EXISTS (SELECT 1 FROM embed_links WHERE link_id = links.id)",
)


@dataclass
class Tally:
    """What was done to runs, and what was found wrong in what they left."""

    #: Runs that were killed, or that met an error.
    disturbed: int = 0
    #: What the store had acknowledged at that time.
    acknowledged: int = 0
    lost: int = 0
    half_written: int = 0
    #: Databases that an examination found damaged.
    damaged: int = 0
    #: Databases that were continued to the end, and those of them whose export was not that of an undisturbed run.
    continued: int = 0
    different: int = 0
    #: Runs that stopped short without an error of one line.
    unclear: int = 0
    #: The errors that were said, without their path.
    errors: set[str] = field(default_factory=set)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, half-written, damaged, different or unclear."""
        return not (self.lost or self.half_written or self.damaged or self.different or self.unclear)

    def examine(self, path: Path, acknowledged: set[str]) -> None:
        """Count what is wrong with a database whose run was disturbed after it had acknowledged so much."""
        self.disturbed += 1
        self.acknowledged += len(acknowledged)
        with closing(sqlite3.connect(path)) as connection:
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self.lost += len(acknowledged)
                return
            self.lost += len(acknowledged - _kept(connection))
            for query in HALF_WRITTEN:
                self.half_written += connection.execute(query).fetchone()[0]
        self.damaged += not examine(path).is_sound

    def compare(self, path: Path, undisturbed: list[str]) -> None:
        """Count whether a database that was continued to the end has another export than an undisturbed one."""
        self.continued += 1
        self.different += export_hashes(path) != undisturbed


class Runs:
    """Starts runs on a database, and hears what they acknowledge."""

    def __init__(self, input_: IO[str], output: IO[str]) -> None:
        self._input, self._output = input_, output

    def run(self, path: Path, *, kill_after: float = 0, limit: int = 0) -> tuple[set[str], bool]:
        """Run to the end, or for so many seconds, or with files of so many bytes at most.

        Return what was acknowledged (and the line of an error), and whether the run was killed.
        """
        self._input.write(f"limit {limit} {path}\n" if limit else f"kill {kill_after:.6f} {path}\n")
        self._input.flush()
        said: set[str] = set()
        while (line := self._output.readline().rstrip("\n")) not in {"killed", "done"}:
            if not line:
                raise RuntimeError("the process that starts the runs has ended")
            said.add(line)
        return said, line == "killed"


@contextmanager
def started() -> Iterator[Runs]:
    """Yield what starts runs; its process ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", WRITER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the process has no pipes")
        yield Runs(process.stdin, process.stdout)
        process.stdin.close()


def undisturbed_run(runs: Runs, folder: Path) -> tuple[list[str], float]:
    """Return the hashes of the export of a run that nobody disturbs, and how many seconds the run takes."""
    runs.run(folder / "first.db")  # loads what is loaded only once
    began = time.monotonic()
    runs.run(folder / "undisturbed.db")
    return export_hashes(folder / "undisturbed.db"), time.monotonic() - began


def kill(runs: Runs, kills: int, folder: Path) -> Tally:
    """Kill runs at random moments, at least so often, and let each go on to its end."""
    undisturbed, duration = undisturbed_run(runs, folder)
    tally = Tally()
    while tally.disturbed < kills:
        path = folder / f"killed{tally.disturbed}.db"
        acknowledged: set[str] = set()
        killed, in_a_row = True, 0
        while killed:
            after = random.uniform(0.001, 0.6 * duration) if in_a_row < IN_A_ROW else 0
            said, killed = runs.run(path, kill_after=after)
            acknowledged |= said
            in_a_row += killed
            if killed:
                tally.examine(path, acknowledged)
        tally.compare(path, undisturbed)
        path.unlink()
    return tally


def starve(runs: Runs, limits: Sequence[int], folder: Path) -> Tally:
    """Let runs have files of so many bytes at most, then go on without a limit."""
    undisturbed, _ = undisturbed_run(runs, folder)
    tally = Tally()
    for limit in limits:
        path = folder / f"starved{limit}.db"
        said, _ = runs.run(path, limit=limit)
        judge(tally, path, said)
        runs.run(path)
        tally.compare(path, undisturbed)
        path.unlink()
    return tally


def judge(tally: Tally, path: Path, said: set[str]) -> None:
    """Count what a run has said that met an error, and what it left.

    SQLite does without some calls, such as the sync of a folder: then the run must have come to its end.
    """
    errors = {line for line in said if line.startswith("error ")}
    tally.unclear += not errors and len(said) < ACKNOWLEDGED
    tally.errors |= {line.rpartition(f"{path}: ")[2] for line in errors}
    tally.examine(path, said - errors)


def export_hashes(path: Path) -> list[str]:
    """Return the hash of each file of the reproducible export."""
    with tempfile.TemporaryDirectory() as folder:
        return [file.sha256 for file in export_tables(path, folder, Format.JSONL, reproducible=True)]


def _kept(connection: sqlite3.Connection) -> set[str]:
    documents = connection.execute("SELECT name FROM documents")
    links = connection.execute("SELECT url FROM observations JOIN links ON links.id = link_id")
    return {f"document {name}" for (name,) in documents} | {f"link {url}" for (url,) in links}
