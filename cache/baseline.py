"""What an earlier audit said of each link, asked of its database one by one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cache.connection import open_for_reading
from cache.failures import explained
from cache.kept_findings import VERDICTS
from cache.values import text_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resolver.findings import Verdict

_VERDICT = "SELECT verdict FROM findings JOIN links ON links.id = findings.link_id WHERE links.url = ?"


@contextmanager
def baseline(path: str, *, patience: float = 5) -> Iterator[Callable[[str], Verdict | None]]:
    """Yield what tells the verdict that the database at *path* has for an address; ``None`` where it has none.

    *patience* is how many seconds to wait for a run that is writing to it. Raises
    :class:`~resolver.errors.StoreError` where there is no database of this version.
    """
    db = open_for_reading(path, patience=patience)

    def verdict(url: str) -> Verdict | None:
        with explained(path):
            row = db.execute(_VERDICT, (text_value(url),)).fetchone()
        return VERDICTS[row[0]] if row else None

    try:
        yield verdict
    finally:
        db.close()
