"""Inputs scanned in shards, for the commands that can: by processes here, or on a cluster."""

from __future__ import annotations

import os
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

import click

from resolver.commandline.group import WHEN_STOPPED
from resolver.commandline.watching import is_watched
from resolver.errors import LossyInputError
from resolver.render.table import number

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from resolver.commandline.inputs import Inputs
    from resolver.render.progress import Bar
    from resolver.shards import Folder, Job, Totals, Workers
    from resolver.shards.found import Found


#: What is said of a scan that was stopped and begins anew.
NOTHING_KEPT = "Nothing is kept: with --jobs N -o FILE or --results FOLDER, the same command would go on."


class Sharding(NamedTuple):
    """Who is to scan the inputs, and where they keep what they find."""

    jobs: int | None
    dask: str | None
    results: str | None

    @property
    def is_wanted(self) -> bool:
        """Whether the inputs are to be scanned in shards."""
        return any((self.jobs, self.dask, self.results))

    def workers(self, job: Job) -> Workers:
        """Return who works on the job."""
        from resolver.shards import cluster, processes

        return cluster(self.dask) if self.dask else processes(self.jobs or 1, preload=job.preload)


class Scan(NamedTuple):
    """A scan in shards: its job, and what it finds."""

    job: Job
    found: Iterator[Found]


@contextmanager
def scan_in_shards(
    inputs: Inputs,
    sharding: Sharding,
    *,
    cues: bool = False,
    notes: bool = True,
    rows: bool = False,
    output: str | None = None,
    quiet: bool = False,
) -> Iterator[Scan]:
    """Yield the scan of the inputs, shown on a terminal while it goes on; the inputs then know what was read.

    The results are kept in the folder that the user named, else beside the *output* until that is whole. When the user
    stops it, it is said what is kept.
    """
    from resolver import __version__
    from resolver.documents import Columns
    from resolver.shards import Job, Options

    shown = is_watched(output=output, quiet=quiet)
    with _folder(sharding, output) as (folder, is_kept):
        options = Options(columns=Columns(**inputs.columns), cues=cues, notes=notes, rows=rows)
        job = Job(
            inputs.names, options, folder=folder, version=__version__, report=inputs.report, output=output
        )
        if sharding.results is not None and (others := job.left_out()):
            files = others[0] if len(others) == 1 else f"{others[0]} and {len(others) - 1:,} other files"
            advice = "load will leave them out: give all inputs at once"
            inputs.report(LossyInputError(folder.path, f"also has results of {files}", advice))
        found = _found(job, sharding.workers(job), inputs, shown=shown)
        try:
            with closing(found):
                yield Scan(job, found)
        except KeyboardInterrupt:
            kept = f", kept in {folder.path}" if is_kept else ""
            click.echo(f"{job.finished_shards():,} of {number(job.shards, 'shard')} done{kept}.", err=True)
            if not is_kept:
                click.get_current_context().meta[WHEN_STOPPED] = NOTHING_KEPT
            raise


def _found(job: Job, workers: Workers, inputs: Inputs, *, shown: bool) -> Generator[Found]:
    from resolver.pipeline import utc_now
    from resolver.render.progress import scan_progress

    with scan_progress(sys.stderr, shown=shown, size=job.size) as bar:
        inputs.say = bar.say
        try:
            yield from job.found(workers, today=utc_now().date(), progress=lambda totals: _show(bar, totals))
        finally:
            inputs.read_in_shards(job.totals.documents)
            inputs.say = None


def _show(bar: Bar, totals: Totals) -> None:
    bar.scanned(documents=totals.documents, size=totals.size, embeds=totals.kinds.total())


@contextmanager
def _folder(sharding: Sharding, output: str | None) -> Iterator[tuple[Folder, bool]]:
    """Yield the folder of results, and whether it stays when the scan is stopped.

    One that the user did not name is gone when all is well.
    """
    import tempfile

    from resolver.shards import result_folder

    if sharding.results is not None:
        # On a cluster, others work in other folders.
        path = os.path.abspath(sharding.results) if sharding.dask else sharding.results  # noqa: PTH100
        yield result_folder(path), True
    elif output is not None and output != "-":
        folder = result_folder(f"{output}.shards")
        yield folder, True
        folder.remove()
    else:
        with tempfile.TemporaryDirectory(prefix="embed-resolver-") as path:
            yield result_folder(path), False
