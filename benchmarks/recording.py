"""What it costs to record in WARC files what is asked and answered, beside following the same links without it.

    python -m benchmarks.recording --links 2000

The links are redirects of a local server that imitates t.co, in a process of its own; each is one exchange.
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

from cache.warc import WarcFolder
from resolver.expand import Client, Policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOOKALIKE = Path(__file__).parent.parent / "examples" / "tco_lookalike.py"
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.recording", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--links", type=int, default=2000)
    print(measure(parser.parse_args(arguments).links))


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
