"""Which shards a corpus is read in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from resolver.documents.parts import PART_BYTES, Part, Unit, divided
from resolver.documents.places import is_address, places, unreadable
from resolver.documents.read import STANDARD_INPUT
from resolver.errors import InputError
from resolver.shards.shard import Shard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def plan(
    inputs: Iterable[str],
    *,
    report: Callable[[InputError], None],
    output: str | None = None,
    part_bytes: int = PART_BYTES,
) -> Iterator[Shard]:
    """Yield the shards of *inputs* in their order: each file, or the parts of a large one.

    Inputs are files, folders, patterns and addresses, as :func:`resolver.documents.read` takes them; what is not
    there is given to *report*. A file that is the *output* of an earlier run is passed over in folders and patterns.
    The plan of the same files is the same, whatever it is that works on it.

    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp(), "a.txt")
    >>> _ = path.write_text("Words.")
    >>> [(shard.part.name == str(path), shard.size) for shard in plan([str(path.parent)], report=print)]
    [(True, 6)]
    """
    for name in inputs:
        try:
            for place in _files(name, report):
                if place == name or output is None or os.path.realpath(place) != os.path.realpath(output):
                    yield from _shards(place, part_bytes, report)
        except OSError as error:
            report(unreadable(error, name))
        except InputError as error:
            report(error)


def _files(name: str, report: Callable[[InputError], None]) -> Iterator[str]:
    if name == STANDARD_INPUT:
        problem = "standard input cannot be read in several processes"
        raise InputError(name, problem, "save it to a file, or do without --jobs, --dask and --results")
    yield from places(name, report)


def _shards(name: str, part_bytes: int, report: Callable[[InputError], None]) -> Iterator[Shard]:
    """Yield the shards of one file; what is wrong with it does not end the folder or pattern that it is of."""
    try:
        parts = divided(name, part_bytes=part_bytes)
        size, version = _state(name)
    except OSError as error:
        report(unreadable(error, name))
        return
    except InputError as error:
        report(error)
        return
    for part in parts:
        yield Shard(part=part, size=_size(part, size, len(parts)), version=version)


def _state(name: str) -> tuple[int, str]:
    """Return the size of a file and what tells it from what stands at its place later; nothing where unknown."""
    if is_address(name):
        from resolver.documents.remote import state_of

        return state_of(name)
    try:
        known = os.stat(name)  # noqa: PTH116
    except OSError:  # reading it says why
        return 0, ""
    return known.st_size, f"{known.st_size} {known.st_mtime_ns}"


def _size(part: Part, size: int, parts: int) -> int:
    if part.unit in {Unit.LINES, Unit.RECORDS}:
        return (size if part.end is None else part.end) - part.begin
    return size // parts
