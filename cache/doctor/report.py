"""What an examination of a database has found, and the same in lines for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Severity(StrEnum):
    """How bad a finding is."""

    #: Something is lost, damaged or altered.
    PROBLEM = "problem"
    #: Nothing is lost, but somebody should look.
    WARNING = "warning"
    #: Good to know.
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that an examination has found."""

    severity: Severity
    #: What was found, in words.
    what: str
    #: Where: a table, a row, a setting.
    where: str
    #: What to do about it.
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of an examination: what the database is, and what was found."""

    path: str
    #: Of the file and its journal.
    bytes: int
    #: The number of steps of its schema.
    schema_version: int
    #: Of the SQLite that examined it: ``3.53.0``.
    sqlite_version: str
    #: ``wal`` or ``delete``.
    journal_mode: str
    #: How many rows of each table have their hash.
    hashed: int
    #: The worst first.
    findings: tuple[Finding, ...]
    #: How many records of WARC files were found and compared.
    records: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing is lost, damaged or altered."""
        return not any(finding.severity is Severity.PROBLEM for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 where the database is sound, 1 where it is not."""
        return 0 if self.is_sound else 1


def report_lines(report: Report) -> Iterator[str]:
    """Yield the report for people, line by line: what it is, each finding with its advice, and a verdict.

    Names come from the database as they are: what prints the lines makes them fit for a terminal.

    >>> sound = Report(path="a.db", bytes=4096, schema_version=5, sqlite_version="3.53.0", journal_mode="wal",
    ...     hashed=12, findings=())
    >>> print("\\n".join(report_lines(sound)))
    Database  a.db, 4,096 bytes, schema 5
    SQLite    3.53.0, journal wal
    Checked   12 rows by their hash
    Sound: nothing is lost, damaged or altered.
    """
    yield f"Database  {report.path}, {report.bytes:,} bytes, schema {report.schema_version}"
    yield f"SQLite    {report.sqlite_version}, journal {report.journal_mode}"
    recorded = f", {report.records:,} records in WARC files" if report.records else ""
    yield f"Checked   {report.hashed:,} rows by their hash{recorded}"
    for finding in report.findings:
        yield f"{finding.severity.value.capitalize():<8}  {finding.where}: {finding.what}"
        yield f"          {finding.advice}"
    if report.is_sound:
        yield "Sound: nothing is lost, damaged or altered."
    else:
        problems = sum(finding.severity is Severity.PROBLEM for finding in report.findings)
        yield f"Not sound: {problems} {'problem' if problems == 1 else 'problems'}."
