"""What the search for blocked embeds gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class BlockedElement:
    """The element of a page that stands where an embed was held back, and what it hides.

    Where nothing could be recovered, ``html`` and ``url`` are both ``None``; else one of them is given.
    """

    #: The span of the placeholder in the page's source, with the sibling that holds its payload, if one does.
    start: int
    end: int
    #: The name of the vendor's row; ``None`` where only the payload was recognised, not who hid it.
    vendor: str | None
    platform: str | None
    #: The embed's HTML, to be read as any other HTML. It comes from the page and is not to be trusted.
    html: str | None = None
    #: The address of the post or of its player.
    url: str | None = None
    #: The span of the text that the placeholder shows, in the page's source; ``None`` where it shows none.
    note: tuple[int, int] | None = None
    #: ``consent.<vendor>``, or ``consent.net`` for what no vendor's row knows.
    rule: str
    #: From 0 to 1.
    confidence: float

    @property
    def recovered(self) -> bool:
        """Whether what it hides is known."""
        return self.html is not None or self.url is not None
