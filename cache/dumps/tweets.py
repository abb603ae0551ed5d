"""The links of tweets as Twitter's data has them: each with the address that it stands for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

#: Characters read at a time, and the most that one tweet may have.
CHUNK, LONGEST_TWEET = 1 << 20, 1 << 24
_BETWEEN = " \t\r\n,"


def pairs_in(value: Any) -> Iterator[tuple[str, str]]:
    """Yield each ``url`` with its ``expanded_url``, wherever in a tweet they stand together.

    That is so in ``entities.urls``, in ``entities.media``, in the profile of the author, and in the tweets that it
    quotes and repeats, in all versions of the format.
    https://developer.x.com/en/docs/x-api/v1/data-dictionary/object-model/entities

    >>> list(pairs_in({"entities": {"urls": [{"url": "https://t.co/x", "expanded_url": "https://example.org/"}]}}))
    [('https://t.co/x', 'https://example.org/')]
    """
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            url, expanded_url = value.get("url"), value.get("expanded_url")
            if isinstance(url, str) and isinstance(expanded_url, str):
                yield url, expanded_url
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def array_items(stream: TextIO) -> Iterator[Any]:
    """Yield the items of the array that a ``tweets.js`` of a Twitter archive assigns, or of any JSON array.

    The array is read piece by piece. Raises :class:`ValueError` where it is cut off, or is none.

    >>> import io
    >>> list(array_items(io.StringIO('window.YTD.tweets.part0 = [ {"tweet": 1}, {"tweet": 2} ]')))
    [{'tweet': 1}, {'tweet': 2}]
    """
    decoder = json.JSONDecoder()
    head, bracket, buffer = stream.read(CHUNK).partition("[")
    if not bracket or len(head) > 200:
        raise ValueError("no array begins in it")
    place = 0
    while True:
        place = _after_separators(buffer, place)
        if buffer.startswith("]", place):
            return
        try:
            item, place = decoder.raw_decode(buffer, place)
        except ValueError as error:
            more = stream.read(CHUNK)
            if not more or len(buffer) - place > LONGEST_TWEET:
                raise ValueError("the array in it is cut off or damaged") from error
            buffer, place = buffer[place:] + more, 0
        else:
            yield item


def _after_separators(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BETWEEN:
        place += 1
    return place
