"""The vendors' rows: reading them, listing them, and checking a contributor's file of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from resolver.detect.blocked.vendor import RowError, vendor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from resolver.detect.blocked.element import BlockedElement
    from resolver.detect.blocked.vendor import Vendor


@cache
def vendor_rows() -> tuple[Vendor, ...]:
    """Return all vendors with their source and sample, in the order in which they are asked.

    >>> next(row.name for row in vendor_rows() if "borlabs" in row.name)
    'borlabs-v2'
    """
    folder = files("resolver.rules").joinpath("vendors")
    tables = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    return tuple(vendor(row) for file in tables for row in _rows(file.read_text(encoding="utf-8")))


def check_rows(path: Path) -> list[str]:
    """Return what is wrong with a file of vendors' rows, in words, one sentence for each; empty where all is well.

    Each row must have the form of a row, and its sample must come out as it says, with no other row asked. Raises
    OSError where the file cannot be read.
    """
    try:
        rows = _rows(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [f"{path.name} is not TOML: {error}"]
    except RowError as error:
        return [f"{path.name}: {error}"]
    return [problem for number, row in enumerate(rows, 1) for problem in _row_problems(number, row)]


def sample_problems(row: Vendor) -> Iterator[str]:
    """Yield in what a row's sample does not come out as the row expects it."""
    from resolver.detect.blocked.find import find_with

    found = find_with(row.sample, (row,))
    if len(found) != 1:
        yield f"the sample has {len(found)} placeholders, and one was expected"
        return
    element, expected = found[0], row.expected
    if element.platform != expected.platform:
        yield f"the platform is {element.platform!r}, and {expected.platform!r} was expected"
    target = _target(element)
    if bool(expected.target) != element.recovered:
        wanted = repr(expected.target) if expected.target else "nothing"
        yield f"recovered was {target or 'nothing'!r}, and {wanted} was expected"
    elif expected.target not in target:
        yield f"recovered was {target!r}, which does not hold {expected.target!r}"


def _target(element: BlockedElement) -> str:
    return element.url or element.html or ""


def _css_problems(row: Vendor) -> Iterator[str]:
    import soupsieve  # only here: reading the rows must not wait for it

    for number, step in enumerate(row.steps, 1):
        for css in filter(None, (step.within, step.inside)):
            try:
                soupsieve.compile(css)
            except soupsieve.SelectorSyntaxError as error:
                yield f"step {number}: the selector {css!r} is not CSS: {str(error).splitlines()[0]}"


def _row_problems(number: int, row: Mapping[str, object]) -> list[str]:
    where = f"row {number} ({row.get('name', 'without a name')})"
    try:
        checked = vendor(row)
    except RowError as error:
        return [f"{where}: {error}"]
    problems = list(_css_problems(checked)) or list(sample_problems(checked))
    return [f"{where}: {problem}" for problem in problems]


def _rows(text: str) -> list[Mapping[str, object]]:
    rows = tomllib.loads(text).get("vendor")
    if not isinstance(rows, list) or not rows:
        raise RowError("there is no row: each begins with [[vendor]]")
    return rows
