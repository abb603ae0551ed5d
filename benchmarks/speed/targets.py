"""What was promised, beside what was reached."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.speed.in_memory import NO_NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Target(NamedTuple):
    """A figure that was promised: what of, by which key it was measured, and how much it is at least or at most."""

    what: str
    key: str
    least: float | None = None
    most: float | None = None
    unit: str = ""


#: All for one core.
TARGETS: Final = (
    Target("texts in memory, to the bare scan of the engine", "texts/bare", least=0.8),
    Target("texts in memory with `fast`", "texts/speed", least=600, unit=" MB/s"),
    Target("pages in memory, to selectolax on every page", "pages/selectolax", least=10),
    Target("pages in memory, to bs4 with lxml on every page", "pages/bs4 with lxml", least=400),
    Target("documents in which the prefilter changes what is found", "different", most=0),
    Target("WET.gz, to decompressing and splitting alone", "WET.gz", least=0.8),
    Target("WARC.gz, to decompressing and splitting alone", "WARC.gz", least=0.8),
    Target("JSON Lines, to orjson alone", "JSON Lines", least=1),
    Target("Parquet, to pyarrow alone", "Parquet", least=0.7),
    *(
        Target(f"memory of a worker, {form}", f"{form}/memory", most=64, unit=" MB")
        for form in ("WET.gz", "WARC.gz", "JSON Lines", "CSV")
    ),
    Target("memory of a worker, Parquet", "Parquet/memory", most=250, unit=" MB"),
)


def target_lines(reached: Mapping[str, float]) -> Iterator[list[str]]:
    """Yield a line of a table for each target: what, how much it is to be, how much was *reached*, and whether.

    The last two again, of what was reached where no notes were looked for.

    >>> list(target_lines({"JSON Lines": 0.5, "JSON Lines, no notes": 1.5}))[7]
    ['JSON Lines, to orjson alone', 'at least 1', '0.50', 'no', '1.50', 'yes']
    """
    for target in TARGETS:
        bound = f"at least {target.least:g}" if target.least is not None else f"at most {target.most:g}"
        values = (reached.get(target.key + notes) for notes in ("", NO_NOTES))
        yield [
            target.what,
            bound + target.unit,
            *chain.from_iterable(_shown(target, value) for value in values),
        ]


def _shown(target: Target, value: float | None) -> tuple[str, str]:
    """Return how much was reached, and whether it is enough."""
    if value is None:
        return "", "not measured"
    met = value >= target.least if target.least is not None else value <= (target.most or 0)
    shown = f"{value:,.0f}" if target.most is not None or value >= 100 else f"{value:.2f}"
    return shown + target.unit, "yes" if met else "no"
