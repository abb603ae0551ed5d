"""What comes back from asking one address once: an answer, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from resolver.models import Capture, Outcome


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
    #: Where the exchange is recorded, if it is.
    capture: Capture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no answer."""

    outcome: Outcome
    #: What failed, in words.
    error: str
    #: False where asking again at once would only fail again, whatever is usual for the outcome.
    can_pass: bool = True
    #: Where the exchange is recorded, if it is: what was sent, and as much of an answer as came.
    capture: Capture | None = None


Reply = Answer | Failure


class Asker(Protocol):
    """Asks one address once."""

    async def ask(self, address: str) -> Reply:
        """Return what came of it. Never raises for what networks and servers do."""
        ...


@dataclass(slots=True, kw_only=True)
class Recording:
    """What went over the wire for one request, byte by byte, as far as it was read. Filled while it goes on."""

    #: The address that was asked, absolute and without its fragment, and when it was (UTC).
    address: str
    at: datetime
    #: The number of the machine at the other end, where the transport tells.
    peer: str | None = None
    #: The request's head. Empty where no connection was made.
    request: bytes = b""
    #: The answer: its head with the empty line after it, then its body, in the codings in which it was sent.
    received: bytearray = field(default_factory=bytearray)
    #: So many of these bytes are the head; 0 where it did not come.
    head_bytes: int = 0
    #: Whether the body came to its end.
    whole: bool = False

    def head_ends(self, *, unread: int, interim: bool) -> None:
        """Note that the head ends before the last *unread* bytes. An *interim* answer (1xx) is forgotten."""
        end = len(self.received) - unread
        if interim:
            del self.received[:end]
        else:
            self.head_bytes = end


class Archive(Protocol):
    """Keeps what was exchanged as evidence."""

    def keep(self, recording: Recording) -> Capture | None:
        """Write one exchange down and return where; ``None`` where the head of an answer has not come.

        Called once for each, when nothing more comes of it. Raises :class:`~resolver.errors.OutputError`.
        """
        ...

    def sync(self) -> None:
        """Have all that was kept on disk. Called in the threads of the client's callers, also while others keep."""
        ...


def printable(text: str, most: int = 300) -> str:
    """Return what strangers sent as words that can be shown: ASCII, and not much longer than *most* characters.

    >>> printable("caf\N{LATIN SMALL LETTER E WITH ACUTE} au lait", most=10)
    'caf\\\\xe9 au...'
    """
    shown = ascii(text[: most + 1])[1:-1]
    return shown if len(shown) <= most else shown[:most] + "..."
