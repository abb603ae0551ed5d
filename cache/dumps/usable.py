"""What can be used of the pairs in a file, and how much of it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.dumps.addresses import short_key, split_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cache.dumps.formats import Pair, Pairs

#: Characters that are shown of what cannot be used.
SHOWN = 60


class UsablePairs:
    """Pairs of which both are addresses, each cut in two; how many there were, and how many were none, so far.

    >>> from cache.dumps.formats import Pair, Pairs
    >>> rows = [("short", "long"), ("t.co/a", "https://example.org/"), ("t.co/b", "javascript:alert(1)")]
    >>> pairs = UsablePairs(Pairs((Pair(*row, number) for number, row in enumerate(rows, start=1)), "line"))
    >>> list(pairs), pairs.unusable, pairs.first_unusable
    ([(('t.co', '/a'), ('https://example.org', '/'))], 1, "line 3: 'javascript:alert(1)'")
    """

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self.usable = 0
        #: Pairs of which one is an address and the other cannot be one; and where the first of them stands, and what
        #: it has in its place.
        self.unusable = 0
        self.first_unusable: str | None = None

    def __iter__(self) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        """Yield the short link, as :func:`short_key` cuts it, and where it leads, as :func:`split_target` does."""
        for pair in self._pairs.pairs:
            key, target = short_key(pair.url), split_target(pair.expanded_url)
            if key is None or target is None:
                # A heading has no address at all.
                if key is not None or target is not None:
                    self._leave_out(pair, pair.url if key is None else pair.expanded_url)
            # Streams hold pairs of the same address, of links that nobody had looked into yet.
            elif key != short_key(pair.expanded_url):
                self.usable += 1
                yield key, target

    def _leave_out(self, pair: Pair, value: str) -> None:
        self.unusable += 1
        if self.first_unusable is None:
            shown = value if len(value) <= SHOWN else f"{value[:SHOWN]}..."
            self.first_unusable = f"{self._pairs.unit} {pair.number:,}: {shown!r}"
