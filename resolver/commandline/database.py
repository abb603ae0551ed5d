"""The database that a command reads or goes on with."""

from __future__ import annotations

import os

from resolver.errors import StoreError


def require(db: str, advice: str | None = None) -> None:
    """Raise :class:`~resolver.errors.StoreError` where there is no such file; *advice* says what to do then.

    >>> require("none.db")
    Traceback (most recent call last):
    resolver.errors.StoreError: none.db: no such database; make one with: embed-resolver enrich INPUT... --db none.db
    """
    if not os.path.exists(db):  # noqa: PTH110 - pathlib is not needed to start
        made = f"make one with: embed-resolver enrich INPUT... --db {db}"
        raise StoreError(db, "no such database", advice or made)
