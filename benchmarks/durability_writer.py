"""The run that is killed, starved and lied to: it writes to a store, and says what the store has acknowledged.

    python -m benchmarks.durability_writer [PATH]

With a PATH it is one run. Without, it reads from standard input how to treat each run: ``kill SECONDS PATH`` (after
so long, 0 for never) or ``limit BYTES PATH`` (no file may grow beyond that), and makes a process for it. It forks,
since loading Python takes longer than the run.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from cache import Store
from resolver.errors import StoreError
from resolver.models import (
    AttestedBy,
    Check,
    Document,
    Embed,
    Hop,
    Kind,
    Link,
    Observation,
    Outcome,
    Role,
    Via,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How many documents a run reads. Each has two embeds and three links, one of which all share.
DOCUMENTS: Final = 12
#: What a run acknowledges: its documents, and its distinct links.
ACKNOWLEDGED: Final = DOCUMENTS + 2 * DOCUMENTS + 1

_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
_POST_ID = "1162101460451315713"
_POST = f"https://twitter.com/PierMaster/status/{_POST_ID}"


def main() -> None:
    """Be one run, or make runs as standard input says."""
    if len(sys.argv) > 1:
        run(sys.argv[1])
        return
    import sqlite_utils  # noqa: F401 - so that no run spends its short life with loading it

    for line in sys.stdin:
        how, amount, path = line.rstrip("\n").split(" ", 2)
        child = os.fork()
        if not child:
            if how == "limit":
                resource.setrlimit(resource.RLIMIT_FSIZE, (int(amount), resource.RLIM_INFINITY))
            run(path)
            os._exit(0)
        if how == "kill" and float(amount):
            time.sleep(float(amount))
            os.kill(child, signal.SIGKILL)
        _say("killed" if os.WIFSIGNALED(os.waitpid(child, 0)[1]) else "done")


def run(path: str) -> None:
    """Write all there is to the database at *path*, and say each thing once the store has returned."""
    try:
        with Store.open(path, command="enrich", arguments={}, tool_version="1", now=lambda: _NOON) as store:
            for number in range(DOCUMENTS):
                store.add(*_document(number))
                _say(f"document {number}.txt")
            for urls in _groups(store.due(_NOON)):
                with store.together():
                    for url in urls:
                        known = {key: _identified(embed) for key, embed in store.linking(url).items()}
                        store.record(_observation(url), known)
                for url in urls:
                    _say(f"link {url}")
    except StoreError as error:
        _say(f"error {error}")


def _groups(urls: Iterable[str]) -> Iterator[list[str]]:
    """Yield the addresses in groups of changing size, as what comes in while another group is written."""
    left = iter(urls)
    sizes = cycle((1, 3, 1, 8, 2))
    while group := list(islice(left, next(sizes))):
        yield group


def _say(line: str) -> None:
    # In one go, so that no line is cut by the kill.
    os.write(1, line.encode() + b"\n")


def _document(number: int) -> tuple[Document, list[Embed]]:
    name, text = f"{number}.txt", f"The pier was closed for {number} hours. " * 60
    links = [
        Link(url=f"https://t.co/own{number}", written=f"pic.twitter.com/own{number}", role=Role.MEDIA),
        Link(url="https://t.co/shared", written="https://t.co/shared", role=Role.LINK),
        Link(url=f"https://t.co/other{number}", written=f"https://t.co/other{number}", role=Role.LINK),
    ]
    return Document(id=name, text=text), [_embed(name, text, links), _embed(name, None, [])]


def _embed(name: str, text: str | None, links: list[Link]) -> Embed:
    return Embed(
        document=name,
        kind=Kind.LEFTOVER,
        platform="twitter",
        start=0,
        end=40,
        quote="Pier closed — Pier Master (@PierMaster) August 15, 2019",
        prefix="",
        suffix="",
        text=text,
        handle="PierMaster",
        posted=date(2019, 8, 15),
        links=tuple(links),
        rule="twitter.attribution",
        confidence=0.9,
    )


def _observation(url: str) -> Observation:
    hop = Hop(url=url, via=Via.HTTP, status=301, location=f"{_POST}/photo/1", at=_NOON, seconds=0.1)
    return Observation(
        url=url,
        observed_at=_NOON,
        seconds=0.2,
        outcome=Outcome.POST,
        hops=(hop,),
        expanded_url=f"{_POST}/photo/1",
    )


def _identified(embed: Embed) -> Embed:
    check = Check(name="day_of_id", printed="2019-08-15", found="2019-08-15", passed=True, post_url=_POST)
    return replace(embed, post_id=_POST_ID, post_url=_POST, attested_by=AttestedBy.REDIRECT, checks=(check,))


if __name__ == "__main__":
    main()
