"""The list of addresses that lynx puts at the end of a page, by the numbers that stand before each link's text."""

from __future__ import annotations

import re
from functools import cached_property

from resolver.patterns import pattern

_REFERENCE = pattern(r"^[^\S\n]{0,8}([0-9]{1,4})\.[^\S\n]{1,4}(https?://\S{1,400})", re.MULTILINE)


class References:
    """The numbered addresses of a text, read when the first is asked for.

    >>> References("[1]May 2, 2019\\n\\nReferences\\n\\n   1. https://news.example/").address("1")
    'https://news.example/'
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def address(self, number: str) -> str | None:
        """Return the address of a number, ``None`` where the list has none."""
        return self._addresses.get(number)

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {match[1]: match[2] for match in _REFERENCE.finditer(self._text)}
