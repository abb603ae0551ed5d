"""What a scan found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.render.table import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def scan_summary_lines(
    *, documents: int, kinds: Mapping[str, int], platforms: Mapping[str, int], links: int, unreadable: int
) -> Iterator[str]:
    """Yield how many documents were read, the embeds in them by kind and platform, and what could not be read.

    The platform that is not known is the empty string.

    >>> for line in scan_summary_lines(
    ...     documents=1200, kinds={"leftover": 2, "markup": 1}, platforms={"twitter": 2, "": 1}, links=4, unreadable=1
    ... ):
    ...     print(line)
    3 embeds in 1,200 documents: 2 leftover, 1 markup; 2 twitter, 1 of an unknown platform.
    4 links in them.
    1 file or row could not be read.
    """
    embeds = sum(kinds.values())
    detail = f": {_counts(kinds)}; {_counts(platforms)}" if embeds else ""
    yield f"{number(embeds, 'embed')} in {number(documents, 'document')}{detail}."
    if links:
        yield f"{number(links, 'link')} in them."
    if unreadable:
        yield f"{unreadable:,} {'file or row' if unreadable == 1 else 'files or rows'} could not be read."


def _counts(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count:,} {name or 'of an unknown platform'}" for name, count in ordered)
