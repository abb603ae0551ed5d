"""The schema, as numbered steps. A step that was released is never edited: a change is a new one.

Each step is a module that holds SQL text only, so that its comments reach the database and stay with it
(``SELECT sql FROM sqlite_master``). The number of steps is the database's ``user_version``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.migrations import (
    m001_tables,
    m002_append_only,
    m003_search,
    m004_views,
    m005_digests,
    m006_unasked_hops,
    m007_evidence,
    m009_audits,
    m010_archives,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database, Migrations

#: The steps in their order, by name.
STEPS: dict[str, tuple[str, ...]] = {
    "m001_tables": m001_tables.STATEMENTS,
    "m002_append_only": m002_append_only.STATEMENTS,
    "m003_search": m003_search.STATEMENTS,
    "m004_views": m004_views.STATEMENTS,
    "m005_digests": m005_digests.STATEMENTS,
    "m006_unasked_hops": m006_unasked_hops.STATEMENTS,
    "m007_evidence": m007_evidence.STATEMENTS,
    "m009_audits": m009_audits.STATEMENTS,
    "m010_archives": m010_archives.STATEMENTS,
}


def migrations() -> Migrations:
    """Return the steps in the form that sqlite-utils applies, each once, in order.

    >>> from sqlite_utils import Database
    >>> with Database(memory=True) as db:
    ...     migrations().pending(db)[0].name
    'm001_tables'
    """
    # Here and not above: it takes half a second to load, and only a store that is opened needs it.
    from sqlite_utils import Migrations

    steps = Migrations("embed-resolver")
    for name, statements in STEPS.items():
        steps(name=name)(_step(statements))
    return steps


def _step(statements: tuple[str, ...]) -> Callable[[Database], None]:
    def apply(db: Database, /) -> None:
        for statement in statements:
            db.execute(statement)

    return apply
