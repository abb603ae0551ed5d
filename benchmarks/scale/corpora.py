"""Corpora of the forms that are divided into shards: ``python -m benchmarks.scale.corpora FOLDER MEGABYTES``.

They are made of what those of ``python -m benchmarks.speed`` are. It prints where they are, by form, as JSON. It is a
process of its own, since one that a large process starts looks as large as that (``benchmarks/memory.py``).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from benchmarks.speed.files import is_installed
from benchmarks.speed.forms import FORMS
from benchmarks.speed.pages import made_pages
from benchmarks.speed.sources import installed
from benchmarks.speed.stored import store
from benchmarks.speed.texts import made_texts

DIVIDED: Final = frozenset({"JSON Lines", "WET.gz", "WARC.gz", "Parquet"})


def make(folder: Path, size: int) -> dict[str, Path]:
    """Write the corpora, each of *size* bytes of texts or pages, and return where they are."""
    sources = installed()
    texts = store(made_texts(sources, size), folder / "texts")
    pages = store(made_pages(sources, size), folder / "pages")
    forms = [form for form in FORMS if form.name in DIVIDED and is_installed(form.needs)]
    for form in forms:
        form.write((pages if form.pages else texts).documents(), folder / form.file)
    return {form.name: folder / form.file for form in forms}


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), int(float(sys.argv[2]) * 1e6))
    print(json.dumps({form: str(path) for form, path in made.items()}))
