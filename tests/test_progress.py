"""What long work shows on a terminal, and nowhere else."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections import Counter

import pytest

from resolver.render.progress import Bar, follow_progress, scan_progress

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
