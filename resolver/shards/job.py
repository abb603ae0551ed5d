"""A scan of a corpus in shards, from the inputs to what was found: what the commands call."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from resolver.documents.formats import suffix_of
from resolver.documents.parts import PART_BYTES
from resolver.errors import LossyInputError, OutputError
from resolver.shards.merge import enriched_embeds, enriched_lines, merged
from resolver.shards.plan import plan
from resolver.shards.run import Finished, run
from resolver.shards.shard import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from datetime import date

    from resolver.errors import InputError
    from resolver.models import Embed
    from resolver.shards.folder import Folder
    from resolver.shards.found import Found
    from resolver.shards.merge import EmbedsOf
    from resolver.shards.shard import Options
    from resolver.shards.workers import Workers

    Report = Callable[[InputError], None]


#: Bytes from which on it is worth preparing for texts, or for pages, once and for all processes: in the end each would.
_LARGE = 16 * 1024 * 1024
#: The suffixes of files with pages of HTML.
_PAGES = frozenset({".warc", ".html", ".htm", ".xhtml", ".wxr"})


@dataclass(slots=True)
class Totals:
    """What has been done so far."""

    documents: int = 0
    #: Bytes of the inputs, as they are stored, that were not done before.
    size: int = 0
    #: Embeds by kind, and by platform: the empty string where that is not known.
    kinds: Counter[str] = field(default_factory=Counter)
    platforms: Counter[str] = field(default_factory=Counter)
    #: Addresses in the embeds, each as often as it stands there.
    links: int = 0
    #: Files, rows and records that could not be read, and inputs that are not there.
    unreadable: int = 0

    def add(self, finished: Finished, *, is_new: bool) -> None:
        """Count a shard, which is *new* where it was not done before."""
        self.size += finished.shard.size if is_new else 0
        if finished.result is None:
            return
        self.documents += finished.result.documents
        self.links += finished.result.links
        for kind, platforms in finished.result.embeds.items():
            self.kinds[kind] += sum(platforms.values())
            self.platforms.update(platforms)


class Job:
    """The scan of *inputs* by *workers*, with its results in a *folder*.

    *report* is given what cannot be read; *output* is passed over where it stands in an input folder; *version* is
    that of this tool, whose results by another version are not used again; files of more than twice *part_bytes* are
    divided. Nothing is done before :meth:`found`.

    >>> import tempfile, pathlib
    >>> from datetime import date
    >>> from resolver.shards import Options, processes, result_folder
    >>> path = pathlib.Path(tempfile.mkdtemp(), "a.txt")
    >>> _ = path.write_text("The harbour is open! — Jo Doe (@jodoe) May 2, 2019")
    >>> job = Job([str(path)], Options(), folder=result_folder(tempfile.mkdtemp()), version="1", report=print)
    >>> for found in job.found(processes(1), today=date(2026, 11, 22)):
    ...     print(next(found.records()).handle, job.totals.documents)
    jodoe 1
    """

    def __init__(
        self,
        inputs: Iterable[str],
        options: Options,
        *,
        folder: Folder,
        version: str,
        report: Report,
        output: str | None = None,
        part_bytes: int = PART_BYTES,
    ) -> None:
        self.options = options
        self.folder = folder
        self.totals = Totals()
        self._tell = report
        self._shards = [
            (shard, key_of(shard, options, version=version))
            for shard in plan(inputs, report=self._report, output=output, part_bytes=part_bytes)
        ]
        self._finished: list[Finished] = []

    @property
    def size(self) -> int | None:
        """The bytes of all that is not done yet, as they are stored; ``None`` where that is not known of all."""
        sizes = [shard.size for shard, key in self._shards if key not in self._done_before]
        return sum(sizes) if all(sizes) else None

    @cached_property
    def _done_before(self) -> frozenset[str]:
        """The shards that earlier runs have finished: they would make this one look faster than it is."""
        return frozenset(key for _, key in self._shards if self.folder.finished(key) is not None)

    @property
    def preload(self) -> tuple[str, ...]:
        """The modules that are worth loading before processes are made for this work."""
        if not self.options.notes:  # without these, each process is ready soon enough
            return ()
        sizes = [(suffix_of(shard.part.name) in _PAGES, shard.size) for shard, _ in self._shards]
        pages = sum(size for is_page, size in sizes if is_page)
        texts = sum(size for is_page, size in sizes if not is_page)
        return ("resolver.shards.warm_texts",) * (texts >= _LARGE) + ("resolver.shards.warm_pages",) * (
            pages >= _LARGE
        )

    @property
    def shards(self) -> int:
        """How many shards there are."""
        return len(self._shards)

    def finished_shards(self) -> int:
        """Return how many shards are finished, and not done again."""
        return sum(self.folder.finished(key) is not None for _, key in self._shards)

    def left_out(self) -> list[str]:
        """Return the files of which the folder has results, and which are not among the inputs any more."""
        given = {shard.part.name for shard, _ in self._shards}
        try:
            before = {shard.part.name for shard, _ in self.folder.planned()}
        except OutputError:  # nothing was planned there yet
            return []
        return sorted(before - given)

    def found(
        self,
        workers: Workers,
        *,
        today: date,
        progress: Callable[[Totals], None] = lambda _totals: None,
    ) -> Generator[Found]:
        """Yield the documents with embeds in the order of the inputs, each shard's when it is done.

        *progress* is called after each shard. When the caller stops, so do the workers; what is finished stays in
        the folder and is not done again.
        """
        with self.folder.alone():
            self.folder.plan(self._shards)
            with closing(run(self._shards, self.options, self.folder, workers, today=today)) as finished:
                yield from merged(self._counted(finished, progress), self.folder, report=self._report)

    def enriched_lines(self, embeds_of: EmbedsOf) -> Iterator[str]:
        """Yield the rows in the order of the inputs, as JSON Lines with the embeds of each, once all is found.

        *embeds_of* returns the embeds of a document by its id and sha256.
        """
        return enriched_lines(self._finished, self.folder, embeds_of)

    def enriched_embeds(self, embeds_of: EmbedsOf) -> Iterator[Embed]:
        """Return the same embeds without the rows that they are in."""
        return enriched_embeds(self._finished, self.folder, embeds_of)

    def _report(self, error: InputError) -> None:
        self.totals.unreadable += not isinstance(error, LossyInputError)
        self._tell(error)

    def _counted(
        self, finished: Iterable[Finished], progress: Callable[[Totals], None]
    ) -> Iterator[Finished]:
        for one in finished:
            self.totals.add(one, is_new=one.key not in self._done_before)
            self._finished.append(one)
            progress(self.totals)
            yield one


def results(folder: Folder) -> Iterator[Finished]:
    """Yield the shards of a folder of results in their order, those that are not finished without a result."""
    for shard, key in folder.planned():
        yield Finished(shard, key, folder.finished(key))
