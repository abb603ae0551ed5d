"""What known expansions cost: the disk, the memory and the time of loading, and how many look-ups there are.

    python -m benchmarks.known_links --pairs 10000000

The pairs are made up in the shape of real ones: codes of t.co in no order, and addresses of 40,000 sites, of 71
characters on average.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Final

from cache.dumps import Known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ALPHABET: Final = ascii_letters + digits
_SITES: Final = 40_000


@dataclass(frozen=True)
class Cost:
    """What was measured."""

    pairs: int
    #: CPU seconds of loading.
    seconds: float
    #: Bytes of the store on the disk.
    bytes: int
    #: The most memory that the process had, in bytes.
    memory: int
    #: Look-ups per CPU second, half of them of links that are known.
    look_ups: float

    def __str__(self) -> str:
        """Return the figures in a line.

        >>> print(Cost(pairs=1000, seconds=2.0, bytes=90_000, memory=50_000_000, look_ups=30_000.0))
        1,000 pairs: 2 CPU s to load, 0 MB of disk (90 bytes each), 50 MB of memory, 30,000 look-ups per CPU second
        """
        return (
            f"{self.pairs:,} pairs: {self.seconds:.0f} CPU s to load, {self.bytes / 1e6:,.0f} MB of disk "
            f"({self.bytes / self.pairs:.0f} bytes each), {self.memory / 1e6:.0f} MB of memory, "
            f"{self.look_ups:,.0f} look-ups per CPU second"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.known_links", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--pairs", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        print(measure(options.pairs, Path(folder)))


def measure(pairs: int, folder: Path) -> Cost:
    """Return what loading so many pairs costs, and looking some of them up."""
    dump, store = folder / "tco.txt", folder / "links.db"
    with dump.open("w", encoding="ascii") as out:
        out.write("#FORMAT: BEACON\n#PREFIX: https://t.co/\n")
        out.writelines(f"{code}|{target}\n" for code, target in made_up(pairs))
    began = time.process_time()
    with Known.open(store) as known:
        known.load(dump)
        seconds = time.process_time() - began
        look_ups = _look_ups(known, [code for code, _ in made_up(min(pairs, 50_000))])
    # In KiB on Linux.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Cost(pairs, seconds, store.stat().st_size, memory, look_ups)


def made_up(pairs: int) -> Iterator[tuple[str, str]]:
    """Yield codes with where they lead, the same ones each time.

    >>> [len(code) for code, target in made_up(3)]
    [10, 10, 10]
    """
    source = random.Random(8)
    for _ in range(pairs):
        site = min(source.randrange(_SITES) for _ in range(3))
        path = "".join(source.choices(_ALPHABET, k=source.randint(20, 68)))
        yield "".join(source.choices(_ALPHABET, k=10)), f"https://www.site{site:05}.example/{path}"


def _look_ups(known: Known, codes: list[str]) -> float:
    urls = [f"https://t.co/{code}" for code in codes] + [f"https://t.co/{code[::-1]}" for code in codes]
    random.Random(9).shuffle(urls)
    # CPU time, since what else the machine does must not count; the reads are from its cache.
    began = time.process_time()
    found = sum(known.get(url) is not None for url in urls)
    seconds = time.process_time() - began
    if found < len(codes):
        raise RuntimeError(f"only {found} of {len(codes)} links were found")
    return len(urls) / seconds


if __name__ == "__main__":
    main()
