"""What a command finds in its inputs, one document after the other: counted, and shown while it goes on."""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from resolver.render.scan_summary import scan_summary_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.commandline.inputs import Inputs
    from resolver.models import Embed
    from resolver.render.progress import Bar

#: Work on fewer bytes is done before anybody would look.
_LONG = 4_000_000
#: Seconds between two changes of what is shown.
_PAUSE = 0.1


def is_watched(*, output: str | None, quiet: bool) -> bool:
    """Return whether somebody sees a bar: on a terminal that no data is printed to, which would stand in its middle."""
    return sys.stderr.isatty() and not quiet and (output not in {None, "-"} or not sys.stdout.isatty())


class Watch:
    """What was found so far."""

    def __init__(self, inputs: Inputs, bar: Bar) -> None:
        self._inputs = inputs
        self._bar = bar
        self._kinds: Counter[str] = Counter()
        self._platforms: Counter[str] = Counter()
        self._links = 0
        self._size = 0
        self._next = 0.0

    def found(self, embeds: Sequence[Embed]) -> Sequence[Embed]:
        """Count the embeds of a document, and return them."""
        for embed in embeds:
            self._kinds[embed.kind.value] += 1
            self._platforms[embed.platform or ""] += 1
            self._links += sum(link.url is not None for link in embed.links)
        self._show()
        return embeds

    def taken(self, size: int) -> None:
        """Count bytes that were read."""
        self._size += size
        self._show()

    def summary(self) -> Iterator[str]:
        """Yield what was found, in words."""
        return scan_summary_lines(
            documents=self._inputs.documents,
            kinds=self._kinds,
            platforms=self._platforms,
            links=self._links,
            unreadable=self._inputs.unreadable,
        )

    def _show(self) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _PAUSE
            self._bar.scanned(documents=self._inputs.documents, size=self._size, embeds=self._kinds.total())


@contextmanager
def watched(inputs: Inputs, *, output: str | None, quiet: bool) -> Iterator[Watch]:
    """Yield what counts the embeds that are found while the block reads the inputs, and shows that on a terminal."""
    from resolver.render.progress import scan_progress

    shown = is_watched(output=output, quiet=quiet)
    size = inputs.size() if shown else None
    with scan_progress(sys.stderr, shown=shown and (size is None or size > _LONG), size=size) as bar:
        watch = Watch(inputs, bar)
        inputs.say, inputs.taken = bar.say, watch.taken
        try:
            yield watch
        finally:
            inputs.say, inputs.taken = None, lambda _: None
