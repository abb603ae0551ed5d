"""Links followed for a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.commandline.printing import announce, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resolver.commandline.options import Network
    from resolver.expand.evidence import KnownLinks
    from resolver.expand.exchange import Archive
    from resolver.protocols import Store
    from resolver.render.run_summary import Followed


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
) -> Followed:
    """Follow the links, keep each observation, and return what came of them."""
    from itertools import chain

    from resolver import Client
    from resolver.pipeline import expand
    from resolver.render.run_summary import Followed

    followed = Followed()
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
                followed.add(observation)
    return followed
