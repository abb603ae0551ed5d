"""What goes wrong in a command is one line that says what to do next, and nothing is lost for it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from tco_lookalike import TcoLookalike

import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
ARTICLE = str(ROOT / "examples" / "bridge.txt")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EMBED_RESOLVER_DB", raising=False)


@pytest.fixture
def server() -> Iterator[TcoLookalike]:
    """It knows none of the links."""
    with TcoLookalike({}) as running:
        yield running


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


def connect(server: TcoLookalike) -> list[str]:
    return [f"--connect-to=t.co={server.url}"]


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def table(name: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect("provenance.db")
    try:
        return connection.execute(f"SELECT * FROM {name}").fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scan", "missing.txt"], "missing.txt: no such file or directory; check the path"),
        (["scan", "nofile[x.txt"], "nofile[x.txt: no file is called so, and none matches it as a pattern"),
        (["scan", "empty"], "empty: no file in this folder can be read; known are .csv"),
        (["scan", "blank.txt"], "blank.txt: is empty"),
        (["scan", "table.csv", "--text-col", "body"], "table.csv: has no column 'body'; it has: id, words"),
        (["scan", "table.csv"], "say --text-col"),
        (["enrich", "good.txt", "--db", "good.txt"], "good.txt: "),
        (["enrich", "good.txt", "--db", "nowhere/x.db"], "nowhere/x.db: "),
        (["show", "1"], "provenance.db: no such database; make one with: embed-resolver enrich"),
        (["expand"], "provenance.db: no such database; make one with: embed-resolver enrich"),
    ],
)
def test_what_is_wrong_is_one_line_that_says_what_to_do(arguments: list[str], said: str) -> None:
    """Nothing could be done: exit code 2, one line, no traceback."""
    Path("empty").mkdir()
    Path("blank.txt").touch()
    Path("good.txt").write_text("A good text that is no database.", encoding="utf-8")
    Path("table.csv").write_text("id,words\n1,hello\n", encoding="utf-8")
    result = run(*arguments, *(["--quiet"] if arguments[0] != "show" else []))
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert said in line


def test_a_database_of_a_newer_version_is_left_alone(server: TcoLookalike) -> None:
    """An older tool does not write into what it does not know."""
    run("enrich", ARTICLE, *connect(server))
    connection = sqlite3.connect("provenance.db")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    result = run("enrich", ARTICLE)
    assert result.exit_code == 2
    assert "newer" in result.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the user may write anywhere")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    """Where no database can be made, one line says so."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    result = run("enrich", ARTICLE, "--db", folder / "x.db")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def closed(number: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run with a standard stream closed, as ``scan >&-`` has it."""
    program = (
        f"import os, sys; os.close({number}); "
        "os.execv(sys.executable, [sys.executable, '-m', 'cli', *sys.argv[1:]])"
    )
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_closed_input_is_missed_only_where_it_is_to_be_read(tmp_path: Path) -> None:
    """Daemons have none."""
    article = tmp_path / "a.txt"
    article.write_text("The bridge is open!", encoding="utf-8")
    assert closed(0, "scan", str(article)).returncode == 0
    done = closed(0, "scan", "-")
    assert (done.returncode, done.stderr) == (
        2,
        "Error: -: standard input is closed; give it a file: scan - < FILE\n",
    )


def test_a_closed_output_is_said(tmp_path: Path) -> None:
    """What is found would be lost."""
    article = tmp_path / "a.txt"
    article.write_text("The bridge is open!", encoding="utf-8")
    done = closed(1, "scan", str(article))
    assert (done.returncode, done.stderr) == (
        2,
        "Error: standard output is closed; give it a place, such as > embeds.jsonl\n",
    )


def test_a_broken_line_is_named_and_the_rest_goes_on() -> None:
    """Some inputs could not be read: exit code 3, each named once, also by a command that reads twice."""
    Path("in.jsonl").write_text('{"text": "one"}\n{broken\n{"text": "three"}\n', encoding="utf-8")
    assert run("scan", "in.jsonl").exit_code == 3
    result = run("enrich", "in.jsonl")
    assert (result.exit_code, len(rows(result))) == (3, 2)
    assert result.stderr.count("in.jsonl, line 2: is not JSON") == 1


