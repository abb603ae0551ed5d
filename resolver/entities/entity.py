"""One handle, hashtag, cashtag or link in a text, and where it stands."""

from __future__ import annotations

from typing import NamedTuple


class Entity(NamedTuple):
    """A find in a text. The function that returned it says what kind of find it is.

    ``start`` and ``end`` are half-open offsets in Unicode code points; they enclose the sign too, where there
    is one, and the list of a mention.
    """

    #: Without its sign; for a link, as it is written.
    value: str
    start: int
    end: int
    #: The list behind a handle, without the slash; ``None`` where there is none.
    list_slug: str | None = None
