"""A scan that prints what it finds: ``python -m benchmarks.scale.work JOBS PATH [no-notes]``.

JOBS 0 is without shards.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from resolver.documents import read
from resolver.pipeline import scan, screening
from resolver.render.json_lines import json_line
from resolver.render.record import record
from resolver.shards import Job, Options, processes, result_folder

#: Files of any size are divided into so many shards, as large ones are.
_PARTS = 8


def main(jobs: int, path: str, *, notes: bool) -> None:
    """Scan the file."""
    if jobs == 0:
        for row in read([path], report=print, all_fields=False, screen=screening(notes=notes)):
            for embed in scan(row.document, notes=notes):
                print(json_line(record(embed)))
        return
    with tempfile.TemporaryDirectory() as folder:
        job = Job(
            [path],
            Options(notes=notes),
            folder=result_folder(folder),
            version="1",
            report=print,
            part_bytes=Path(path).stat().st_size // _PARTS,
        )
        for found in job.found(processes(jobs, preload=job.preload), today=datetime.now(UTC).date()):
            sys.stdout.buffer.writelines(found.lines())


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], notes="no-notes" not in sys.argv[3:])
