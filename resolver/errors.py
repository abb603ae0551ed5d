"""What can go wrong for a caller. A link that leads nowhere is not in this tree: it is an Outcome.

::

    ResolverError
    +-- InputError          an input could not be read, or not all of it
    |   +-- ColumnError     a table has no such column, or none that could be guessed
    |   +-- LossyInputError an input was read, but something in it had to be replaced or left out
    +-- OutputError         an output could not be written
    +-- StoreError          the database could not be opened, read or written
        +-- NewerSchemaError   it was written by a newer version of this tool
"""

from __future__ import annotations


class ResolverError(Exception):
    """Base of all errors of this project: one line for people, with what to do next.

    >>> str(InputError("news.jsonl", "no such file", "check the path"))
    'news.jsonl: no such file; check the path'
    """

    def __init__(self, subject: str, problem: str, advice: str | None = None) -> None:
        self.subject = subject
        self.problem = problem
        self.advice = advice
        super().__init__(f"{subject}: {problem}" + (f"; {advice}" if advice else ""))

    def __reduce__(self) -> tuple[type[ResolverError], tuple[str, str, str | None]]:
        """Return what makes it again in another process."""
        return type(self), (self.subject, self.problem, self.advice)


class InputError(ResolverError):
    """An input could not be read. ``subject`` names the file, and the row where there is one."""


class ColumnError(InputError):
    """A table has no such column, or none whose name says that it holds an article."""


class LossyInputError(InputError):
    """An input was read, but something in it had to be replaced or left out. It says what, and how much."""


class OutputError(ResolverError):
    """An output could not be written. ``subject`` is its path."""


class StoreError(ResolverError):
    """The database could not be opened, read or written. ``subject`` is its path."""


class NewerSchemaError(StoreError):
    """The database was written by a newer version of this tool, which must be used for it."""
