"""Scanning in shards by the commands: the same result by any number of processes, kept, gone on with, and loaded."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cli

POSTS = [f"The bridge is open! #Day{day} — Jo Doe (@jodoe) May {day}, 2019" for day in range(1, 8)]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EMBED_RESOLVER_DB", raising=False)
    for number, post in enumerate(POSTS):
        lines = [{"text": "No post."}, {"text": post}]
        Path(f"{number}.jsonl").write_text(
            "".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8"
        )


def run(command: str) -> Result:
    return CliRunner().invoke(cli.main, command.split())


def handles(database: str) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [handle for (handle,) in connection.execute("SELECT handle FROM embeds")]


def test_two_processes_print_what_one_does() -> None:
    """Byte for byte, in the order of the inputs; and the summary counts the same."""
    alone, together = run("scan ."), run("scan . --jobs 2")
    assert (together.exit_code, together.stdout) == (0, alone.stdout)
    assert alone.stdout.count("\n") == len(POSTS)
    assert "14 documents" in together.stderr


NOTE = "This tweet was not loaded: you have not accepted cookies."


@pytest.mark.parametrize("jobs", ["", "--jobs 2"])
def test_notes_are_left_out_on_request(jobs: str) -> None:
    """By one process and by several; posts are found as ever."""
    Path("note.jsonl").write_text(
        "".join(json.dumps({"text": text}) + "\n" for text in (POSTS[0], NOTE)), encoding="utf-8"
    )
    kinds = [
        [json.loads(line)["kind"] for line in run(f"scan note.jsonl {jobs} {option}").stdout.splitlines()]
        for option in ("", "--no-notes")
    ]
    assert kinds == [["leftover", "placeholder"], ["leftover"]]


def test_an_output_is_whole_and_leaves_nothing_beside_it() -> None:
    """The results that were kept beside it while it was made are gone."""
    assert run("scan 0.jsonl 1.jsonl --jobs 1 -o out.json").exit_code == 0
    assert len(Path("out.json").read_text(encoding="utf-8").splitlines()) == 2
    assert {path.name for path in Path().iterdir()} == {f"{n}.jsonl" for n in range(len(POSTS))} | {
        "out.json"
    }


def test_what_was_found_is_kept_and_loaded_once() -> None:
    """Loading again adds nothing. Documents without embeds are only counted by the scan."""
    assert run("scan . --results results").exit_code == 0
    first, again = run("load results --db a.db"), run("load results --db a.db")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "7 documents with 7 embeds added" in first.stderr
    assert "0 documents with 0 embeds added; 7 documents known already" in again.stderr
    assert handles("a.db") == ["jodoe"] * len(POSTS)


def test_enrich_writes_the_same_rows_in_shards() -> None:
    """With the embeds as the database has them."""
    assert run("enrich 0.jsonl 1.jsonl -o alone.json --db a.db").exit_code == 0
    assert run("enrich 0.jsonl 1.jsonl -o shards.json --db b.db --jobs 2").exit_code == 0
    assert Path("shards.json").read_bytes() == Path("alone.json").read_bytes()
    assert handles("a.db") == handles("b.db")


def test_a_line_that_cannot_be_read_is_named_in_shards_too() -> None:
    """The rest is read, and the exit code says so."""
    Path("broken.jsonl").write_text(f'{{"text": "{POSTS[0]}"}}\n{{broken\n', encoding="utf-8")
    result = run("scan broken.jsonl --jobs 1")
    assert (result.exit_code, result.stdout.count("\n")) == (3, 1)
    assert "broken.jsonl, line 2: is not JSON" in result.stderr


def test_a_preset_names_the_columns_of_a_data_set() -> None:
    """What it does not know is refused, and the known are named."""
    Path("news.csv").write_text(
        f'title,text,subject,date\nOpen,"{POSTS[0]}",bridges,2019-05-03\n', encoding="utf-8"
    )
    assert json.loads(run("scan news.csv --preset isot").stdout)["handle"] == "jodoe"
    refused = run("scan news.csv --preset none")
    assert refused.exit_code == 2
    assert "fineweb" in refused.stderr


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "nothing",
            "nothing: no such folder; load takes folders that scan INPUT... --results FOLDER has filled",
        ),
        ("0.jsonl", "0.jsonl: is a file; load takes folders that scan INPUT... --results FOLDER has filled"),
        ("empty", "empty: is no folder of results; make one with: scan INPUT... --results FOLDER"),
    ],
)
def test_results_that_are_not_there_are_an_error(path: str, said: str) -> None:
    """One line says what is wanted, and no database is made for it."""
    Path("empty").mkdir()
    result = run(f"load {path} --db a.db")
    assert (result.exit_code, result.stderr) == (2, f"Error: {said}\n")
    assert not Path("a.db").exists()


def test_results_of_other_inputs_in_the_folder_are_said() -> None:
    """They would be missing in the database, and nobody would know why."""
    run("scan 1.jsonl 2.jsonl --results kept")
    again = run("scan 2.jsonl 3.jsonl --results kept")
    assert "Warning: kept: also has results of 1.jsonl; load will leave them out" in again.stderr
    assert (again.exit_code, run("scan 2.jsonl 3.jsonl --results kept").stderr.count("Warning")) == (0, 0)


def test_a_folder_of_the_user_that_is_called_as_ours_stays() -> None:
    """Beside the output, until that is whole, is where results are kept."""
    Path("out.jsonl.shards").mkdir()
    Path("out.jsonl.shards/notes.txt").write_text("mine", encoding="utf-8")
    assert run("scan . --jobs 2 -o out.jsonl").exit_code == 0
    assert [path.name for path in Path("out.jsonl.shards").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("jobs", ["", "--jobs 2"])
def test_a_terminal_gets_a_table_of_the_embeds(jobs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By one process and by several; rows are for files and pipes."""
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
    shown = run(f"enrich 1.jsonl {jobs} --quiet").stdout
    assert "@jodoe" in shown
    assert "{" not in shown
