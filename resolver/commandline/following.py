"""Links followed for a command, and what is then written."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from resolver.commandline.printing import announce, print_embeds, progress
from resolver.render.json_lines import json_line
from resolver.render.record import record
from resolver.render.table import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resolver.commandline.options import Network
    from resolver.documents import Row
    from resolver.expand.evidence import KnownLinks
    from resolver.expand.exchange import Archive
    from resolver.protocols import Store


def announce_asked(urls: Iterable[str], network: Network, known: KnownLinks | None, *, quiet: bool) -> None:
    """Say how many links will be asked for: those that the *known* ones do not answer."""
    asked = urls if known is None else (url for url in urls if known.get(url) is None)
    announce(asked, network.estimate, quiet=quiet and not network.dry_run)


def follow(
    due: Callable[[], Iterable[str]],
    store: Store,
    network: Network,
    known: KnownLinks | None,
    archive: Archive | None,
    *,
    quiet: bool,
) -> dict[str, str]:
    """Follow the links, keep each observation, and return which hosts were answered for by which other server."""
    from itertools import chain

    from resolver import Client
    from resolver.pipeline import expand

    used: dict[str, str] = {}
    urls = iter(due())
    for first in urls:  # without links, no client and no thread are needed
        with Client(
            connect_to=network.connect_to,
            user_agent=network.user_agent,
            concurrency=network.concurrency,
            per_host=network.per_host,
            policy=network.policy,
            known=known,
            archive=archive,
        ) as client:
            observations = expand(chain([first], urls), client=client, store=store)
            for observation in progress(observations, due, quiet=quiet):
                used |= {host_of(hop.url): hop.connected_to for hop in observation.hops if hop.connected_to}
    return used


def write_rows(rows: Iterable[Row], store: Store, out: IO[str] | None) -> None:
    """Write each row with its embeds; a table of the embeds where there is no file to write to."""
    if out is None:
        print_embeds((embed for row in rows for embed in store.embeds(row.document)), table=True)
        return
    for row in rows:
        embeds = [record(embed) for embed in store.embeds(row.document)]
        out.write(json_line({**row.fields, "embeds": embeds}) + "\n")
