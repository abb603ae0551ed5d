"""Dead and suspect links as SARIF 2.1.0, for code hosts that show findings beside the files.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from resolver.findings import Verdict
from resolver.render.json_lines import json_line
from resolver.render.report.snippets import snippet
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resolver.findings import Occurrence
    from resolver.render.statistics import Statistics

    #: The source of a document by its id, into which the spans point; ``None`` where it cannot be read now.
    Sources = Callable[[str], str | None]

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class _Rule(NamedTuple):
    id: str
    name: str
    level: str
    description: str


_RULES = {
    Verdict.DEAD: _Rule(
        "dead-link", "DeadLink", "error", "A link in an embedded post no longer leads anywhere."
    ),
    Verdict.SUSPECT: _Rule(
        "suspect-link",
        "SuspectLink",
        "warning",
        "A link in an embedded post did not answer as it should, but not often enough to be called dead.",
    ),
}


class Sarif:
    """Writes a result for each dead or suspect link; *sources* gives the text by which its line is found.

    Where the text is not there, or has changed since, the result is on line 1, and its properties say where it stood.
    """

    def __init__(self, tool_version: str, sources: Sources = lambda _: None) -> None:
        self._tool_version = tool_version
        self._sources = sources
        self._source: tuple[str, str | None] = ("", None)
        self._between = ""

    def begin(self) -> str:
        """Return what stands before the results."""
        driver = {
            "name": "embed-resolver",
            "version": self._tool_version,
            "rules": [_described(rule) for rule in _RULES.values()],
        }
        return (
            f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {json.dumps({"driver": driver})}, '
            '"columnKind": "unicodeCodePoints", "results": ['
        )

    def row(self, occurrence: Occurrence) -> str:
        """Return the result for one link; nothing where it needs no repair."""
        if occurrence.finding.verdict not in _RULES:
            return ""
        line = f"{self._between}\n{json_line(_result(occurrence, self._source_of(occurrence.document)))}"
        self._between = ","
        return line

    def end(self, _statistics: Statistics) -> Iterator[str]:
        """Yield what closes the document."""
        yield "\n]}]}\n"

    def _source_of(self, document: str) -> str | None:
        # The occurrences of a document come one after the other, so that one source is enough.
        if self._source[0] != document:
            self._source = (document, self._sources(document))
        return self._source[1]


def _described(rule: _Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.description},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(occurrence: Occurrence, source: str | None) -> dict[str, Any]:
    finding, embed, rule = occurrence.finding, occurrence.embed, _RULES[occurrence.finding.verdict]
    paste = snippet(occurrence)
    said = [f"{occurrence.written or finding.url}: {finding.verdict.sentence}", *finding.evidence]
    if paste:
        said.append(f"what to paste: {paste.text}")
    key = f"{occurrence.document}\0{embed.start}\0{finding.url}".encode("utf-8", "surrogatepass")
    return {
        "ruleId": rule.id,
        "ruleIndex": list(_RULES).index(finding.verdict),
        "level": rule.level,
        "message": {"text": _plain("; ".join(said))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(occurrence.document)},
                    "region": _region(occurrence, source),
                }
            }
        ],
        "partialFingerprints": {"embedLink/v1": hashlib.sha256(key).hexdigest()},
        "properties": {"start": embed.start, "end": embed.end, "url": finding.url},
    }


def _plain(text: str) -> str:
    """Return a message in which nothing is a link or a placeholder (sections 3.11.5 and 3.11.6)."""
    for mark, plain in (("\\", "\\\\"), ("[", "\\["), ("]", "\\]"), ("{", "{{"), ("}", "}}")):
        text = text.replace(mark, plain)
    return safe(text)


def _uri(document: str) -> str:
    """Return a document's id as a relative reference (RFC 3986): a path, or what else it is called."""
    return quote(document.encode("utf-8", "surrogatepass"), safe="/")


def _region(occurrence: Occurrence, source: str | None) -> dict[str, int]:
    start, end = occurrence.embed.start, occurrence.embed.end
    if source is None or source[start:end] != occurrence.embed.quote or not occurrence.embed.quote:
        return {"startLine": 1}
    first, last = _place(source, start), _place(source, end)
    return {"startLine": first[0], "startColumn": first[1], "endLine": last[0], "endColumn": last[1]}


def _place(source: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of an offset."""
    before = source.rfind("\n", 0, offset)
    return source.count("\n", 0, offset) + 1, offset - before
