"""What was found in a shard, as lines of JSON: a document, its embeds, a line each, and the next document.

The lines, by the name that comes first in them:

- ``{"id": ..., "line": ..., "sha256": ..., "url": ..., "date": ..., "input": ..., "characters": ..., "embeds": 2}`` is
  a document, all that the database keeps of it. ``input`` says what was given of it (``text``, ``html``,
  ``text+html``). Where the id is null, the document is called ``<file>#<number>``: its ``line`` in the shard, from
  1, and those of the shards of the same file before it (``lines`` in their markers).
- ``{"document": ..., "kind": ...}`` is an embed of that document, the same record that ``scan`` prints; as many as
  ``embeds`` says. ``document`` is null where the id is.
- ``{"problem": ..., "name": ..., "place": ...}`` is something that could not be read, where it was met.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from resolver.documents.complaint import Complaint
from resolver.errors import OutputError
from resolver.render.json_lines import json_line
from resolver.render.record import record
from resolver.shards.embed_record import embed_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from resolver.documents.part_reader import PartRow
    from resolver.models import Embed

_NAMELESS = b'{"document": null,'


@dataclass(frozen=True, kw_only=True)
class ScannedDocument:
    """A document as the database keeps it, and the embeds in it, without its content."""

    id: str
    sha256: str
    url: str | None
    date: str | None
    #: What was given of it: ``text``, ``html`` or ``text+html``.
    input: str
    #: Code points of the text, or of the HTML where there is no text.
    characters: int
    embeds: tuple[Embed, ...]


class Found(NamedTuple):
    """A document of a shard and its embeds, not yet taken apart."""

    values: dict[str, Any]
    id: str
    embeds: list[bytes]

    def lines(self) -> Iterator[bytes]:
        """Yield the records of the embeds, as ``scan`` prints them, with their line ends."""
        if self.values["id"] is not None:
            yield from self.embeds
            return
        named = (
            b'{"document": ' + json.dumps(self.id, ensure_ascii=False).encode("utf-8", "surrogatepass") + b","
        )
        for line in self.embeds:
            yield named + line.removeprefix(_NAMELESS)

    def records(self) -> Iterator[Embed]:
        """Yield the embeds."""
        for line in self.embeds:
            yield embed_from(json.loads(line), document=self.id)

    def document(self) -> ScannedDocument:
        """Return the document with its embeds."""
        known = {name: self.values[name] for name in ("sha256", "url", "date", "input", "characters")}
        return ScannedDocument(id=self.id, embeds=tuple(self.records()), **known)


def document_lines(found: PartRow, embeds: Sequence[Embed]) -> Iterator[str]:
    """Yield the lines of a document and its embeds, without line ends."""
    document = found.row.document
    given = (("text", document.text), ("html", document.html))
    yield json_line(
        {
            "id": document.id if found.line is None else None,
            "line": found.line,
            "sha256": document.sha256,
            "url": document.url,
            "date": document.date,
            "input": "+".join(name for name, content in given if content is not None),
            "characters": len(document.source),
            "embeds": len(embeds),
        }
    )
    for embed in embeds:
        values = record(embed)
        yield json_line(values if found.line is None else {**values, "document": None})


def complaint_line(complaint: Complaint) -> str:
    """Return the line of what could not be read."""
    values = asdict(complaint)
    return json_line({"problem": values.pop("problem"), **values})


def found_in(path: Path, *, name: str, lines_before: int) -> Iterator[Found | Complaint]:
    """Yield what a file holds of a shard of the file *name*, *lines_before* lines of which stand before the shard.

    Raises :class:`~resolver.errors.OutputError` where it is not what was written.
    """
    try:
        with path.open("rb") as lines:
            for line in lines:
                values = json.loads(line)
                if "problem" in values:
                    yield Complaint(**values)
                else:
                    yield _found(values, list(islice(lines, values["embeds"])), name, lines_before)
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"is not as it was written ({error})"
        raise OutputError(str(path), problem, "remove it and run the scan again") from error


def _found(values: dict[str, Any], embeds: list[bytes], name: str, lines_before: int) -> Found:
    """Raise ValueError where the file ends before the embeds do."""
    if len(embeds) < values["embeds"]:
        raise ValueError("it is cut off")
    number = values["line"]
    return Found(values, values["id"] if number is None else f"{name}#{lines_before + number}", embeds)
