"""What an answer that is no redirect means: where its page leads on to, or how the chain ends with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resolver.expand.address import absolute, host_of, without_fragment
from resolver.expand.exchange import Failure, printable
from resolver.expand.page import short_link
from resolver.models import Outcome, Via

if TYPE_CHECKING:
    from resolver.expand.exchange import Answer
    from resolver.expand.page import Page

#: A page that waits longer is one that reloads itself or says good-bye, not a redirect.
LONGEST_REFRESH_SECONDS = 10

#: Statuses whose outcome is not that of their class.
_OUTCOMES = {
    401: Outcome.FORBIDDEN,
    403: Outcome.FORBIDDEN,
    404: Outcome.NOT_FOUND,
    # The server got tired of waiting for us (RFC 9110 15.5.9): it has not said anything of the address.
    408: Outcome.TIMEOUT_READ,
    410: Outcome.GONE,
    429: Outcome.RATE_LIMITED,
    451: Outcome.FORBIDDEN,
    # Outside of HTTP's range; what LinkedIn answers those whom it takes for robots.
    999: Outcome.FORBIDDEN,
}

_OUTCOMES_BY_CLASS = {
    2: Outcome.OK,
    3: Outcome.BAD_REDIRECT,
    4: Outcome.CLIENT_ERROR,
    5: Outcome.SERVER_ERROR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What an answer means."""

    #: How the chain ends with it; ``None`` where it leads on.
    outcome: Outcome | None = None
    error: str | None = None
    #: Where it leads on to, as written, and how.
    leads_to: str = ""
    via: Via = Via.HTTP


def land(asked: str, answer: Answer, page: Page | None) -> Landing:
    """Return what the answer to an address means; *page* is what its page says, where it was read.

    >>> from datetime import UTC, datetime
    >>> from resolver.expand.exchange import Answer
    >>> land("https://news.example/", Answer(status=410, at=datetime.now(UTC), seconds=0.1), None).outcome.value
    'gone'
    """
    short = short_link(asked) if 200 <= answer.status <= 299 else None
    if short and short.only_target:
        return _page_of_target(asked, answer, page)
    refreshed = _refreshed(asked, page) if page else None
    if refreshed:
        return Landing(leads_to=refreshed, via=Via.META_REFRESH)
    if short:
        if short.click and page and page.click:
            return Landing(leads_to=page.click, via=Via.UNWRAP)
        return Landing(outcome=Outcome.UNAVAILABLE_PAGE, error=f"the page at {asked} leads nowhere")
    by_class = _OUTCOMES_BY_CLASS.get(answer.status // 100, Outcome.PROTOCOL_ERROR)
    outcome = _OUTCOMES.get(answer.status, by_class)
    return Landing(
        outcome=outcome, error=None if outcome is Outcome.OK else f"{asked} answered {answer.status}"
    )


def _page_of_target(asked: str, answer: Answer, page: Page | None) -> Landing:
    """Follow the page with which t.co answers browsers, if all that it says is the same.

    What it shows when it is down or warns of a target also comes as 200: never an expansion.
    """
    if answer.cut:
        return Landing(outcome=Outcome.TOO_LARGE, error=f"the page at {asked} is larger than what is read")
    if page and page.warning:
        return Landing(outcome=Outcome.INTERSTITIAL_WARNING, error=f"the page at {asked} warns of its target")
    leading = [*(refresh.address for refresh in page.refreshes), page.replacement] if page else []
    leading = [address for address in leading if address is not None]
    if page is None or not leading:
        return Landing(outcome=Outcome.UNAVAILABLE_PAGE, error=f"the page at {asked} leads nowhere")
    # The title is of no help in finding the target, but another one than the target shows that it is no such
    # page.
    written = [address for address in [*leading, page.title] if address is not None]
    if len({absolute(address) for address in written}) != 1:
        error = f"the page at {asked} names different addresses: {printable(', '.join(written))}"
        return Landing(outcome=Outcome.UNAVAILABLE_PAGE, error=error)
    return Landing(leads_to=written[0], via=Via.META_REFRESH)


def _refreshed(asked: str, page: Page) -> str | None:
    """Return where the page at an ordinary host sends its readers, if it is elsewhere."""
    for refresh in page.refreshes:
        target = absolute(refresh.address, asked)
        if isinstance(target, Failure) or refresh.seconds > LONGEST_REFRESH_SECONDS:
            continue
        # What a site shows those without JavaScript is not where its link leads, unless it is another site.
        same = host_of(target) == host_of(asked) if refresh.noscript else without_fragment(target) == asked
        if not same:
            return target
    return None
