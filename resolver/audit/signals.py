"""What one observation is evidence of, before its page is looked at.

The table errs on one side: what a living page can answer too is never evidence of death. Robots are met with 403, 429,
503 and 999 by hosts whose readers see a page (the complaint that users of link checkers make most), with connections
that are reset or left waiting, and with redirects in circles where a cookie is missing. None of these counts. What
counts is a server that says there is nothing (404, 410), a host that nobody finds or reaches, and a server that fails
in other ways than by being busy; the last two pass often, and so all of them must be seen several times, days apart.
InternetArchiveBot counts more (every 4xx and 5xx, https://meta.wikimedia.org/wiki/InternetArchiveBot/FAQ_for_sysadmins).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.findings import Signal
from resolver.models import Outcome

if TYPE_CHECKING:
    from resolver.models import Observation

SIGNALS: Final = {
    Outcome.OK: Signal.ALIVE,
    # The pages of platforms prove nothing; who else can be asked is in resolver.audit.oembed.
    Outcome.POST: Signal.UNKNOWN,
    Outcome.KNOWN: Signal.UNKNOWN,
    Outcome.CONSENT_WALL: Signal.BLOCKED,
    Outcome.INTERSTITIAL_WARNING: Signal.BLOCKED,
    Outcome.NOT_FOUND: Signal.GONE,
    Outcome.GONE: Signal.GONE,
    Outcome.FORBIDDEN: Signal.BLOCKED,
    # 400, 402, 405, 406, 418 ...: of our request, not of what it asked for.
    Outcome.CLIENT_ERROR: Signal.UNKNOWN,
    Outcome.RATE_LIMITED: Signal.BLOCKED,
    Outcome.SERVER_ERROR: Signal.FAILING,
    # What t.co and its like show when they are down, or do not want to lead on.
    Outcome.UNAVAILABLE_PAGE: Signal.UNKNOWN,
    Outcome.TIMEOUT_CONNECT: Signal.FAILING,
    # Somebody took the connection: slow, or leaving a robot to wait.
    Outcome.TIMEOUT_READ: Signal.UNKNOWN,
    Outcome.TIMEOUT_TOTAL: Signal.UNKNOWN,
    Outcome.DNS_ERROR: Signal.FAILING,
    Outcome.CONNECTION_REFUSED: Signal.FAILING,
    Outcome.CONNECTION_LOST: Signal.UNKNOWN,
    # Behind a bad certificate there is a server, and behind the browser's warning perhaps the page.
    Outcome.TLS_EXPIRED: Signal.UNKNOWN,
    Outcome.TLS_NOT_YET_VALID: Signal.UNKNOWN,
    Outcome.TLS_NAME: Signal.UNKNOWN,
    Outcome.TLS_UNTRUSTED: Signal.UNKNOWN,
    Outcome.TLS_PROTOCOL: Signal.UNKNOWN,
    Outcome.TLS_ERROR: Signal.UNKNOWN,
    Outcome.PROTOCOL_ERROR: Signal.UNKNOWN,
    # Who refuses cookies is often sent in circles by pages that are there.
    Outcome.BAD_REDIRECT: Signal.UNKNOWN,
    Outcome.REDIRECT_LOOP: Signal.UNKNOWN,
    Outcome.TOO_MANY_REDIRECTS: Signal.UNKNOWN,
    Outcome.INVALID_URL: Signal.NOT_CHECKABLE,
    Outcome.BLOCKED_SCHEME: Signal.NOT_CHECKABLE,
    Outcome.BLOCKED_ADDRESS: Signal.NOT_CHECKABLE,
    Outcome.TOO_LARGE: Signal.UNKNOWN,
    Outcome.BAD_ENCODING: Signal.UNKNOWN,
    Outcome.TRUNCATED: Signal.NOT_CHECKABLE,
    Outcome.INTERNAL_ERROR: Signal.UNKNOWN,
}

#: RFC 9110 15.6.4: overloaded or in maintenance, for a while; and what hosts show to robots. The other 5xx count.
_BUSY: Final = 503


def signal_of(observation: Observation) -> Signal:
    """Return what an observation is evidence of.

    >>> from datetime import UTC, datetime
    >>> from resolver.models import Observation
    >>> signal_of(Observation(url="https://news.example/", observed_at=datetime.now(UTC), seconds=0.1,
    ...     outcome=Outcome.NOT_FOUND)).value
    'gone'
    """
    if observation.outcome is Outcome.SERVER_ERROR and _last_status(observation) == _BUSY:
        return Signal.UNKNOWN
    return SIGNALS[observation.outcome]


def sentence_of(observation: Observation) -> str:
    """Return what was observed as a sentence, with the status and the words of the error where there are any.

    >>> from datetime import UTC, datetime
    >>> from resolver.models import Observation
    >>> sentence_of(Observation(url="https://news.example/", observed_at=datetime(2026, 11, 1, tzinfo=UTC),
    ...     seconds=0.1, outcome=Outcome.DNS_ERROR, error="news.example: Name or service not known"))
    'the host name has no address (news.example: Name or service not known)'
    """
    outcome = observation.outcome
    return f"{outcome.sentence} ({observation.error})" if observation.error else outcome.sentence


def _last_status(observation: Observation) -> int | None:
    return observation.hops[-1].status if observation.hops else None
