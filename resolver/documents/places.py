"""What a user names as input, as the files that it stands for."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from resolver.documents.formats import SUFFIXES, suffix_of
from resolver.errors import InputError
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.documents.row import Report

# RFC 3986 3.1. One letter would be a drive of Windows.
_ADDRESS = pattern(r"[A-Za-z][A-Za-z0-9+.-]{1,30}://")


def is_address(name: str) -> bool:
    """Whether a name is an address of some other store than this machine's disk.

    >>> is_address("s3://bucket/a.parquet"), is_address("C://a.txt"), is_address("news/a.txt")
    (True, False, False)
    """
    return _ADDRESS.match(name) is not None


def places(name: str, report: Report) -> Iterator[str]:
    """Yield the files that an input stands for: itself, those in a folder, those that match a pattern.

    A folder is read in the order of names, without what is hidden and what has no known suffix. Raises
    :class:`~resolver.errors.InputError` where there is none, and OSError; a folder inside that cannot be listed is
    given to *report*.
    """
    if is_address(name):
        from resolver.documents.remote import addresses

        yield from addresses(name)
    elif glob.has_magic(name) and not os.path.lexists(name):
        yield from _matching(name, report)
    elif Path(name).is_dir():
        yield from _in_folder(Path(name), report)
    else:
        yield str(Path(name))


def _matching(pattern: str, report: Report) -> Iterator[str]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path has no ** over hidden files
    if not found:
        problem = "no file is called so, and none matches it as a pattern"
        raise InputError(
            pattern, problem, "check it: * and ? stand for any characters, and [ begins a set of them"
        )
    in_folders = "**" in pattern
    # Through links between folders, a file is found there under more than one name.
    seen: set[str] = set()
    for name in found:
        path = Path(name)
        if not path.is_dir():
            # To open a named pipe would wait for who writes into it.
            if not path.is_fifo() and (not in_folders or _is_new(seen, path)):
                yield name
        elif not in_folders:
            try:
                yield from _in_folder(path, report)
            except InputError as error:  # which does not end the pattern
                report(error)


def _is_new(seen: set[str], path: Path) -> bool:
    """Return whether a path leads to a file that was not *seen*, and note it; not to a folder, by too many links."""
    real = os.path.realpath(path)
    if real in seen or os.path.isdir(real):  # noqa: PTH112
        return False
    seen.add(real)
    return True


def _in_folder(folder: Path, report: Report) -> Iterator[str]:
    found = False
    for where, folders, files in os.walk(folder, onerror=lambda error: report(unreadable(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(where) / name
            # To open a named pipe would wait for who writes into it.
            if suffix_of(name) in SUFFIXES and not name.startswith(".") and not path.is_fifo():
                found = True
                yield str(path)
    if not found:
        problem = "no file in this folder can be read"
        raise InputError(str(folder), problem, f"known are {' '.join(SUFFIXES)}, also compressed")


def unreadable(error: OSError, name: str | None = None) -> InputError:
    """Return what to say of a file that the system does not give: its name, or that which the error knows.

    >>> str(unreadable(PermissionError(13, "Permission denied", "a.txt")))
    'a.txt: permission denied; check the path and its permissions'
    """
    why = (error.strerror or str(error)).lower()
    return InputError(name or str(error.filename), why, "check the path and its permissions")
