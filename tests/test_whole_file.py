"""An output takes its name when it is whole, and nothing else is lost for it."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from resolver.errors import OutputError
from resolver.render.json_lines import whole_file


def test_what_was_there_stays_until_the_new_is_whole(tmp_path: Path) -> None:
    """After an error the old content is there, and nothing beside it."""
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), whole_file(str(path)) as out:
        out.write(f"new {1 / 0}")
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What it leads to is written."""
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("old")
    link.symlink_to(real)
    with whole_file(str(link)) as out:
        out.write("new")
    assert (link.is_symlink(), real.read_text()) == (True, "new")


def test_a_file_of_the_user_beside_it_stays(tmp_path: Path) -> None:
    """Whatever it is called."""
    mine = tmp_path / "out.jsonl.part"
    mine.write_text("mine")
    with whole_file(str(tmp_path / "out.jsonl")) as out:
        out.write("new")
    assert mine.read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_written_and_not_replaced(tmp_path: Path) -> None:
    """Its reader gets all of it."""
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with whole_file(str(pipe)) as out:
        out.write("new")
    reader.join(10)
    assert (read, pipe.is_fifo()) == (["new"], True)


@pytest.mark.parametrize("name", ["file/out.jsonl", "none/out.jsonl"])
def test_where_nothing_can_be_written_is_said(tmp_path: Path, name: str) -> None:
    """One line, which names the output."""
    (tmp_path / "file").write_text("")
    path = str(tmp_path / name)
    with (
        pytest.raises(OutputError, match=r"out\.jsonl: (?:not a directory|its folder is not)"),
        whole_file(path),
    ):
        pass


def test_the_output_is_not_blamed_for_what_else_fails_meanwhile(tmp_path: Path) -> None:
    """Links are followed while it is open, and what is asked is recorded elsewhere."""
    path = str(tmp_path / "out.jsonl")
    with pytest.raises(OSError, match=r"/warc/1\.warc"), whole_file(path):
        raise OSError(28, "No space left on device", "/warc/1.warc")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_an_output_for_which_there_is_no_room_is_named() -> None:
    """When it is written, or at the end."""
    with (
        pytest.raises(OutputError, match="/dev/full: no space left on device"),
        whole_file("/dev/full") as out,
    ):
        out.write("x" * 100_000)
    with (
        pytest.raises(OutputError, match="/dev/full: no space left on device"),
        whole_file("/dev/full") as out,
    ):
        out.write("x")


def test_two_processes_of_one_number_do_not_meet(tmp_path: Path) -> None:
    """In containers, numbers of processes come again: what one that was killed has left is in nobody's way."""
    path = tmp_path / "out.jsonl"
    (tmp_path / f".out.jsonl.{os.getpid()}.part").write_text("left")
    with whole_file(str(path)) as out, whole_file(str(path)) as other:
        out.write("one")
        other.write("two")
    assert path.read_text() == "one"
