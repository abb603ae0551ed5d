"""What comes back from asking one address once: an answer, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from resolver.models import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, as far as following a link needs it."""

    #: The HTTP status code.
    status: int
    #: When its head came (UTC), and how many seconds after the request was sent.
    at: datetime
    seconds: float
    #: The values of all its Location headers, as sent.
    locations: tuple[bytes, ...] = ()
    #: The value of its Retry-After header.
    retry_after: str | None = None
    #: As much of the page as was to be read; empty where none was.
    body: bytes = b""
    #: Whether the page went on after that.
    cut: bool = False
    #: The address of the server that answered instead of the host.
    connected_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no answer."""

    outcome: Outcome
    #: What failed, in words.
    error: str
    #: False where asking again at once would only fail again, whatever is usual for the outcome.
    can_pass: bool = True


Reply = Answer | Failure


class Asker(Protocol):
    """Asks one address once."""

    async def ask(self, address: str) -> Reply:
        """Return what came of it. Never raises for what networks and servers do."""
        ...


class Workers(Protocol):
    """Those who ask, each one thing at a time."""

    def free(self, host: str) -> AbstractAsyncContextManager[Asker]:
        """Wait for one who is free to ask the *host*, and have it for as long as the context lasts."""
        ...


def printable(text: str, most: int = 300) -> str:
    """Return what strangers sent as words that can be shown: ASCII, and not much longer than *most* characters.

    >>> printable("caf\N{LATIN SMALL LETTER E WITH ACUTE} au lait", most=10)
    'caf\\\\xe9 au...'
    """
    shown = ascii(text[: most + 1])[1:-1]
    return shown if len(shown) <= most else shown[:most] + "..."
