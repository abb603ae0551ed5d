"""What a caller can bring that knows already where addresses lead."""

from __future__ import annotations

from typing import Protocol


class Expansion(Protocol):
    """Where an address leads, by the word of a file."""

    @property
    def expanded_url(self) -> str:
        """Where it leads, as written there."""

    @property
    def evidence(self) -> str:
        """Which file says so: its name, and ``sha256:`` with its digest."""


class KnownLinks(Protocol):
    """Tables of known expansions. :class:`cache.dumps.Known` has them in a file."""

    def get(self, url: str) -> Expansion | None:
        """Return where an address leads, if a table says so. It is called in a thread of the client's."""
        ...
