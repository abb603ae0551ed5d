"""What was measured, as tables, and what of it was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.expansion.contenders import AT_ONCE
from benchmarks.markdown import markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Seconds that the slow server takes for each answer, and the links a second that this allows.
LATENCY = 0.05
CEILING = AT_ONCE / LATENCY

#: What is promised: times the links a second of one AsyncClient, times the CPU of curl, share of what the latency
#: allows, and bytes for a million links.
TIMES_ASYNC_CLIENT, TIMES_CURL_CPU, SHARE_OF_CEILING, MOST_MEMORY = 5.0, 20.0, 0.9, 300 * 10**6

OURS, STORED, ASYNC_CLIENT, CURL = "ours", "ours, stored", "httpx.AsyncClient", "curl --parallel"

#: Between these lines of a page stands what was measured last.
BEGIN, END = "<!-- measured by python -m benchmarks.expansion -->", "<!-- end of what was measured -->"


@dataclass(frozen=True)
class Measured:
    """What one of them achieved, in the best of its runs."""

    links_a_second: float
    #: CPU seconds for one link.
    cpu: float
    #: Bytes of memory.
    peak: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All that was measured, by the names of those who follow links; of those left out, why."""

    #: With a server that answers at once, and with one that takes :data:`LATENCY`.
    fast: Mapping[str, Measured | str]
    late: Mapping[str, Measured | str]
    #: How many links went through without being asked, and the most bytes of memory meanwhile.
    many: int
    memory: int


def speed_table(figures: Figures) -> str:
    """Return how fast each of them is, and what that costs."""
    curl = figures.fast[CURL]
    rows = []
    for name, each in figures.fast.items():
        if isinstance(each, str):
            rows.append([name, each])
            continue
        times = f"{each.cpu / curl.cpu:.1f}" if isinstance(curl, Measured) else ""
        row = [
            name,
            f"{each.links_a_second:,.0f}",
            f"{each.cpu * 10**6:,.0f}",
            times,
            f"{each.peak / 10**6:.0f} MB",
        ]
        late = figures.late.get(name)
        share = [f"{late.links_a_second:,.0f}", f"{_share(late):.0%}"] if isinstance(late, Measured) else []
        rows.append(row + share)
    milliseconds = f"{LATENCY * 1000:.0f} ms"
    heads = ["", "links/s", "µs of CPU per link", "times curl's", "memory"]
    return markdown_table([*heads, f"links/s at {milliseconds}", f"of the {CEILING:,.0f} possible"], rows)


def promises(figures: Figures) -> list[tuple[str, str, bool]]:
    """Return each promise, what was reached, and whether it was kept; of what could be measured."""
    kept = [*_of(OURS, "guard on", figures), *_of(STORED, "guard and store on", figures)]
    promise = f"{figures.many:,} links go through in less than {MOST_MEMORY / 10**6:.0f} MB"
    return [*kept, (promise, f"{figures.memory / 10**6:.0f} MB", figures.memory < MOST_MEMORY)]


def promise_table(kept: list[tuple[str, str, bool]]) -> str:
    """Return the promises as a table."""
    return markdown_table(
        ["promise", "reached", "kept"], [[*row, "yes" if yes else "NO"] for *row, yes in kept]
    )


def renewed(page: str, section: str) -> str:
    r"""Return a page with *section* in the place of what was measured before.

    >>> renewed(f"# Speed\n{BEGIN}\nslow\n{END}\nThat is it.", "fast").splitlines()[3]
    'fast'
    """
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{section}\n\n{END}{after}"


def _of(name: str, how: str, figures: Figures) -> Iterator[tuple[str, str, bool]]:
    ours, late = figures.fast[name], figures.late[name]
    client, curl = figures.fast[ASYNC_CLIENT], figures.fast[CURL]
    if isinstance(ours, Measured) and isinstance(client, Measured):
        times = ours.links_a_second / client.links_a_second
        promise = f"{how}: at least {TIMES_ASYNC_CLIENT:g} times the links/s of one httpx.AsyncClient"
        yield promise, f"{times:.1f}", times >= TIMES_ASYNC_CLIENT
    if isinstance(ours, Measured) and isinstance(curl, Measured):
        times = ours.cpu / curl.cpu
        promise = f"{how}: at most {TIMES_CURL_CPU:g} times the CPU of curl --parallel"
        yield promise, f"{times:.1f}", times <= TIMES_CURL_CPU
    if isinstance(late, Measured):
        promise = f"{how}: at least {SHARE_OF_CEILING:.0%} of what {LATENCY * 1000:.0f} ms and {AT_ONCE} at once allow"
        yield promise, f"{_share(late):.0%}", _share(late) >= SHARE_OF_CEILING


def _share(late: Measured) -> float:
    return late.links_a_second / CEILING
