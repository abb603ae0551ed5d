"""One opening of the database: what the parts of the cache read and write through."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cache.failures import explained
from cache.runs import Progress
from cache.seals import Seals
from cache.transactions import transaction
from resolver.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from sqlite_utils import Database

_READ_ONLY = "it was opened for reading only"
#: What is within a transaction is a part of it.
_PART = nullcontext()


@dataclass(slots=True)
class Session:
    """The connection of a store, the run that writes through it, and what that has done so far.

    Rows that are written are named to :meth:`seal`, and their hashes kept at the end of the transaction.
    """

    db: Database
    path: str
    #: ``None`` in a store that was opened for reading.
    run: int | None = None
    progress: Progress = field(default_factory=Progress)
    _seals: Seals = field(init=False)

    def __post_init__(self) -> None:
        self._seals = Seals(self.db)

    @property
    def run_id(self) -> int:
        """The number of the run. Raises :class:`~resolver.errors.StoreError` where there is none."""
        if self.run is None:
            raise StoreError(self.path, _READ_ONLY)
        return self.run

    def reading(self) -> AbstractContextManager[None]:
        """Return a context in which what SQLite reports is raised as :class:`~resolver.errors.StoreError`."""
        return explained(self.path)

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context whose writing is one transaction: on disk as a whole at its end, or gone after an error.

        Within another one it is a part of that. After an error, :attr:`progress` is what it was before. It raises
        :class:`~resolver.errors.StoreError`, as where the store was opened for reading.
        """
        return _PART if self.db.conn.in_transaction else self._transaction()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.run is None:
            raise StoreError(self.path, _READ_ONLY)
        before = replace(self.progress)
        try:
            with transaction(self.db, self.path):
                yield
                self._seals.write()
        except BaseException:
            self.progress = before
            self._seals.forget()
            raise

    def seal(self, table: str, key: int) -> None:
        """Have the hash of a row kept that was just written, or changed. To be called in a transaction."""
        self._seals.add(table, key)

    def unseal(self, table: str, keys: Iterable[int]) -> None:
        """Remove the hashes of rows that are taken out. To be called in the transaction that does so."""
        self._seals.remove(table, keys)
