"""A command that the system ends puts its files in order and says how to go on, as after Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLI = Path(cli.__file__)
POST = "The bridge is open! https://t.co/AbCdEf1234 — Jo Doe (@jodoe) May 2, 2019"
SAID = "Stopped. Run the same command again to go on."
ANEW = "Stopped. Nothing is kept: with --jobs N -o FILE or --results FOLDER, the same command would go on."

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals end no program there")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EMBED_RESOLVER_DB", raising=False)
    Path("in.jsonl").write_text(json.dumps({"text": POST}) + "\n", encoding="utf-8")


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and answers nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def database() -> None:
    """A database with a link that nobody has followed."""
    assert CliRunner().invoke(cli.main, ["enrich", "in.jsonl", "--dry-run"]).exit_code == 0


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command in a process group of its own, which is ended with the block."""
    process = subprocess.Popen(
        [sys.executable, str(CLI), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        with process:
            yield process
    finally:
        if process.poll() is None:
            process.kill()


@contextmanager
def written_to(pipe: str) -> Iterator[None]:
    """Hold a pipe open that somebody has begun to read."""
    opened: list[int] = []

    def read() -> bool:
        with suppress(OSError):
            opened.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        return bool(opened)

    wait_for(read)
    try:
        yield
    finally:
        os.close(opened[0])


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Return how it ended and what it said, once it and all processes that it started have ended."""
    # Whoever is left would hold the pipe open.
    _, said = process.communicate(timeout=60)
    return process.returncode, said.decode()


def files() -> set[str]:
    return {path.name for path in Path().iterdir()}


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_scan_that_is_ended_leaves_no_unfinished_output(number: signal.Signals, code: int) -> None:
    """The old output stays as it was."""
    Path("out.jsonl").write_text("old\n", encoding="utf-8")
    with running("scan", "-", "-o", "out.jsonl") as process:
        wait_for(lambda: len(files()) == 3)
        process.send_signal(number)
        assert ended(process) == (code, f"{ANEW}\n")
    assert files() == {"in.jsonl", "out.jsonl"}
    assert Path("out.jsonl").read_text(encoding="utf-8") == "old\n"


COMMANDS = [("enrich", "in.jsonl", "-o", "out.jsonl"), ("expand",), ("audit", "--json", "out.json")]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
def test_a_run_that_is_ended_gives_the_database_back(command: tuple[str, ...], silent: str) -> None:
    """No lock and no half of a file is left, and the run is written down as stopped."""
    with running(*command, f"--connect-to=t.co={silent}") as process:
        wait_for(lambda: "to follow" in process.stderr.readline().decode())
        process.terminate()
        code, said = ended(process)
    assert (code, said.splitlines()[-1]) == (143, SAID)
    assert files() == {"in.jsonl", "provenance.db"}
    assert last_ending() == "stopped"


@pytest.mark.usefixtures("database")
def test_a_load_that_is_ended_gives_the_database_back() -> None:
    """Here while it waits for another program that writes."""
    assert CliRunner().invoke(cli.main, ["scan", "in.jsonl", "--results", "results"]).exit_code == 0
    with closing(sqlite3.connect("provenance.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with running("load", "results") as process:
            wait_for(lambda: Path("provenance.db-lock").exists())
            process.terminate()
            code, said = ended(process)
    assert (code, said) == (143, f"{SAID}\n")
    assert files() == {"in.jsonl", "provenance.db", "results"}


@pytest.mark.parametrize("whom", ["process", "group"])
@pytest.mark.parametrize("command", ["scan", "enrich"])
def test_the_processes_of_a_scan_end_with_it(command: str, whom: str) -> None:
    """What they had finished is kept for the next time, and nothing is half there; so too where all get the signal."""
    os.mkfifo("pipe.jsonl")
    with (
        running(command, "in.jsonl", "pipe.jsonl", "--jobs", "2", "-o", "out.jsonl") as process,
        written_to("pipe.jsonl"),
    ):
        wait_for(lambda: list(Path("out.jsonl.shards").glob("*.done")))
        if whom == "group":
            os.killpg(process.pid, signal.SIGTERM)
        else:
            process.terminate()
        code, said = ended(process)
    assert (code, said.splitlines()) == (
        143,
        ["1 of 2 shards done, kept in out.jsonl.shards.", SAID],
    )
    assert files() <= {"in.jsonl", "pipe.jsonl", "out.jsonl.shards", "provenance.db"}
    assert not list(Path("out.jsonl.shards").glob("*.part"))


def test_a_signal_that_comes_twice_does_not_break_off_the_putting_in_order() -> None:
    """timeout(1) sends it to the process and to its group."""
    with running("scan", "-", "-o", "out.jsonl") as process:
        wait_for(lambda: len(files()) == 2)
        for _ in range(20):
            process.terminate()
        assert ended(process) == (143, f"{ANEW}\n")
    assert files() == {"in.jsonl"}


@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.5])
def test_stopping_while_the_processes_are_being_started_is_no_failure(seconds: float) -> None:
    """Ctrl-C reaches all of them, at whatever they are."""
    line = json.dumps({"text": "The ferry sails again. " * 4_000}) + "\n"
    Path("in.jsonl").write_text(line * 200, encoding="utf-8")
    with running("scan", "in.jsonl", "in.jsonl", "--jobs", "2", "-o", "out.jsonl") as process:
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        code, said = ended(process)
    assert (code, "Traceback" in said, "failed" in said) == (130, False, False)


def test_a_signal_that_the_caller_ignores_stays_ignored() -> None:
    """As nohup has it for a terminal that is closed."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with running("scan", "-", "-o", "out.jsonl") as process:
            wait_for(lambda: len(files()) == 2)
            process.send_signal(signal.SIGHUP)
            _, said = process.communicate(POST.encode(), timeout=60)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert (process.returncode, said.decode()) == (
        0,
        "1 embed in 1 document: 1 leftover; 1 twitter.\n1 link in them.\n",
    )


def last_ending() -> str:
    with closing(sqlite3.connect("provenance.db")) as db:
        return str(db.execute("SELECT ending FROM runs ORDER BY id DESC").fetchone()[0])
