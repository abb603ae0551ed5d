"""Tables of Markdown, which also read well on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def markdown_table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table with its columns aligned; short lines are filled up.

    >>> print(markdown_table(["a", "b"], [["1"]]))
    | a | b |
    |---|---|
    | 1 |   |
    """
    rows = [[*line, *[""] * (len(heads) - len(line))] for line in lines]
    widths = [max(len(row[column]) for row in [list(heads), *rows]) for column in range(len(heads))]
    head, *body = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in [heads, *rows]
    ]
    rule = "|".join("-" * (width + 2) for width in widths)
    return "\n".join([f"| {head} |", f"|{rule}|", *(f"| {line} |" for line in body)])
