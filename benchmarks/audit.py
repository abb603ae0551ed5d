"""Audits the made archive and compares every verdict with the truth.

    python -m benchmarks.audit --articles 1000 --rounds 4

Articles of ten years, their embeds, and a local web of living, moved, dead, soft-404, blocked, slow and parked targets,
an oEmbed endpoint and a web archive (``examples/made_archive.py``). Each round is one run, four days after the one
before by a simulated clock. Printed is a table: how many links of each kind there are, and which verdicts they got.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent / "examples"))

from made_archive import APART, FIRST_ROUND, MadeArchive, make_archive

from cache import Store
from cache.audits import AuditStore
from resolver.archive import Archive, Pace, layout_of
from resolver.audit import Checker
from resolver.expand.pages import PageClient
from resolver.expand.policy import Policy
from resolver.models import Document
from resolver.pipeline import add, audit
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from made_web import Server

    from resolver.findings import Occurrence

#: Short, so that what never answers and what asks to come back later do not make the measurement long.
_POLICY = Policy(read_seconds=2.0, backoff_seconds=0.01, backoff_limit_seconds=0.02)
_LIVING = frozenset({"alive", "moved"})


@dataclass
class Result:
    """What an audit said of a made archive."""

    #: By kind: how often which verdict, and how many of these are right.
    verdicts: dict[str, Counter[str]] = field(default_factory=dict)
    right: int = 0
    wrong: list[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=list)
    #: Living links that were called dead.
    slandered: int = 0
    #: Dead links of whose target the made archive has a copy, and those for which that very copy was found.
    copies: int = 0
    copies_right: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of right verdicts."""
        return self.right / max(1, self.right + len(self.wrong))

    def take(self, occurrence: Occurrence, made: MadeArchive) -> None:
        """Compare one occurrence with the truth."""
        finding = occurrence.finding
        kind, verdict = made.truth[finding.url]
        said = finding.verdict.value
        self.verdicts.setdefault(kind, Counter())[said] += 1
        self._take_copy(occurrence, made)
        if said == verdict:
            self.right += 1
        else:
            self.wrong.append((finding.url, kind, said, finding.evidence))
        self.slandered += said == "dead" and (verdict in _LIVING or kind.startswith("alive"))

    def _take_copy(self, occurrence: Occurrence, made: MadeArchive) -> None:
        finding = occurrence.finding
        if finding.verdict.value not in {"dead", "suspect"}:
            return
        captures = made.web.captures
        led_to = made.web.pages[finding.url].to if finding.url in made.web.pages else None
        led_to = led_to or next((to for _, _, to in captures.get(finding.url, ()) if to), None)
        living = [at for at, status, _ in captures.get(led_to or "", ()) if status == 200]
        if living:
            found = finding.memento
            self.copies += 1
            self.copies_right += found is not None and found.captured_at == living[0].replace(microsecond=0)


def measure(made: MadeArchive, folder: Path, *, rounds: int, policy: Policy = _POLICY) -> Result:
    """Return what audits of the made archive say after so many rounds, in a database in the folder."""
    result = Result()
    path = folder / "made.db"
    with made.web.served() as server:
        with _opened(path, server, FIRST_ROUND) as store:
            for row in made.articles:
                add(Document(id=row["id"], url=row["url"], date=row["date"], html=row["html"]), store=store)
        occurrences: list[Occurrence] = []
        for number in range(rounds):
            began = time.monotonic()
            made.web.round = number + 1
            occurrences = list(_round(path, server, FIRST_ROUND + number * APART, policy))
            result.seconds.append(time.monotonic() - began)
    for occurrence in occurrences:
        result.take(occurrence, made)
    return result


def _opened(path: Path, server: Server, now: datetime) -> Any:
    return Store.open(
        path, command="audit", arguments={}, tool_version="0", now=lambda: now, connect_to=server.connect_to()
    )


def _round(path: Path, server: Server, now: datetime, policy: Policy) -> Iterator[Occurrence]:
    here = {"127.0.0.1": server.url}
    with (
        _opened(path, server, now) as store,
        PageClient(connect_to=server.connect_to(), clock=lambda: now, policy=policy) as client,
        PageClient(connect_to=here, policy=policy) as oembed,
        PageClient(connect_to=here, policy=Policy(attempts=1, redirects=0)) as archived,
    ):
        kept = AuditStore(store)
        checker = Checker(
            client=client,
            oembed=oembed,
            endpoints={"twitter": server.oembed},
            post_of=post_of,
            random_name=lambda length: secrets.token_hex(length)[:length],
        )
        archive = Archive(
            layout=layout_of(server.archive),
            client=archived,
            cool_downs=kept,
            index_pace=Pace(60_000),
            copy_pace=Pace(60_000),
            now=lambda: now,
            sleep=time.sleep,
        )
        yield from audit(store=kept, checker=checker, archive=archive, clock=lambda: now)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 where fewer than 99 % are right or a living link is called dead."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--wrong", action="store_true", help="list 20 wrong verdicts with their evidence")
    options = parser.parse_args(arguments)
    made = make_archive(options.articles)
    with tempfile.TemporaryDirectory() as folder:
        result = measure(made, Path(folder), rounds=options.rounds)
    print("| kind of target | links | verdicts |")
    print("|---|---:|---|")
    for kind, verdicts in sorted(result.verdicts.items()):
        said = ", ".join(f"{name} {count}" for name, count in verdicts.most_common())
        print(f"| {kind} | {verdicts.total()} | {said} |")
    total = result.right + len(result.wrong)
    seconds = ", ".join(f"{each:.0f}" for each in result.seconds)
    print(
        f"\n{result.right} of {total} verdicts are right ({result.share:.2%}); {result.slandered} living links"
    )
    print(
        f"are called dead; of {result.copies} dead links that were archived, {result.copies_right} copies are found;"
    )
    print(f"the rounds took {seconds} s.")
    for wrong in result.wrong[:20] if options.wrong else ():
        print(*wrong, sep="\n    ")
    return int(result.share < 0.99 or result.slandered > 0)


if __name__ == "__main__":
    sys.exit(main())
