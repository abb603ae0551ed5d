"""What long work shows on a terminal, and nowhere else."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from resolver import scan
from resolver.commandline.inputs import Inputs
from resolver.commandline.watching import watched
from resolver.render.progress import Bar, follow_progress, scan_progress

if TYPE_CHECKING:
    from pathlib import Path

_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.StringIO):
    """A stream that says it is a terminal, and what was on it as plain text."""

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        return _CODES.sub("", self.getvalue())


class Clock:
    """A clock that goes on by a second each time somebody looks."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 1.0
        return self.seconds


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return Terminal()


def test_a_scan_shows_documents_speed_embeds_and_the_time_left(terminal: Terminal) -> None:
    """Of 400 MB, 100 MB every few seconds: so the time left can be told."""
    with scan_progress(terminal, shown=True, size=400_000_000, clock=Clock()) as bar:
        for step in range(1, 4):
            bar.scanned(documents=1_000 * step, size=100_000_000 * step, embeds=7 * step)
    assert "Scanning" in terminal.text
    assert "3,000 documents, 21 embeds" in terminal.text
    assert re.search(r"[0-9.]+ MB/s", terminal.text)
    assert re.search(r"\b0:00:[0-9]{2}\b", terminal.text)


def test_without_a_known_size_there_is_the_time_that_it_took(terminal: Terminal) -> None:
    """A bar that goes nowhere promises nothing."""
    with scan_progress(terminal, shown=True, size=None, clock=Clock()) as bar:
        bar.scanned(documents=1, size=100, embeds=0)
    assert "1 document, 0 embeds" in terminal.text
    assert "%" not in terminal.text


def test_following_shows_links_speed_and_hosts_that_wait(terminal: Terminal) -> None:
    """A host with nothing left to ask no longer waits."""
    hosts = Counter({"t.co": 2, "bit.ly": 1})
    with follow_progress(terminal, shown=True, hosts=hosts, clock=Clock()) as bar:
        bar.followed("https://t.co/a")
        bar.followed("https://bit.ly/b")
    assert "Following" in terminal.text
    assert "2 links, 1 host waiting" in terminal.text
    assert re.search(r"[0-9.]+ links/s", terminal.text)
    assert hosts == {"t.co": 2, "bit.ly": 1}


def test_what_is_said_stands_above_the_bar(terminal: Terminal) -> None:
    """On a line of its own, without anything that a terminal would obey."""
    with scan_progress(terminal, shown=True, size=10) as bar:
        bar.say("a.jsonl, line 2: is not JSON [bold]\x1b[31m")
    assert "a.jsonl, line 2: is not JSON [bold] [31m" in terminal.text.splitlines()


def test_colour_is_left_out_where_it_is_not_wanted(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR is honoured (https://no-color.org)."""
    monkeypatch.setenv("NO_COLOR", "1")
    with scan_progress(terminal, shown=True, size=10) as bar:
        bar.scanned(documents=1, size=10, embeds=0)
    assert "1 document" in terminal.text
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", terminal.getvalue())


def test_nothing_is_shown_where_nothing_is_wanted() -> None:
    """What is said is still printed."""
    stream = io.StringIO()
    bars: list[Bar] = []
    with scan_progress(stream, shown=False, size=10) as bar:
        bars.append(bar)
    with follow_progress(stream, shown=False, hosts={"t.co": 1}) as bar:
        bars.append(bar)
    for bar in bars:
        bar.scanned(documents=1, size=1, embeds=1)
        bar.followed("https://t.co/a")
        bar.say("Said.")
    assert stream.getvalue() == "Said.\nSaid.\n"


def test_rich_is_loaded_only_where_it_is_shown() -> None:
    """It takes longer to load than a small scan takes."""
    program = (
        "import sys\n"
        "from resolver.render.progress import scan_progress\n"
        "with scan_progress(sys.stderr, shown=False, size=1) as bar:\n"
        "    bar.scanned(documents=1, size=1, embeds=1)\n"
        "print('rich' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("all_fields", [False, True], ids=["scan", "enrich"])
def test_one_process_shows_how_far_it_has_come(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, all_fields: bool
) -> None:
    """As several do: the bytes of all inputs that have been read, the documents and the embeds in them."""
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("resolver.commandline.watching._PAUSE", 0.0)
    post = "The bridge is open! — Jo Doe (@jodoe) May 2, 2019"
    lines = [json.dumps({"text": "The ferry sails. " * 10_000 + post}) + "\n" for _ in range(30)]
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("".join(lines), encoding="utf-8")
    inputs = Inputs((str(tmp_path),), {})
    with watched(inputs, output=str(tmp_path / "out"), quiet=False) as watch:
        for row in inputs.rows(all_fields=all_fields):
            watch.found(scan(row.document))
    assert "60 documents, 60 embeds" in terminal.text
    assert re.search("━{20}", terminal.text)
    assert list(watch.summary()) == ["60 embeds in 60 documents: 60 leftover; 60 twitter."]


def test_no_bar_is_shown_for_what_is_done_at_once(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To load what shows it would take longer than the work."""
    monkeypatch.setattr("sys.stderr", terminal)
    (tmp_path / "a.txt").write_text("The ferry sails.", encoding="utf-8")
    inputs = Inputs((str(tmp_path / "a.txt"),), {})
    with watched(inputs, output=str(tmp_path / "out"), quiet=False):
        assert len(list(inputs.rows())) == 1
    assert terminal.text == ""


def test_the_size_of_inputs_is_known_where_all_are_files(tmp_path: Path) -> None:
    """A pipe and an address end nobody knows where."""
    for name in ("a.txt", "b/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words", encoding="utf-8")
    names = (str(tmp_path / "*.txt"), str(tmp_path / "b"))
    assert Inputs(names, {}).size() == 10
    assert [Inputs((*names, more), {}).size() for more in ("-", "s3://bucket/a.txt", "none.txt")] == [
        None
    ] * 3
