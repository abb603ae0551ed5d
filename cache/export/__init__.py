"""What the database holds, for other tools: its tables as files, and a copy of it for a deposit.

>>> import tempfile
>>> from datetime import UTC, datetime
>>> from cache import Store
>>> folder = tempfile.mkdtemp()
>>> clock = lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)
>>> with Store.open(f"{folder}/a.db", command="scan", arguments={}, tool_version="1.0", now=clock) as store:
...     pass
>>> files = export_tables(f"{folder}/a.db", f"{folder}/tables", Format.JSONL)
>>> [file.path.name for file in files][:3], files[0].rows
(['runs.jsonl', 'documents.jsonl', 'embeds.jsonl'], 1)
"""

from cache.export.copy import copy_database
from cache.export.deposit import Deposit, DepositedFile, DepositedTable, deposit
from cache.export.files import ExportedFile, Format, export_tables

__all__ = [
    "Deposit",
    "DepositedFile",
    "DepositedTable",
    "ExportedFile",
    "Format",
    "copy_database",
    "deposit",
    "export_tables",
]
