"""How fast corpora are scanned on one core.

::

    python -m benchmarks.speed [--size MB] [--seconds N] [--runs N] [--write docs/speed.md]

The corpora are made from texts on this machine, of SIZE megabytes each of texts and of pages, with something planted in
one document of a hundred. All ways of doing one work take turns over the same documents; what is slow stops after so
many CPU seconds. Files are read RUNS times by each way in turn, and the least time counts. A speed is in megabytes
(10^6 bytes of UTF-8, uncompressed) a CPU second; what to quote are the ratios.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.markdown import markdown_table
from benchmarks.speed import files, in_memory, peers
from benchmarks.speed.finds import finds
from benchmarks.speed.forms import FORMS
from benchmarks.speed.pages import made_pages
from benchmarks.speed.rate import measure
from benchmarks.speed.sources import installed
from benchmarks.speed.stored import store
from benchmarks.speed.tables import file_lines, file_table, find_table, rate_table
from benchmarks.speed.targets import target_lines
from benchmarks.speed.texts import made_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.speed.forms import Form
    from benchmarks.speed.rate import Rate, Way
    from benchmarks.speed.stored import Stored

#: Bytes of the documents that each way has in its turn: large for what is fast, small for what is slow.
_TEXTS_AT_ONCE, _PAGES_AT_ONCE = 8_000_000, 4_000_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print or write the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=float, default=300, help="megabytes of texts, and as many of pages")
    parser.add_argument("--seconds", type=float, default=20, help="CPU seconds of each way in memory")
    parser.add_argument("--runs", type=int, default=2, help="how often each way reads a file")
    parser.add_argument("--write", type=Path, help="renew what stands in this page below its three dashes")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        speed = _Speed(Path(folder), int(options.size * 1e6), options.seconds, options.runs)
        tables = []
        for part in speed.tables():
            print(part, end="\n\n", flush=True)
            tables.append(part)
    targets = speed.targets()
    print(targets)
    if options.write:
        head, _, _ = options.write.read_text(encoding="utf-8").partition("\n---\n")
        given = f"--size {options.size:g} --seconds {options.seconds:g} --runs {options.runs}"
        measured = "\n\n".join((targets, *tables))
        text = f"{head}\n---\n\n    python -m benchmarks.speed {given}\n\n{measured}\n"
        options.write.write_text(text, encoding="utf-8")


class _Speed:
    """One run of the benchmark."""

    def __init__(self, folder: Path, size: int, seconds: float, runs: int) -> None:
        sources = installed()
        self._distinct = sources.size
        self._folder = folder
        self._texts = store(made_texts(sources, size), folder / "texts.corpus")
        self._pages = store(made_pages(sources, size), folder / "pages.corpus")
        self._seconds = seconds
        self._runs = runs
        #: What the targets are compared with, by their keys.
        self._reached: dict[str, float] = {}

    def tables(self) -> Iterator[str]:
        """Yield the tables with what they are of, each when it is measured."""
        yield from self._in_memory()
        yield from self._found()
        yield from self._files()

    def targets(self) -> str:
        """Return what was promised, beside what of it was reached by what has been measured."""
        heads = ["", "promised", "reached", "met", "without notes", "met"]
        table = markdown_table(heads, target_lines(self._reached))
        return f"**Targets**, on one core\n\n{table}"

    def _in_memory(self) -> Iterator[str]:
        rates = self._measured("texts", self._texts, in_memory.of_texts(), _TEXTS_AT_ONCE)
        yield f"**Texts in memory**: {_size(self._texts)}, of {self._distinct / 1e6:,.0f} MB of different texts"
        yield rate_table(rates)
        rates = self._measured("pages", self._pages, in_memory.of_pages(), _PAGES_AT_ONCE)
        yield f"**Pages in memory**: {_size(self._pages)}"
        yield rate_table(rates)
        if missing := peers.missing():
            yield f"Not installed, so not compared: {', '.join(missing)}."

    def _measured(self, name: str, corpus: Stored, ways: dict[str, Way], at_once: int) -> list[Rate]:
        print(f"{name} in memory ...", file=sys.stderr)
        rates = measure(ways, corpus.batches(at_once), seconds=self._seconds)
        by_name = {rate.name: rate for rate in rates}
        engine = in_memory.engines()[0]
        for notes in ("", in_memory.NO_NOTES):
            ours = by_name[in_memory.OURS.format(engine) + notes]
            self._reached[f"{name}/bare{notes}"] = ours.times(by_name[in_memory.BARE.format(engine) + notes])
            if engine == "hyperscan":
                self._reached[f"{name}/speed{notes}"] = ours.speed
            for rate in rates:
                peer, _, every = rate.name.partition(", every")
                if every:
                    self._reached[f"{name}/{peer}{notes}"] = ours.times(rate)
        return rates

    def _found(self) -> Iterator[str]:
        different = 0
        for title, corpus, html in (("texts", self._texts, False), ("pages", self._pages, True)):
            print(f"finds in {title} ...", file=sys.stderr)
            found = finds(corpus, html=html)
            different += found.different
            yield f"**Finds in {title}**, with the prefilter and without"
            yield find_table(found)
        self._reached["different"] = different

    def _files(self) -> Iterator[str]:
        files.warm()
        forms = [form for form in FORMS if files.is_installed(form.needs)]
        lines = [line for form in forms for line in self._of_form(form)]
        yield "**Files**"
        yield file_table(lines)

    def _of_form(self, form: Form) -> Iterator[list[str]]:
        corpus = (self._pages if form.pages else self._texts).up_to(form.most)
        path = self._folder / form.file
        print(f"{form.name} ...", file=sys.stderr)
        form.write(corpus.documents(), path)
        seconds = files.seconds_of(form.name, path, runs=self._runs)
        memory = files.memory_of_scan(path)
        limit = files.limit(form.name)
        if limit in seconds:
            self._reached[form.name] = seconds[limit] / seconds[files.SCANNED]
            self._reached[form.name + in_memory.NO_NOTES] = seconds[limit] / seconds[files.SCANNED_FOR_POSTS]
        self._reached[f"{form.name}/memory"] = memory / 1e6
        self._reached[f"{form.name}/memory{in_memory.NO_NOTES}"] = (
            files.memory_of_scan(path, notes=False) / 1e6
        )
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        yield from file_lines(form.name, corpus.size, seconds, memory)


def _size(corpus: Stored) -> str:
    return f"{len(corpus.entries):,} documents, {corpus.size / 1e6:,.0f} MB"


if __name__ == "__main__":
    main()
