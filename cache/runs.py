"""The runs: which command, with what, by which version, from when to when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.seals import seal
from cache.values import json_from, json_value, text_value, time_from, time_value
from resolver.provenance import Run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlite_utils import Database

    from cache.session import Session

#: How a run ended.
DONE, STOPPED, FAILED = "done", "stopped", "failed"

_BEGIN = "INSERT INTO runs (command, arguments, tool_version, started_at, connect_to) VALUES (?, ?, ?, ?, ?)"
_END = "UPDATE runs SET ended_at = ?, ending = ?, documents = ?, embeds = ?, observations = ? WHERE id = ?"
_SELECT = """
SELECT id, command, arguments, tool_version, started_at, ended_at, ending, connect_to FROM runs WHERE id = ?
"""


@dataclass(slots=True)
class Progress:
    """What one run has done so far."""

    documents: int = 0
    embeds: int = 0
    observations: int = 0


def ending_of(error: type[BaseException] | None) -> str:
    """Return how a run ended that *error* left; ``None`` says that nothing did.

    >>> ending_of(None), ending_of(KeyboardInterrupt), ending_of(OSError)
    ('done', 'stopped', 'failed')
    """
    if error is None:
        return DONE
    return STOPPED if issubclass(error, KeyboardInterrupt) else FAILED


def begin_run(
    db: Database,
    *,
    command: str,
    arguments: Mapping[str, object],
    tool_version: str,
    started_at: datetime,
    connect_to: Mapping[str, str] | None,
) -> int:
    """Write down that a run has begun, and return its number. To be called in a transaction."""
    values = (
        text_value(command),
        json_value(dict(arguments)),
        text_value(tool_version),
        time_value(started_at),
        json_value(dict(connect_to)) if connect_to else None,
    )
    run_id = int(db.execute(_BEGIN, values).lastrowid or 0)
    seal(db, "runs", [run_id])
    return run_id


def end_run(session: Session, *, ending: str, ended_at: datetime) -> None:
    """Write down how and when a run has ended, and what it has done. To be called in a transaction."""
    progress = session.progress
    values = (
        time_value(ended_at),
        ending,
        progress.documents,
        progress.embeds,
        progress.observations,
        session.run_id,
    )
    session.db.execute(_END, values)
    session.seal("runs", session.run_id)


def load_run(db: Database, run_id: int) -> Run:
    """Return the run of that number, which must be there."""
    row = db.execute(_SELECT, (run_id,)).fetchone()
    id_, command, arguments, tool_version, started_at, ended_at, ending, connect_to = row
    return Run(
        id=id_,
        command=command,
        arguments=json_from(arguments),
        tool_version=tool_version,
        started_at=time_from(started_at),
        ended_at=time_from(ended_at),
        ending=ending,
        connect_to=json_from(connect_to or "{}"),
    )
