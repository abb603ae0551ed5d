"""How much of the embeds in labelled documents is found, and how much that is none.

::

    python -m benchmarks.accuracy [--cases FOLDER] [--negatives FOLDER ...] [--examples N] [--json OUT] [--write OUT]
"""

from __future__ import annotations

import argparse
import json
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cases import own_cases
from benchmarks.finders import finders, version
from benchmarks.made_pages import made_cases
from benchmarks.measure import measure
from benchmarks.negatives import MOST_DOCUMENTS, default_folders, folder_negatives, own_negatives
from benchmarks.page import accuracy_page
from benchmarks.shared_cases import shared_cases
from benchmarks.tables import accuracy_table, error_lines, negatives_table
from resolver import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measure import Measurement


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print or write the tables."""
    options = _options(arguments)
    compared = finders()
    cases = chain(shared_cases(options.cases) if options.cases else (), own_cases(), made_cases())
    documents = chain(own_negatives(), folder_negatives(options.negatives or default_folders()))
    measurement = measure(cases, documents, compared)
    print(accuracy_table(measurement, compared), negatives_table(measurement, compared), sep="\n\n")
    print(f"\n{len(measurement.left_out)} rows left out")
    for false in measurement.false_finds:
        print(f"false find | {false.rule} | {false.document}\n  {false.quote}")
    for line in error_lines(measurement, options.examples):
        print(line)
    if options.json:
        options.json.write_text(as_json(measurement), encoding="utf-8")
    if options.write:
        page = accuracy_page(measurement, compared, day=datetime.now(UTC).date(), versions=versions())
        options.write.write_text(page, encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--cases", type=Path, help="a folder with embeds.jsonl and flattened.jsonl")
    parser.add_argument(
        "--negatives",
        type=Path,
        action="append",
        help=f"a folder of documents without embeds, of which at most {MOST_DOCUMENTS} are read (may be repeated; "
        "default: the documents of the programs on this machine)",
    )
    parser.add_argument("--examples", type=int, default=2, help="how many errors of each kind to print")
    parser.add_argument("--json", type=Path, help="write the counts and all errors to this file")
    parser.add_argument("--write", type=Path, help="write the page (docs/accuracy.md) to this file")
    return parser.parse_args(arguments)


def versions() -> dict[str, str]:
    """Return what was compared, by name, with its version."""
    peers = {name: version(name) or "not installed" for name in ("goose3", "tweetfinder")}
    return {"embed-resolver": __version__, "Python": platform.python_version(), **peers}


def as_json(measurement: Measurement) -> str:
    """Return a measurement as JSON, for comparing runs."""
    scores = {
        form: {finder: vars(score) for finder, score in by_finder.items()}
        for form, by_finder in measurement.scores.items()
    }
    return json.dumps(
        {
            "scores": scores,
            "documents": measurement.documents,
            "false": measurement.false,
            "false_finds": [asdict(find) for find in measurement.false_finds],
            "left_out": [asdict(row) for row in measurement.left_out],
            "errors": [asdict(error) for error in measurement.errors],
        },
        ensure_ascii=False,
        indent=1,
    )


if __name__ == "__main__":
    main()
