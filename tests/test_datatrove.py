"""The step for datatrove, run by datatrove's own local executor."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from shards_samples import article

from resolver import scan
from resolver.models import Document
from resolver.render.record import record

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("datatrove", reason="datatrove is not installed")

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from resolver.integrations.datatrove import EmbedFinder

TEXTS = [article(number) for number in range(30)]


def run(folder: Path, *, workers: int = 1, **options: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What a pipeline of reader, step and writer writes in two tasks, and its figures of the step."""
    inputs = folder / "inputs"
    inputs.mkdir()
    for task in range(2):
        lines = [
            json.dumps(
                {
                    "id": f"d{number:02d}",
                    "text": text,
                    "url": f"https://a.example/{number}",
                    "date": "2020-08-15",
                }
            )
            for number, text in enumerate(TEXTS)
            if number % 2 == task
        ]
        (inputs / f"{task}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    executor = LocalPipelineExecutor(
        [JsonlReader(str(inputs)), EmbedFinder(**options), JsonlWriter(str(folder / "outputs"))],
        tasks=2,
        workers=workers,
        logging_dir=str(folder / "logs"),
    )
    stats = executor.run()
    rows = [
        json.loads(line)
        for path in sorted((folder / "outputs").glob("*.gz"))
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]
    return sorted(rows, key=lambda row: str(row["id"])), stats.stats[1].stats


def test_each_document_has_its_embeds_as_a_scan_finds_them(tmp_path: Path) -> None:
    """In its metadata, empty where it has none; its text and the rest of its metadata stay as they are."""
    rows, stats = run(tmp_path)
    assert [row["text"] for row in rows] == TEXTS
    for number, row in enumerate(rows):
        found = scan(Document(id=f"d{number:02d}", text=TEXTS[number], date="2020-08-15"))
        assert row["metadata"]["embeds"] == [record(embed) for embed in found]
        assert row["metadata"]["url"] == f"https://a.example/{number}"
    assert any(row["metadata"]["embeds"] for row in rows)
    assert not all(row["metadata"]["embeds"] for row in rows)
    assert stats["documents"].total == 30
    assert stats["embeds"].total == sum(len(row["metadata"]["embeds"]) for row in rows)


def test_two_processes_of_datatrove_give_the_same(tmp_path: Path) -> None:
    """The step goes to other processes, as datatrove sends it."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, _ = run(tmp_path / "one")
    two, stats = run(tmp_path / "two", workers=2)
    embeds_one, embeds_two = ([row["metadata"]["embeds"] for row in rows] for rows in (one, two))
    assert embeds_one == embeds_two
    assert stats["with_embeds"].total == sum(bool(row["metadata"]["embeds"]) for row in two)


def test_only_what_was_found_goes_on(tmp_path: Path) -> None:
    """Where that is wanted: a corpus of the documents with embeds."""
    rows, _ = run(tmp_path, only_found=True)
    assert [row["id"] for row in rows] == [f"d{number:02d}" for number in range(30) if scan(TEXTS[number])]
