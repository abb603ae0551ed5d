"""Which note belongs to which post."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.consent import Placeholder


class Notes:
    """The notes of one text, each of which belongs to at most one post."""

    def __init__(self, text: str, placeholders: Sequence[Placeholder]) -> None:
        self._text = text
        self._placeholders = placeholders
        self._starts = [placeholder.start for placeholder in placeholders]
        self._ends = [placeholder.end for placeholder in placeholders]
        self._taken: set[int] = set()

    def take(self, start: int, end: int) -> Placeholder | None:
        """Return the note with nothing but white space between it and the post at *start* to *end*.

        The one before the post, else the one after it; it is taken, so that no other post gets it.
        """
        before, after = bisect_right(self._ends, start) - 1, bisect_left(self._starts, end)
        if before >= 0 and self._free(before, self._ends[before], start):
            return self._take(before)
        if after < len(self._placeholders) and self._free(after, end, self._starts[after]):
            return self._take(after)
        return None

    def left(self) -> list[Placeholder]:
        """Return the notes that no post has taken."""
        return [note for number, note in enumerate(self._placeholders) if number not in self._taken]

    def _free(self, number: int, start: int, end: int) -> bool:
        return number not in self._taken and not self._text[start:end].strip()

    def _take(self, number: int) -> Placeholder:
        self._taken.add(number)
        return self._placeholders[number]
