"""What scanning a whole month of Common Crawl costs, by the speed that was measured.

::

    python -m benchmarks.scale.month --wet MB/S --warc MB/S [--scale N] [--price USD]
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The crawl of September 2016, as its publisher describes it: https://commoncrawl.org/2016/10/september-2016-crawl-archive-now-available/
#: (1.72 billion pages; 4.54 TiB of WET.gz and 28.94 TiB of WARC.gz). Later ones are about twice as large: --scale.
PAGES: Final = 1.72e9
COMPRESSED: Final = {"WET": 4.54 * 2**40, "WARC": 28.94 * 2**40}
#: How many times larger they are when they are unpacked: texts, and pages of HTML with their HTTP headers.
UNPACKED: Final = {"WET": 2.6, "WARC": 5.0}
#: What a core costs for an hour, in US dollars: about what a virtual core of a cloud machine costs on demand.
PRICE: Final = 0.045


def core_hours(kind: str, megabytes_a_second: float, *, scale: float = 1.0) -> float:
    """Return how many hours of one core a month takes.

    >>> round(core_hours("WET", 100.0))
    36
    """
    return scale * COMPRESSED[kind] * UNPACKED[kind] / 1e6 / megabytes_a_second / 3600


def month_lines(
    *, wet: float, warc: float, scale: float = 1.0, price: float = PRICE, said: str = ""
) -> Iterator[str]:
    """Yield what a month costs, by how many megabytes of content a core scans in a second; *said* is said of how.

    >>> list(month_lines(wet=100.0, warc=300.0))[0]
    'A month of WET.gz (4.5 TiB) at 100 MB/s a core: 36 core hours, about 2 US dollars.'
    """
    for kind, speed in (("WET", wet), ("WARC", warc)):
        hours = core_hours(kind, speed, scale=scale)
        size = scale * COMPRESSED[kind] / 2**40
        yield (
            f"A month of {kind}.gz ({size:.1f} TiB){said} at {speed:,.0f} MB/s a core: "
            f"{hours:,.0f} core hours, about {hours * price:,.0f} US dollars."
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what a month costs."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale.month", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--wet", type=float, required=True, help="MB of text that a core scans in a second")
    parser.add_argument("--warc", type=float, required=True, help="MB of HTML that a core scans in a second")
    parser.add_argument("--scale", type=float, default=1.0, help="how many times larger the crawl is")
    parser.add_argument("--price", type=float, default=PRICE, help="US dollars for an hour of a core")
    options = parser.parse_args(arguments)
    print(
        "\n".join(month_lines(wet=options.wet, warc=options.warc, scale=options.scale, price=options.price))
    )


if __name__ == "__main__":
    main()