def test_characters_that_were_replaced_are_a_warning() -> None:
    """The text was read, so the exit code is 0. What has no trace of an embed need not be read."""
    Path("odd.txt").write_bytes("\ufeffCafé pic.twitter.com/Wb4Tn8Zc1D ".encode() + b"\xff")
    result = run("scan", "odd.txt")
    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: odd.txt: 1 character")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["scan", ""], "a name is empty; give a file, a folder, a pattern or -"),
        (
            ["scan", ARTICLE, "--table", "-o", "out.jsonl"],
            "--table is for the terminal; leave it out, or -o.",
        ),
        (
            ["scan", ARTICLE, "-o", ""],
            "the name of an output is empty; give a file, or leave the option out.",
        ),
        (["scan", ARTICLE, "--results", ""], "the name is empty"),
        (["audit", "--oembed", "http://["], "'http://[' is not an http address"),
        (["audit", "--dead-days", "1e12"], "is not in the range 0<=x<=36500."),
        (["audit", "--archive-rate", "inf"], "'inf' is not a number."),
        (["enrich", ARTICLE, "--wait", "nan"], "'nan' is not a number."),
        (["enrich", ARTICLE, "--host-rate", "nan"], "'nan' is not a number."),
        (["doctor", "--warc", "none"], "Directory 'none' does not exist."),
        (
            ["export", "-o", "out", "--form", "crate", "--license", "mine"],
            "'mine' is not the address of a licence",
        ),
    ],
)
def test_options_that_make_no_sense_are_refused(command: list[str], said: str) -> None:
    """Before anything is done."""
    result = run(*command)
    assert (result.exit_code, list(Path().iterdir())) == (2, [])
    assert said in result.stderr.splitlines()[-1]


def test_a_baseline_that_is_not_there_is_said(server: TcoLookalike) -> None:
    """Before anything is asked, by the name of its option."""
    run("enrich", ARTICLE, "--dry-run")
    result = run("audit", "--baseline", "old.db", *connect(server))
    assert (result.exit_code, server.requests) == (2, ())
    assert result.stderr == "Error: old.db: no such database; check the path given with --baseline\n"


@pytest.mark.parametrize(
    "value",
    ["t.co", "=http://127.0.0.1:1", "t.co=127.0.0.1:1", "t.co=https://127.0.0.1", "t.co=http://:99999"],
)
def test_connect_to_wants_a_host_and_a_server(value: str) -> None:
    """A wrong option says the right form."""
    result = run("enrich", ARTICLE, "--connect-to", value)
    assert result.exit_code == 2
    assert "HOST=URL" in result.stderr


def test_an_unforeseen_failure_is_one_line_and_a_traceback_only_on_demand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A mistake of ours looks like one, and can be reported."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr("resolver.scan", fail)
    result = run("scan", ARTICLE)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "ZeroDivisionError" in result.stderr
    assert isinstance(run("scan", ARTICLE, "--debug").exception, ZeroDivisionError)


def test_stopping_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is not an error; what was done is kept, but for a scan by one process, which says what would keep it."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("resolver.scan", stop)
    monkeypatch.setattr("resolver.pipeline.add", stop)
    stopped = [run("enrich", ARTICLE), run("scan", ARTICLE)]
    assert [result.exit_code for result in stopped] == [130, 130]
    assert stopped[0].stderr == "Stopped. Run the same command again to go on.\n"
    assert stopped[1].stderr.startswith(
        "Stopped. Nothing is kept: with --jobs N -o FILE or --results FOLDER, "
    )


@pytest.mark.parametrize(
    "command",
    [
        "scan in.jsonl -o in.jsonl",
        "scan in.jsonl -o ./in.jsonl",
        "scan file://{folder}/in.jsonl -o in.jsonl",
        "enrich in.jsonl -o in.jsonl",
        "enrich in.jsonl -o provenance.db",
        "enrich in.jsonl --links in.jsonl -o provenance.links.db",
        "audit --limit 0 --csv provenance.db",
    ],
)
def test_no_output_takes_the_place_of_what_a_command_needs(command: str) -> None:
    """Neither of an input nor of the database."""
    Path("in.jsonl").write_text('{"text": "one"}\n', encoding="utf-8")
    assert run("enrich", "in.jsonl").exit_code == 0
    before = Path("in.jsonl").read_bytes(), table("documents")
    result = run(*command.format(folder=Path.cwd()).split())
    assert (result.exit_code, "give the output another name" in result.stderr) == (2, True)
    assert (Path("in.jsonl").read_bytes(), table("documents")) == before


def test_an_output_that_cannot_be_written_costs_no_request(server: TcoLookalike) -> None:
    """It is opened before anything is asked."""
    assert run("enrich", ARTICLE, "-o", "nowhere/out.jsonl", *connect(server)).exit_code == 2
    assert server.requests == ()
