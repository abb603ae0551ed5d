"""Prints the CPU seconds that newspaper4k takes for pages: ``python newspaper_alone.py PAGES.json``.

It is run by the Python of another environment and imports nothing of this project.
"""

import contextlib
import json
import sys
import time
from pathlib import Path

import newspaper


def main(path: str) -> None:
    """Parse each page; what it cannot read counts like what it can."""
    pages = json.loads(Path(path).read_text(encoding="utf-8"))
    begun = time.process_time()
    for page in pages:
        with contextlib.suppress(Exception):
            newspaper.article("https://news.example/", input_html=page, fetch_images=False)
    print(time.process_time() - begun)


if __name__ == "__main__":
    main(sys.argv[1])
