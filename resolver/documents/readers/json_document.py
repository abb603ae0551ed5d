"""A JSON file that is one value: an array of objects, or one object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from resolver.documents.decode import detect
from resolver.documents.row import LARGEST_DOCUMENT
from resolver.documents.table import Table
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.documents.row import Row, Source

# RFC 8259 2: what may stand between values.
_SPACE = pattern(r"[ \t\n\r]*+")


def read(source: Source) -> Iterator[Row]:
    """Yield the objects as documents; one without an id is called ``<file>#<its number>``.

    The file is held in memory, and may have 256 MiB. What stands before a damage is read.
    """
    data = source.unpacked().read(LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        advice = "make it JSON Lines, as by: jq -c '.[]' FILE > FILE.jsonl"
        source.damaged("", "is JSON of more than 256 MiB in one piece", advice)
        return
    decoded = detect(data)
    if decoded.replaced:
        source.replaced("", decoded.encoding, decoded.replaced)
    table = Table(source)
    for number, fields in enumerate(_values(source, decoded.text.removeprefix("\ufeff")), start=1):
        if isinstance(fields, dict):
            yield from table.rows(fields, number, f"row {number}")
        else:
            source.damaged(f"row {number}", "is not a JSON object", "it was passed over")


def _values(source: Source, text: str) -> Iterator[Any]:
    """Yield the elements of the array that the text is, or the one value that it is."""
    decoder = json.JSONDecoder()
    position = _after_space(text, 0)
    in_array = text.startswith("[", position)
    position = _after_space(text, position + in_array)
    number = 0
    while not text.startswith("]", position):
        number += 1
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            place = f"row {number}" if in_array else ""
            source.damaged(place, f"is not JSON ({error})", "the rest of this file is not read")
            return
        yield value
        position = _after_space(text, position)
        if in_array and text.startswith(",", position):
            position = _after_space(text, position + 1)
        elif not in_array and position == len(text):
            return


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
