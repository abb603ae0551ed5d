"""A step for datatrove pipelines, which says of each document what was lost of its embeds.

::

    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import ParquetReader
    from datatrove.pipeline.writers import JsonlWriter
    from resolver.integrations.datatrove import EmbedFinder

    LocalPipelineExecutor(
        [ParquetReader("fineweb/", id_key="id"), EmbedFinder(), JsonlWriter("enriched/")], tasks=8
    ).run()

It belongs before filters that take out lines: some drop those of cookie notes, which are what is looked for. Needs
the extra ``datatrove``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datatrove.pipeline.base import PipelineStep

from resolver.documents.published import published
from resolver.models import Document
from resolver.pipeline import scan
from resolver.render.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datatrove.data import Document as Found
    from datatrove.data import DocumentsPipeline

#: Where the documents that make part of a dataset say when they were published.
_DATES = ("date", "timestamp", "date_publish", "published")


class EmbedFinder(PipelineStep):  # type: ignore[misc]
    """Sets ``metadata["embeds"]`` of each document to the list of its embeds, as records; empty where it has none.

    Offsets are into ``text``, which is not changed. With *cues*, also sentences that lead to a post of which nothing
    is left; without *notes*, none that says that an embed is held back. With *only_found*, documents without embeds
    are dropped. The embeds, and the documents that have any, are counted in the statistics of the pipeline.
    """

    name = "🔗 Embeds"
    type = "🔎 - EXTRACT"

    def __init__(self, *, cues: bool = False, notes: bool = True, only_found: bool = False) -> None:
        super().__init__()
        self.cues = cues
        self.notes = notes
        self.only_found = only_found

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Found]:
        """Yield the documents of one task, in their order."""
        del rank, world_size  # each task has its own documents
        for found in data or ():
            with self.track_time():
                self._find(found)
            if found.metadata["embeds"] or not self.only_found:
                yield found

    def _find(self, found: Found) -> None:
        dates = (published(found.metadata.get(name)) for name in _DATES)
        url = found.metadata.get("url")
        document = Document(
            id=str(found.id),
            text=found.text,
            url=None if url is None else str(url),
            date=next((date for date in dates if date), None),
        )
        embeds = [record(embed) for embed in scan(document, cues=self.cues, notes=self.notes)]
        found.metadata["embeds"] = embeds
        self.stat_update("documents")
        self.stat_update("with_embeds", value=bool(embeds))
        for embed in embeds:
            self.stat_update("embeds", f"embeds_{embed['kind']}")
