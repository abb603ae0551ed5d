"""Rows of many keys asked for at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: So many at a time: once SQLite knew no more than 999 parameters.
AT_ONCE = 512


def key_lists(keys: Iterable[int], *, at_once: int = AT_ONCE) -> Iterator[tuple[str, list[int]]]:
    """Yield the keys in ascending order as conditions, ``IN (?, ?, ...)``, each with its parameters.

    The last key is repeated until they are a power of two, so that there are few statements to prepare.

    >>> list(key_lists([7, 9, 8]))
    [('IN (?, ?, ?, ?)', [7, 8, 9, 9])]
    """
    ordered = sorted(keys)
    for start in range(0, len(ordered), at_once):
        some = ordered[start : start + at_once]
        places = 1 << (len(some) - 1).bit_length()
        yield f"IN ({', '.join('?' * places)})", some + some[-1:] * (places - len(some))
