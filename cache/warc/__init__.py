"""What was asked and answered, byte for byte, in WARC files: evidence that other tools can read.

>>> import tempfile
>>> from datetime import UTC, datetime
>>> clock = lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)
>>> with WarcFolder.open(tempfile.mkdtemp(), software="embed-resolver/1.0", now=clock) as folder:
...     folder.name[:34]
'embed-resolver-20261122T120000Z-00'
"""

from cache.warc.folder import WarcFolder

__all__ = ["WarcFolder"]
