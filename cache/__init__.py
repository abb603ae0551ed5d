"""What has been seen, so that nothing is asked twice: a SQLite database that people can read.

>>> import tempfile
>>> from datetime import UTC, datetime
>>> from pathlib import Path
>>> from resolver.models import Document
>>> path = Path(tempfile.mkdtemp()) / "provenance.db"
>>> clock = lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)
>>> with Store.open(path, command="scan", arguments={}, tool_version="1.0", now=clock) as store:
...     store.add(Document(id="a.txt", text="No post in here."), [])
>>> with Store.read(path) as store:
...     store.counts().documents
1

Importing this package does not load sqlite-utils, which takes half a second; opening a store does.
"""

from cache.counts import Counts
from cache.freshness import MAX_AGE, is_fresh
from cache.store import Store

__all__ = [
    "MAX_AGE",
    "Counts",
    "Store",
    "is_fresh",
]
