"""JSON Lines: one object per line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resolver.documents.columns import may_name_html
from resolver.documents.decode import detect
from resolver.documents.json_values import DECODER
from resolver.documents.row import LARGEST_DOCUMENT
from resolver.documents.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from resolver.documents.row import Row, Source


def read(source: Source) -> Iterator[Row]:
    """Yield the lines as documents; a line without an id is called ``<file>#<line number>``."""
    table = Table(source)
    stream = source.unpacked()
    for number, line in enumerate(iter(lambda: stream.readline(LARGEST_DOCUMENT + 1), b""), start=1):
        place = f"line {number}"
        if len(line) > LARGEST_DOCUMENT:
            source.damaged(place, "is longer than 256 MiB", "it was passed over")
            _skip_line(stream)
        elif table.first is not None and not _is_wanted(source, table, line):
            continue
        elif (fields := _fields(source, line, place)) is not None:
            yield from table.rows(fields, number, place)


def _is_wanted(source: Source, table: Table, line: bytes) -> bool:
    """Return whether a line is to be parsed: not one that is whole as far as its ends tell, and holds nothing."""
    if source.wanted.screen is None or not (
        line.startswith(b"{") and line.endswith((b"}\n", b"}\r\n", b"}"))
    ):
        return True
    # A row may have other columns than those before it.
    return source.wanted.screen.line(line, html=table.has_html or may_name_html(line))


def _fields(source: Source, line: bytes, place: str) -> dict[str, Any] | None:
    """Return the object on a line; ``None`` where there is none, which is reported unless the line is empty."""
    if not line.strip():
        return None
    try:
        text = line.decode()
    except UnicodeDecodeError:
        decoded = detect(line)
        text = decoded.text
        if decoded.replaced:
            source.replaced(place, decoded.encoding, decoded.replaced)
    try:
        fields = DECODER.decode(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        source.damaged(place, f"is not JSON ({error})", "mend or remove that line")
        return None
    if not isinstance(fields, dict):
        source.damaged(place, "is not a JSON object", "one object per line is expected")
        return None
    return fields


def _skip_line(stream: BufferedReader[Any]) -> None:
    while (rest := stream.readline(1024 * 1024)) and not rest.endswith(b"\n"):
        pass
