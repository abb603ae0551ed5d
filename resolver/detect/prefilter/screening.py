"""Which documents of a corpus are to be read at all, and how many are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resolver.detect.prefilter.sieve import Sieve


class Screening:
    """Asks a sieve of documents as they are stored, and counts those that hold no trace of an embed.

    It is what readers take as :class:`resolver.documents.screen.Screen`.

    >>> from resolver.detect.prefilter import Sieve
    >>> screening = Screening(Sieve(worth=0))
    >>> screening.text(b"The harbour reopened."), screening.passed_over
    (False, 1)
    """

    def __init__(self, sieve: Sieve) -> None:
        self._sieve = sieve
        #: How many documents were not to be read.
        self.passed_over = 0

    def text(self, data: bytes | memoryview) -> bool:
        """Return whether a text is to be read; it is in UTF-8 or Windows-1252."""
        return bool(self._sieve.of_text(data)) or self._pass_over()

    def page(self, data: bytes | memoryview) -> bool:
        """Return whether a page is to be read; it is in UTF-8 or Windows-1252."""
        return bool(self._sieve.of_page(data)) or self._pass_over()

    def line(self, data: bytes | memoryview, *, html: bool) -> bool:
        """Return whether a line of JSON is to be parsed, of which some string is a text, or *html*."""
        return bool(self._sieve.of_json(data, html=html)) or self._pass_over()

    def _pass_over(self) -> bool:
        self.passed_over += 1
        return False
