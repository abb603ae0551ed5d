"""Whether a database is sound: what ``doctor`` examines, and what it found.

>>> import tempfile
>>> from datetime import UTC, datetime
>>> from cache import Store
>>> path = tempfile.mkdtemp() + "/provenance.db"
>>> clock = lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)
>>> with Store.open(path, command="scan", arguments={}, tool_version="1.0", now=clock) as store:
...     pass
>>> report = examine(path)
>>> report.is_sound, report.hashed
(True, 1)
"""

from cache.doctor.examine import examine
from cache.doctor.report import Finding, Report, Severity, report_lines

__all__ = [
    "Finding",
    "Report",
    "Severity",
    "examine",
    "report_lines",
]
