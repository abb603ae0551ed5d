"""The tables of the page, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.markdown import markdown_table
from benchmarks.speed.files import SCANNED
from benchmarks.speed.in_memory import OURS, engines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from benchmarks.speed.finds import Finds
    from benchmarks.speed.rate import Rate


def rate_table(rates: Sequence[Rate]) -> str:
    """Return how fast each way was, and how many times as fast as each this project was with its fastest engine."""
    ours = next(rate for rate in rates if rate.name == OURS.format(engines()[0]))
    heads = ["", "MB/s", f"{ours.name}: times as fast", "documents", "finds"]
    return markdown_table(
        heads,
        (
            [
                rate.name,
                f"{rate.speed:,.1f}",
                "" if rate is ours else ratio(ours.times(rate)),
                f"{rate.documents:,}",
                "" if rate.finds is None else f"{rate.finds:,}",
            ]
            for rate in rates
        ),
    )


def ratio(times: float) -> str:
    """Return how many times as fast, in three digits.

    >>> ratio(0.0123), ratio(12.345), ratio(1234.5)
    ('0.012', '12.3', '1,234')
    """
    if times >= 100:
        return f"{times:,.0f}"
    return f"{times:.1f}" if times >= 10 else f"{times:.2f}" if times >= 0.1 else f"{times:.3f}"


def find_table(found: Finds) -> str:
    """Return what was planted in a corpus, what of it was found, and what else."""
    heads = ["planted", "documents", "found", "found without prefilter"]
    lines = [
        [kind, f"{count:,}", f"{found.found[kind]:,}", f"{found.found_unfiltered[kind]:,}"]
        for kind, count in found.planted.items()
        if kind
    ]
    others = ["(other finds)", "", f"{found.others:,}", f"{found.others_unfiltered:,}"]
    said = f"In {found.different:,} of {found.documents:,} documents the finds are not exactly the same."
    return f"{markdown_table(heads, [*lines, others])}\n\n{said}"


def file_lines(form: str, size: int, seconds: Mapping[str, float], memory: int) -> Iterator[list[str]]:
    """Yield the lines of a table for one form of files: *size* and *memory* in bytes, *seconds* of each way."""
    ours = seconds[SCANNED]
    for name, spent in seconds.items():
        last = ["", f"{memory / 1e6:,.0f}"] if name == SCANNED else [ratio(spent / ours), ""]
        yield [form, name, f"{size / 1e6 / spent:,.1f}", *last]


def file_table(lines: Iterable[Sequence[str]]) -> str:
    """Return the table of all forms of files."""
    heads = ["file", "", "MB/s", f"{SCANNED}: times as fast", "memory above the interpreter's, MB"]
    return markdown_table(heads, lines)
