"""A small corpus of every kind of file that is divided, and what a scan in one process finds in it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from documents_samples import parquet, record, separated, wet_gz

from resolver.documents import read
from resolver.pipeline import scan
from resolver.render.json_lines import json_line
from resolver.render.record import record as embed_record
from resolver.shards import Job, Options

if TYPE_CHECKING:
    from pathlib import Path

    from resolver.errors import InputError
    from resolver.shards import Folder, Totals, Workers

TODAY = date(2026, 11, 22)
PART_BYTES = 4_000


def article(number: int) -> str:
    """A short article; every third has a leftover, every seventh one with two links."""
    text = f"Article {number}: the ferry sails again, says the harbour master of Vlissingen. "
    if number % 3 == 0:
        text += f"First boat! https://t.co/AbCdEf{number:04d} — Mia Holm (@miaholm) April 3, 2019 "
    if number % 7 == 0:
        text += (
            f"See https://t.co/Zz{number:08d} and pic.twitter.com/Xx{number:08d} — Jo Dœ (@jodoe) May 2, 2019"
        )
    return text


def corpus(folder: Path, *, documents: int = 120) -> list[str]:
    """Write the corpus, with a damage in it, and return its inputs."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [article(number) for number in range(documents)]
    lines = [json.dumps({"text": text, "kept": [1, {"a": "é"}]}) for text in texts]
    lines[documents // 2] = "{damaged"
    (folder / "a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "b.wet.gz").write_bytes(wet_gz(texts))
    (folder / "c.parquet").write_bytes(parquet(texts, rows_in_group=10))
    (folder / "d.csv").write_bytes(separated(texts))
    (folder / "e.warc").write_bytes(
        b"".join(record(n, "request", "application/http", b"GET / HTTP/1.1") for n in range(100))
    )
    (folder / "f.txt").write_text(article(21), encoding="utf-8")
    return [str(folder), str(folder / "none.txt")]


def single_process(inputs: list[str], *, cues: bool = False) -> tuple[bytes, list[str]]:
    """What one process prints, and what it says of what it cannot read."""
    errors: list[InputError] = []
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    lines = [
        json_line(embed_record(embed)) + "\n"
        for row in read(inputs, report=errors.append, all_fields=False)
        for embed in scan(row.document, clock=lambda: noon, cues=cues)
    ]
    return "".join(lines).encode(), [str(error) for error in errors]


def in_shards(
    inputs: list[str], folder: Folder, workers: Workers, *, options: Options | None = None
) -> tuple[bytes, list[str], Totals]:
    """What the workers find, and what could not be read."""
    errors: list[InputError] = []
    job = Job(
        inputs, options or Options(), folder=folder, version="1", report=errors.append, part_bytes=PART_BYTES
    )
    lines = [line for found in job.found(workers, today=TODAY) for line in found.lines()]
    return b"".join(lines), [str(error) for error in errors], job.totals
