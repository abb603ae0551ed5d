"""A shard of a corpus, what is wanted of it, and what was found in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from resolver.documents.columns import Columns
from resolver.documents.parts import Part, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The form of the files that shards are written to. A result of another form is not taken for finished.
FORM = 2


@dataclass(frozen=True, kw_only=True)
class Shard:
    """A part of one file, as it was when the work was planned. Small: only this goes to another process."""

    part: Part
    #: How many bytes it has as they are stored; 0 where that is not known.
    size: int
    #: Size and time of change of the file, so that a result of what stood in it before is told from one of now.
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a scan was asked to do, the same for all its shards."""

    columns: Columns = field(default_factory=Columns)
    #: Also sentences that lead to a post of which nothing is left.
    cues: bool = False
    #: What says in texts that an embed is held back.
    notes: bool = True
    #: Keep every document and its whole row, not only those with embeds.
    rows: bool = False


@dataclass(frozen=True, kw_only=True)
class ShardResult:
    """What was found in a shard, in figures. What it is stands in the shard's own file."""

    #: The digest of the shard and the options, by which its files are called.
    key: str
    documents: int
    #: Embeds by ``kind`` and by platform, empty where that is not known: ``{"leftover": {"twitter": 3}}``.
    embeds: Mapping[str, Mapping[str, int]]
    #: Addresses in the embeds, each as often as it stands there.
    links: int
    #: Line ends in it, where lines are counted: what the next shard of the same file counts on from.
    lines: int
    #: The SHA-256 of the file of what was found, in hexadecimal digits, by which one that was damaged since is told.
    sha256: str
    #: CPU time that it took, in seconds.
    seconds: float


def key_of(shard: Shard, options: Options, *, version: str) -> str:
    """Return the digest by which the result of a shard is called; *version* is that of this tool.

    Whatever could change the result changes the digest, so that a result is never taken for that of another plan; but
    for the day of the scan, which only bounds what printed dates are possible: one that goes on for days is one.

    >>> shard = Shard(part=Part(name="a.jsonl"), size=10)
    >>> key_of(shard, Options(), version="1") == key_of(shard, Options(cues=True), version="1")
    False
    """
    known = {"form": FORM, "version": version, "shard": asdict(shard), "options": asdict(options)}
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def shard_json(shard: Shard, key: str) -> str:
    """Return a shard as a line of the plan."""
    return json.dumps({"key": key, **asdict(shard.part), "size": shard.size, "version": shard.version})


def shard_from(line: str) -> tuple[Shard, str]:
    """Return the shard of a line of the plan, and its key.

    >>> shard = Shard(part=Part(name="a.jsonl", unit=Unit.LINES, begin=3), size=10)
    >>> shard_from(shard_json(shard, "0f")) == (shard, "0f")
    True
    """
    values = json.loads(line)
    key, size, version = values.pop("key"), values.pop("size"), values.pop("version")
    part = Part(**{**values, "unit": Unit(values["unit"])})
    return Shard(part=part, size=size, version=version), key
