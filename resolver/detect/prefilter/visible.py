"""Which places of a page are in the text that it shows: most words that rules ask for are in addresses and scripts."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from resolver.detect.page_runs import runs
from resolver.detect.page_tags import TAG
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resolver.detect.page_runs import Run

_TAG: Final = pattern(TAG.encode())


def visible(page: bytes, ends: Sequence[int], parts: Iterable[Run] | None = None) -> list[int]:
    """Return those of the *ends* of hits in a *page* (in order) of which the byte before may stand in its text.

    *parts* are its :func:`~resolver.detect.page_runs.runs`, where they are known.

    None is left out that does where :func:`resolver.detect.page_text.page_text` reads the page without leaving out
    embeds. The page is in UTF-8 or another encoding that has ASCII as it is.

    >>> import re
    >>> page = b'<a title="cookie">cookie</a><script>cookie</script>'
    >>> visible(page, [match.end() for match in re.finditer(b"cookie", page)])
    [24]
    """
    outside = list(_outside_of_tags(page, ends))
    if not outside:
        return []
    shown: list[int] = []
    for run in runs(page) if parts is None else parts:
        first = bisect_right(outside, run.start)
        last = bisect_right(outside, run.end)
        shown += outside[first:last]
        if last == len(outside):
            break
    return shown


def _outside_of_tags(page: bytes, ends: Sequence[int]) -> Iterator[int]:
    """Yield the ends that do not stand between ``<`` of a tag and the next ``>``.

    What stands there is not shown, whatever surrounds the tag: nothing hidden ends without one of the two signs.
    """
    looked_at, opening, closing = 0, 0, -1
    is_tag = False
    for end in ends:
        found = page.rfind(b"<", looked_at, end)
        looked_at = end
        if found != -1:
            opening = found
            is_tag = page[opening + 1 : opening + 2] in {b"!", b"?"} or _TAG.match(page, opening) is not None
            if is_tag and closing < opening:
                closing = page.find(b">", opening)
                closing = len(page) if closing == -1 else closing
        if not is_tag or end > closing + 1:
            yield end
