"""Results on standard output, and words for people on standard error."""

from __future__ import annotations

import sys
from collections import Counter
from typing import IO, TYPE_CHECKING

import click

from resolver.render.json_lines import json_line
from resolver.render.record import record
from resolver.render.table import announcement, host_of, table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from resolver.models import Embed, Observation
    from resolver.provenance import DocumentEvidence


def say(lines: Iterable[str], *, quiet: bool = False) -> None:
    """Print lines for people, unless they want *quiet*."""
    if not quiet:
        for line in lines:
            click.echo(line, err=True)


def print_embeds(embeds: Iterable[Embed], *, table: bool, out: IO[str] | None = None) -> None:
    """Print the embeds as JSON Lines or as a table."""
    lines = (
        table_lines(embeds, width=_terminal_width())
        if table
        else (json_line(record(embed)) for embed in embeds)
    )
    for line in lines:
        click.echo(line, file=out)


def print_evidence(documents: Iterable[DocumentEvidence]) -> bool:
    """Print the chain of evidence for each document, and return whether there was any."""
    from resolver.render.evidence import evidence_lines

    found = False
    for document in documents:
        if found:
            click.echo()
        found = True
        for line in evidence_lines(document):
            click.echo(line)
    return found


def announce(urls: Iterable[str], estimate: Callable[[Iterable[int]], float], *, quiet: bool) -> None:
    """Say how many links will be followed, to which hosts, and about how long that takes."""
    line = None if quiet else announcement(urls, estimate)
    if line is not None:
        click.echo(line, err=True)


def progress(
    observations: Iterator[Observation], due: Callable[[], Iterable[str]], *, quiet: bool
) -> Iterator[Observation]:
    """Yield the observations, and show on a terminal how many of the links that were *due* have been followed."""
    from resolver.render.progress import follow_progress

    shown = not quiet and sys.stderr.isatty()
    hosts = Counter(map(host_of, due())) if shown else {}
    with follow_progress(sys.stderr, shown=shown, hosts=hosts) as bar:
        for observation in observations:
            bar.followed(observation.url)
            yield observation


def for_people(table: bool | None) -> bool:
    """Return whether a table is wanted: as was said, else where standard output is a terminal."""
    return sys.stdout.isatty() if table is None else table


def _terminal_width() -> int:
    import shutil  # loads every compression there is

    return shutil.get_terminal_size((160, 24)).columns
