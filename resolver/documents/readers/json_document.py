"""A JSON file that is an array of objects, or one object over several lines; or some of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resolver.documents.decode import detect
from resolver.documents.json_values import DECODER
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
    """Yield the elements of the arrays that the text is, one behind the other, or the values that it is.

    One behind the other is what joining two files makes of them.
    """
    position, depth, number = _after_space(text, 0), 0, 0
    while position < len(text) or depth:
        mark = text[position : position + 1]
        if mark == ("]" if depth else "["):
            depth = 1 - depth
            position = _after_space(text, position + 1)
            continue
        number += 1
        try:
            value, position = DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            place = f"row {number}" if depth or number > 1 else ""
            source.damaged(place, f"is not JSON ({error})", "the rest of this file is not read")
            return
        yield value
        position = _after_space(text, position)
        if depth and text.startswith(",", position):
            position = _after_space(text, position + 1)


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
