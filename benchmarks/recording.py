"""What it costs to keep what is asked and answered: in WARC files, beside following the same links, and in the store.

    python -m benchmarks.recording --links 2000

The links are redirects of a local server that imitates t.co, in a process of its own; each is one exchange. For the
store nothing is asked: the answers are made up, and come in groups, as they do while the store is busy.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cache import Store
from cache.warc import WarcFolder
from resolver import Document
from resolver.expand import Client, Policy
from resolver.models import Hop, Observation, Outcome, Via
from resolver.pipeline import add, expand, utc_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LOOKALIKE = Path(__file__).parent.parent / "examples" / "tco_lookalike.py"
#: Answers that come in while the store is busy, with 64 links asked at once.
_TOGETHER = 40
_POST = "https://twitter.com/jo/status/1294213474682930386/photo/1"


@dataclass(frozen=True)
class Cost:
    """What was measured, for each link."""

    #: CPU seconds of following it, without and with recording.
    plain: float
    recorded: float
    #: Bytes of the files.
    bytes: float

    def __str__(self) -> str:
        """Return the figures in a line.

        >>> print(Cost(plain=0.0005, recorded=0.0009, bytes=936.0))
        0.50 ms of CPU for each link, 0.90 ms with --warc (1.8 times), 936 bytes of disk
        """
        return (
            f"{self.plain * 1e3:.2f} ms of CPU for each link, {self.recorded * 1e3:.2f} ms with --warc "
            f"({self.recorded / self.plain:.1f} times), {self.bytes:.0f} bytes of disk"
        )


@dataclass(frozen=True)
class Stored:
    """What was measured of the store, for each link that one post holds and that leads to it."""

    #: CPU seconds of storing what came of it, with what follows from that for the post.
    seconds: float
    #: Statements that SQLite was given, those of triggers included.
    statements: float

    def __str__(self) -> str:
        """Return the figures in a line.

        >>> print(Stored(seconds=0.0003, statements=12.2))
        0.30 ms of CPU for each link to store what came of it, in 12.2 statements
        """
        return (
            f"{self.seconds * 1e3:.2f} ms of CPU for each link to store what came of it, "
            f"in {self.statements:.1f} statements"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.recording", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--links", type=int, default=2000)
    links = parser.parse_args(arguments).links
    print(measure(links))
    print(measure_store(links))


def measure(links: int, *, trials: int = 3) -> Cost:
    """Return the least that following so many links took in a number of trials, with and without, in turn."""
    plain, recorded, size = [], [], 0
    with tempfile.TemporaryDirectory() as name, _server(links, Path(name)) as url:
        _follow(url, links, None)  # what is imported at the first link is no cost of it
        for trial in range(trials):
            folder = Path(name) / str(trial)
            plain.append(_follow(url, links, None))
            recorded.append(_follow(url, links, folder))
            size = sum(file.stat().st_size for file in folder.iterdir())
    return Cost(plain=min(plain) / links, recorded=min(recorded) / links, bytes=size / links)


def measure_store(links: int, *, trials: int = 3) -> Stored:
    """Return the least that storing so many links took in a number of trials."""
    seconds = min(_store(links, count_statements=False) for _ in range(trials))
    return Stored(seconds=seconds / links, statements=_store(links, count_statements=True) / links)


def _store(links: int, *, count_statements: bool) -> float:
    """Return the CPU seconds that it took, or the number of statements, which take time to be counted."""
    text = "".join(
        f"Number {number}: https://t.co/C{number:09} — Jo Doe (@jodoe) May 2, 2019\n\n"
        for number in range(links)
    )
    statements: list[str] = []
    with (
        tempfile.TemporaryDirectory() as name,
        Store.open(
            Path(name, "provenance.db"), command="expand", arguments={}, tool_version="0", now=utc_now
        ) as store,
    ):
        add(Document(id="all", text=text), store=store)
        client = _MadeUp([_answer(url) for url in store.due(utc_now())])
        if count_statements:
            store.session.db.conn.set_trace_callback(statements.append)
        began = time.process_time()
        followed = sum(1 for _ in expand((), client=client, store=store))
        seconds = time.process_time() - began
        store.session.db.conn.set_trace_callback(None)
    assert followed == links
    return len(statements) if count_statements else seconds


@dataclass(frozen=True)
class _MadeUp:
    """A client that has all answers already, as many at a time as come in while the store is busy."""

    answers: Sequence[Observation]

    def expand(self, urls: Iterable[str]) -> Iterator[Observation]:
        del urls
        return iter(self.answers)

    def batches(self, urls: Iterable[str]) -> Iterator[Sequence[Observation]]:
        del urls
        for start in range(0, len(self.answers), _TOGETHER):
            yield self.answers[start : start + _TOGETHER]


def _answer(url: str) -> Observation:
    now = utc_now()
    hop = Hop(url=url, via=Via.HTTP, status=301, location=_POST, at=now, seconds=0.05)
    return Observation(
        url=url, observed_at=now, seconds=0.05, outcome=Outcome.POST, hops=(hop,), expanded_url=_POST
    )


def _follow(url: str, links: int, folder: Path | None) -> float:
    """Return the CPU seconds that it took."""
    policy = Policy(host_rate=None)
    if folder is None:
        with Client(connect_to={"t.co": url}, policy=policy, per_host=16) as client:
            return _cpu_seconds(client, links)
    with (
        WarcFolder.open(folder, software="benchmark", now=lambda: datetime.now(UTC)) as archive,
        Client(connect_to={"t.co": url}, policy=policy, per_host=16, archive=archive) as client,
    ):
        return _cpu_seconds(client, links)


def _cpu_seconds(client: Client, links: int) -> float:
    began = time.process_time()
    followed = sum(1 for _ in client.expand(f"https://t.co/{number}" for number in range(links)))
    assert followed == links
    return time.process_time() - began


@contextmanager
def _server(links: int, folder: Path) -> Iterator[str]:
    codes = folder / "codes.json"
    codes.write_text(json.dumps({str(number): _POST for number in range(links)}), encoding="utf-8")
    command = [sys.executable, str(_LOOKALIKE), "--codes", str(codes)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stderr is not None
            said = serving.stderr.readline().split()
            yield next(word for word in said if word.startswith("http://")).rstrip(";")
        finally:
            serving.terminate()


if __name__ == "__main__":
    main()
