"""Memory does not grow with a file: measured in a process of its own over files of 100 MB."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from documents_samples import json_lines, page, record, separated, wordpress

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="this system does not say how much memory a process took"
)

ROOT = Path(__file__).parent.parent
SIZE = 100_000_000
# What a corpus is like: texts of 6 kB, pages of 60 kB.
TEXT = "The harbour of Vlissingen opens, and the ferries sail again from Friday on. " * 80
PAGE = TEXT * 10

#: Prints how many MiB of memory reading takes above what the interpreter and the libraries take.
PROGRAM = """
import re, sys
from pathlib import Path
from resolver.documents import read
{imports}
def peak():
    # getrusage would say the peak of the process that started this one, where that is higher.
    return int(re.search("VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1]) / 1024
before = peak()
rows = sum(1 for row in read([sys.argv[1]], report=print))
print(rows, peak() - before)
"""


def mebibytes(path: Path, *, imports: str = "") -> tuple[int, float]:
    """How many documents a file has, and how many MiB reading them takes."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(imports=imports), str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows, taken = done.stdout.split()
    return int(rows), float(taken)


def repeated(path: Path, part: bytes, *, head: bytes = b"", tail: bytes = b"", size: int = SIZE) -> Path:
    """A file of one part many times over."""
    with path.open("wb") as file:
        file.write(head)
        for _ in range(size // len(part)):
            file.write(part)
        file.write(tail)
    return path


def zipped(path: Path, part: bytes) -> Path:
    """The same in one member of gzip."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(SIZE // len(part)):
            file.write(part)
    return path


WET = record(1, "conversion", "text/plain", TEXT.encode())
HEAD, _, REST = wordpress([TEXT]).partition(b"<item>")
ITEM = b"<item>" + REST.partition(b"</channel>")[0]
FILES: dict[str, Callable[[Path], Path]] = {
    "a.jsonl": lambda path: repeated(path, json_lines([TEXT])),
    "a.jsonl.gz": lambda path: zipped(path, json_lines([TEXT])),
    "a.csv": lambda path: repeated(path, separated([TEXT])[8:], head=b"id,text\n"),
    "a.wet": lambda path: repeated(path, WET),
    "a.wet.gz": lambda path: repeated(
        path, gzip.compress(WET), size=SIZE // len(WET) * len(gzip.compress(WET))
    ),
    "a.warc.gz": lambda path: zipped(path, page(1, PAGE)),
    "a.wxr": lambda path: repeated(path, ITEM, head=HEAD, tail=b"</channel></rss>"),
}


@pytest.mark.parametrize("name", FILES)
def test_reading_takes_the_memory_of_one_document(tmp_path: Path, name: str) -> None:
    """At most 64 MiB above the interpreter's own, at any size of the file."""
    rows, taken = mebibytes(FILES[name](tmp_path / name))
    assert rows > 1000
    assert 0 < taken < 64


def test_reading_parquet_takes_the_memory_of_a_batch(tmp_path: Path) -> None:
    """At most 250 MiB, also where the whole file is one row group."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    schema = pa.schema([("id", pa.string()), ("text", pa.string())])
    with parquet.ParquetWriter(
        tmp_path / "a.parquet", schema, compression="zstd", use_dictionary=False
    ) as writer:
        texts = [f"{number} {TEXT}" for number in range(SIZE // len(TEXT))]
        columns = [[str(number) for number in range(len(texts))], texts]
        writer.write_table(pa.table(columns, schema=schema), row_group_size=len(texts))
    rows, taken = mebibytes(tmp_path / "a.parquet", imports="import pyarrow.parquet")
    assert rows == len(texts)
    assert 0 < taken < 250
