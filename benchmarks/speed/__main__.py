"""How fast corpora are scanned on one core.

::

    python -m benchmarks.speed [--size MB] [--seconds N] [--write docs/speed.md]

The corpora are made from texts on this machine, of SIZE megabytes each of texts and of pages, with something planted in
one document of a hundred. All ways of doing one work take turns over the same documents; what is slow stops after so
many CPU seconds. A speed is in megabytes (10^6 bytes, uncompressed) a CPU second; what to quote are the ratios.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.markdown import markdown_table
from benchmarks.speed import files, in_memory
from benchmarks.speed.corpus import corpus, write
from benchmarks.speed.rate import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.speed.corpus import Corpus
    from benchmarks.speed.rate import Rate

_MEMORY = "from benchmarks.memory import peak_memory; print(peak_memory())"
_SCAN = (
    "import sys; from pathlib import Path; from benchmarks.speed.files import read_and_scan\n"
    "from benchmarks.memory import peak_memory\nread_and_scan(Path(sys.argv[1])); print(peak_memory())"
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print or write the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=float, default=150, help="megabytes of texts, and as many of pages")
    parser.add_argument(
        "--seconds", type=float, default=20, help="CPU seconds for each way of doing one work"
    )
    parser.add_argument(
        "--write", type=Path, help="write the tables to this file, below its line of three dashes"
    )
    options = parser.parse_args(arguments)
    made = corpus(int(options.size * 1e6))
    tables = "\n\n".join(_tables(made, options.seconds))
    print(tables)
    if options.write:
        head, _, _ = options.write.read_text(encoding="utf-8").partition("\n---\n")
        command = f"    python -m benchmarks.speed --size {options.size:g} --seconds {options.seconds:g}"
        options.write.write_text(f"{head}\n---\n\n{command}\n\n{tables}\n", encoding="utf-8")


def _tables(made: Corpus, seconds: float) -> Iterator[str]:
    for title, ways, documents, at_once in (
        ("Texts in memory", in_memory.of_texts(), made.texts, 200),
        ("Pages in memory", in_memory.of_pages(), made.pages, 20),
    ):
        yield f"**{title}**: {len(documents):,} documents, {sum(map(len, documents)) / 1e6:,.0f} MB"
        yield _in_memory(measure(ways, documents, seconds=seconds, at_once=at_once))
    missing = in_memory.missing()
    if missing:
        yield f"Not installed, so not compared: {', '.join(missing)}."
    with tempfile.TemporaryDirectory() as folder:
        yield from _files(made, Path(folder))


def _in_memory(rates: Sequence[Rate]) -> str:
    limit = next((rate.speed for rate in rates if rate.name.startswith("bare scan")), 0.0)
    lines = [
        [
            rate.name,
            f"{rate.speed:,.1f}",
            f"{rate.speed / limit:.3f}" if limit else "",
            f"{rate.documents:,}",
            "" if rate.finds is None else f"{rate.finds:,}",
        ]
        for rate in rates
    ]
    return markdown_table(["", "MB/s", "of the first bare scan", "documents", "finds"], lines)


def _files(made: Corpus, folder: Path) -> Iterator[str]:
    files.warm()
    lines = []
    idle = _peak(_MEMORY)
    for form, path in write(made, folder).items():
        size = sum(map(len, made.pages if form == "WARC.gz" else made.texts)) / 1e6
        memory = (_peak(_SCAN, str(path)) - idle) / 1e6
        for name, way in files.ways(form).items():
            spent = files.seconds_of(way, path)
            more = f"{memory:,.0f}" if name == "read and scanned" else ""
            lines.append([form, name, f"{size / spent:,.1f}", more])
    yield "**Files**"
    yield markdown_table(["file", "", "MB/s", "memory above the interpreter's, MB"], lines)


def _peak(program: str, *arguments: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


if __name__ == "__main__":
    main()
