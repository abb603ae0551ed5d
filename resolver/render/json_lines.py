"""Rows as JSON Lines, into a file that is there only once it is whole."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from resolver.errors import OutputError
from resolver.patterns import pattern
from resolver.whole_file import written_in_place, written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Halves of surrogate pairs come from JSON escapes, and cannot be written as UTF-8. A terminal obeys the others: they
# end lines, change what is shown (ECMA-48's C1), or the direction it is read in.
_ESCAPED = pattern("[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_line(values: Mapping[str, Any]) -> str:
    r"""Return values as one line of JSON in which text stays readable; what terminals obey is escaped, as JSON has it.

    Raises ValueError for a number that JSON does not have (NaN).

    >>> json_line({"name": "Café"}), json_line({"name": "\ud800"}), json_line({"name": "\u202eJo"})
    ('{"name": "Café"}', '{"name": "\\ud800"}', '{"name": "\\u202eJo"}')
    """
    line = json.dumps(values, ensure_ascii=False, allow_nan=False)
    return line if line.isascii() else _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


@contextmanager
def whole_file(path: str | None) -> Iterator[IO[str]]:
    """Yield a file (UTF-8) that takes its name when the block ends well; standard output for ``None`` and ``-``.

    What a symbolic link leads to is written, and not the link; what is no file (a pipe, a device) is written as it is.
    Raises :class:`~resolver.errors.OutputError` where it cannot be written.
    """
    if path is None or path == "-":
        yield sys.stdout
        return
    place = Path(os.path.realpath(path))
    writing = written_in_place if place.exists() and not place.is_file() else written_whole
    try:
        with writing(place) as stored:
            out = io.TextIOWrapper(stored, encoding="utf-8")
            yield out
            out.flush()
            # To close it is for who has opened it.
            out.detach()
    except OSError as error:
        # Of whatever else fails while it is written, the output is not to blame.
        if error.filename != str(place):
            raise
        if not place.parent.exists():
            raise OutputError(
                path, "its folder is not there", "make that, or choose another output file"
            ) from error
        raise OutputError(
            path, (error.strerror or str(error)).lower(), "choose another output file"
        ) from error
