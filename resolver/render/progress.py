"""How far long work has come, shown on a terminal while it goes on. Nothing is loaded for it where it is not shown."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from resolver.render.table import host_of, number
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TextIO

#: Seconds over which a speed is taken.
_SPEED_SECONDS = 60.0
_MEGABYTE = 1_000_000


class Bar(Protocol):
    """What is shown of work that goes on."""

    def scanned(self, *, documents: int, size: int, embeds: int) -> None:
        """Show how many documents have been read in all, of how many bytes, with how many embeds."""
        ...

    def followed(self, url: str) -> None:
        """Show that one more link was followed."""
        ...

    def say(self, line: str) -> None:
        """Print a line for people, above what is shown."""
        ...


@contextmanager
def scan_progress(
    stream: TextIO, *, shown: bool, size: int | None, clock: Callable[[], float] | None = None
) -> Iterator[Bar]:
    """Yield what shows a scan on *stream*: documents, megabytes a second, embeds, and the time left.

    *size* is how many bytes there are to read; ``None`` where that is not known, and so no time left. Where it is not
    to be *shown*, as where *stream* is no terminal, only what is said is printed.

    >>> import sys
    >>> with scan_progress(sys.stdout, shown=False, size=None) as bar:
    ...     bar.scanned(documents=1, size=100, embeds=0)
    ...     bar.say("1 file could not be read.")
    1 file could not be read.
    """
    if not shown:
        yield _Silent(stream)
        return
    fields = {"counts": f"{number(0, 'document')}, {number(0, 'embed')}", "speed": ""}
    with _rich(stream, "Scanning", size, fields, clock) as (progress, task):
        yield _Shown(progress, task)


@contextmanager
def follow_progress(
    stream: TextIO, *, shown: bool, hosts: Mapping[str, int], clock: Callable[[], float] | None = None
) -> Iterator[Bar]:
    """Yield what shows the following of links on *stream*: how many, how many a second, and how many hosts wait.

    *hosts* says how many links there are to follow, by the host they begin at.

    >>> import sys
    >>> with follow_progress(sys.stdout, shown=False, hosts={"t.co": 1}) as bar:
    ...     bar.followed("https://t.co/AbCdEf1234")
    """
    if not shown:
        yield _Silent(stream)
        return
    fields = {"counts": number(0, "link"), "speed": ""}
    with _rich(stream, "Following", sum(hosts.values()), fields, clock) as (progress, task):
        yield _Shown(progress, task, hosts)


class _Silent:
    """Shows nothing, and prints what is said."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def scanned(self, *, documents: int, size: int, embeds: int) -> None:
        pass

    def followed(self, url: str) -> None:
        pass

    def say(self, line: str) -> None:
        self._stream.write(f"{safe(line)}\n")


class _Shown:
    """Shows what is going on with rich."""

    def __init__(self, progress: Any, task: Any, hosts: Mapping[str, int] | None = None) -> None:
        self._progress = progress
        self._task = task
        self._waiting = Counter(hosts or {})
        self._followed = 0

    def scanned(self, *, documents: int, size: int, embeds: int) -> None:
        counts = f"{number(documents, 'document')}, {number(embeds, 'embed')}"
        self._update(size, counts, _MEGABYTE, "MB/s")

    def followed(self, url: str) -> None:
        self._followed += 1
        host = host_of(url)
        self._waiting[host] -= 1
        if self._waiting[host] <= 0:
            del self._waiting[host]
        counts = f"{number(self._followed, 'link')}, {number(len(self._waiting), 'host')} waiting"
        self._update(self._followed, counts, 1, "links/s")

    def say(self, line: str) -> None:
        self._progress.console.print(safe(line), markup=False, highlight=False, soft_wrap=True)

    def _update(self, completed: int, counts: str, unit: int, name: str) -> None:
        self._progress.update(self._task, completed=completed, counts=counts)
        speed = self._progress.tasks[0].speed
        if speed is not None:
            self._progress.update(self._task, speed=f"{speed / unit:,.1f} {name}")


@contextmanager
def _rich(
    stream: TextIO, what: str, total: int | None, fields: dict[str, Any], clock: Callable[[], float] | None
) -> Iterator[tuple[Any, Any]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = [
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[counts]}"),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn() if total is None else TimeRemainingColumn(),
    ]
    progress = Progress(
        *columns,
        console=Console(file=stream),
        transient=True,  # the summary takes its place
        redirect_stdout=False,  # which is for data
        redirect_stderr=False,
        speed_estimate_period=_SPEED_SECONDS,
        get_time=clock,
    )
    with progress:
        yield progress, progress.add_task(what, total=total, **fields)
