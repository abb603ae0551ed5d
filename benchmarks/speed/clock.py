"""The time that all scans of the benchmark take it to be."""

from datetime import UTC, datetime
from typing import Final

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
