"""The links of a database audited for a command, with what is shown of it while it goes on."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from resolver.commandline.printing import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from resolver.archive import Archive
    from resolver.commandline.checks import Checks
    from resolver.commandline.options import Network
    from resolver.expand.exchange import Archive as Evidence
    from resolver.findings import Occurrence
    from resolver.protocols import AuditStore


@contextmanager
def audited(
    store: AuditStore, network: Network, checks: Checks, evidence: Evidence | None, *, quiet: bool
) -> Iterator[Iterator[Occurrence]]:
    """Yield what checks the links, looks up copies, and gives every link with its finding, while it is read.

    *evidence* keeps what the links' hosts are asked and answer. What was left out is said at the end.
    """
    from resolver.pipeline import audit

    with (
        checks.asking(network, store, evidence) as (checker, archive),
        steps(quiet=quiet) as on_step,
    ):
        yield audit(
            store=store,
            checker=checker,
            archive=archive,
            selection=checks.selection,
            rule=checks.rule,
            archived=checks.archived,
            clock=checks.clock,
            on_step=on_step,
        )
    say(_left_out(archive), quiet=quiet)


@contextmanager
def steps(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yield what is told of each step of an audit, and shows on a terminal how many of which there were."""
    shown = not quiet and sys.stderr.isatty()
    done: Counter[str] = Counter()

    def step(name: str) -> None:
        done[name] += 1
        if shown:
            said = ", ".join(f"{count:,} {each}" for each, count in done.items())
            click.echo(f"\rLinks: {said} ", err=True, nl=False)

    yield step
    if shown and done:
        click.echo("", err=True)


def _left_out(archive: Archive | None) -> Iterator[str]:
    """Yield what the archive was not asked for, and why."""
    from importlib.util import find_spec

    if archive is not None and find_spec("rapidfuzz") is None:
        yield "Posts without a link were not looked for: that needs the extra archive (rapidfuzz)."
    if archive is not None and archive.stopped:
        yield f"The archive was not asked any more: {archive.stopped}."
