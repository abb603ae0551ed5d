"""What a caller may bring to the readers, so that documents without what it looks for are never decoded."""

from __future__ import annotations

from typing import Protocol


class Screen(Protocol):
    """Tells from the bytes of documents which of them are to be read. The others are not yielded: it counts them.

    Of what is not read, nothing is said but that it is there: no character in it that cannot be decoded, no field that
    is missing.
    """

    def text(self, data: bytes | memoryview) -> bool:
        """Return whether a text is to be read; it is in UTF-8 or Windows-1252."""
        ...

    def page(self, data: bytes | memoryview) -> bool:
        """Return whether an HTML page is to be read; it is in UTF-8 or Windows-1252."""
        ...

    def line(self, data: bytes | memoryview, *, html: bool) -> bool:
        """Return whether a line of JSON is to be parsed, of which some string is a text, or *html*."""
        ...
