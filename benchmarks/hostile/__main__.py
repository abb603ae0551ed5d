"""Prints what hostile links, addresses, servers and pages achieve: ``python -m benchmarks.hostile``.

Exits with 1 where any of the promised figures is missed.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from benchmarks.hostile import bombs, faults, guarding
from benchmarks.hostile.peer import raw, serving
from benchmarks.hostile.witness import Witness
from benchmarks.markdown import markdown_table
from resolver.expand import Client
from resolver.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.models import Observation

#: What is promised.
LINKS, ADDRESSES, FAULTS, TLS_FAULTS, MEMORY = 2397, 1630, 99, 6, 32 * 2**20


@dataclass(frozen=True)
class Figure:
    """One line of the result."""

    name: str
    value: str
    promised: str
    kept: bool


def fault(name: str) -> tuple[Observation, float]:
    """Return what comes of following the link to a fault, and how many seconds that took."""
    link, broken, outcome = faults.FAULTS[name]
    fine = raw(faults.OK, faults.EMPTY)
    with serving(broken) as server, serving(fine) as other:
        hosts = {"fault.example": server, "t.co": server, "ok.example": other, "xn--a": other}
        if link == faults.HOST:
            hosts["t.co"] = other
        elif outcome == "ok":
            hosts["fault.example"] = other
        with Client(connect_to=hosts, policy=faults.POLICY) as client:
            began = time.monotonic()
            (observation,) = client.expand([link])
            return observation, time.monotonic() - began


def figures() -> Iterator[Figure]:
    """Yield the figures as they are found."""
    witness = Witness()
    for name, found, least in (
        ("links", guarding.of_links(witness), LINKS),
        ("redirects to such links", guarding.of_redirects(witness), LINKS),
        ("addresses in published ranges", guarding.of_addresses(witness), ADDRESSES),
        ("answers of name servers that are public in part", guarding.of_mixed_answers(witness), 1),
    ):
        said = f"{found.asked:,}: {len(found.leaks)} connected, {len(found.unexpected)} unexpected outcomes"
        kept = found.asked >= least and not found.leaks and not found.unexpected
        yield Figure(name, said, f"at least {least:,}: 0 connected", kept)
    yield from _faults()
    yield from _tls()
    grown = {name: bombs.grown(name) for name in bombs.BOMBS}
    worst = max(grown, key=lambda name: grown[name])
    said = f"{len(grown)}: at most {grown[worst] / 2**20:.1f} MiB more ({worst})"
    yield Figure("pages of 1 GiB", said, f"at most {MEMORY // 2**20} MiB more", grown[worst] <= MEMORY)


def _faults() -> Iterator[Figure]:
    seen = {name: fault(name) for name in faults.FAULTS}
    wrong = [name for name, (link, _) in seen.items() if link.outcome.value != faults.FAULTS[name][2]]
    ours = [name for name, (link, _) in seen.items() if link.outcome is Outcome.INTERNAL_ERROR]
    slowest = max(seconds for _, seconds in seen.values())
    said = f"{len(seen)}: {len(seen) - len(wrong)} as expected, {len(ours)} internal_error, slowest {slowest:.2f} s"
    deadline = faults.POLICY.link_seconds + 1
    kept = len(seen) >= FAULTS and not wrong and not ours and slowest <= deadline
    yield Figure("faults on the wire", said, f"at least {FAULTS}, all typed, each within {deadline} s", kept)


def _tls() -> Iterator[Figure]:
    promised = f"at least {TLS_FAULTS}, all typed"
    if find_spec("trustme") is None:
        yield Figure("faults of encryption", "not tried: trustme is not installed", promised, kept=True)
        return
    from benchmarks.hostile import tls

    expected = {**{name: row[3] for name, row in tls.CERTIFICATES.items()}, **tls.OTHERS}
    wrong = [name for name, outcome in expected.items() if tls.observed(name).outcome.value != outcome]
    said = f"{len(expected) - 1}: {len(expected) - 1 - len(wrong)} as expected"
    yield Figure("faults of encryption", said, promised, kept=not wrong)


def main() -> int:
    """Print the figures and return the exit code."""
    found = []
    for figure in figures():
        found.append(figure)
        print(f"{figure.name}: {figure.value}", file=sys.stderr)
    rows = [[figure.name, figure.value, figure.promised, "yes" if figure.kept else "NO"] for figure in found]
    print(markdown_table(["hostile", "result", "promised", "kept"], rows))
    return 0 if all(figure.kept for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
