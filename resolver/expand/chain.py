"""Where a link leads, decided from the answers so far. Nothing here asks, waits or looks at a clock.

``start`` a chain, ask for ``chain.ask``, ``advance`` it with what came back, and again, until nothing is to
be asked: then ``chain.outcome`` says how it ended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resolver.expand.address import LONGEST, absolute, decode, host_of, with_fragment_of, without_fragment
from resolver.expand.exchange import Answer, Failure, printable
from resolver.expand.page import is_short_link
from resolver.models import Hop, Outcome, Via

if TYPE_CHECKING:
    from collections.abc import Callable

    from resolver.expand.exchange import Reply
    from resolver.expand.page import Page

#: RFC 9110 15.4: the statuses that send the client on to their Location. The other 3xx do not.
REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: A page that waits longer is one that reloads itself or says good-bye, not a redirect.
LONGEST_REFRESH_SECONDS = 10

#: How an address ends that an article, or the tool that copied it, has cut off.
_CUT_OFF = ("…", "%e2%80%a6", "...")

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
class Rules:
    """What a chain is judged by."""

    #: Whether an address is that of a post. It is not asked: to those who are not logged in, pages prove
    #: nothing.
    is_post: Callable[[str], bool]
    #: How many redirects are followed.
    redirects: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What is known of where one link leads."""

    hops: tuple[Hop, ...] = ()
    #: The address reached so far, fragment included; ``None`` where the link is not an address.
    address: str | None = None
    #: Over how many redirects it was reached.
    redirects: int = 0
    #: How the chain ended; ``None`` while there is more to ask.
    outcome: Outcome | None = None
    error: str | None = None

    @property
    def ask(self) -> str | None:
        """The address to be asked next, without its fragment; ``None`` at the end."""
        return without_fragment(self.address) if self.address and self.outcome is None else None

    @property
    def expanded_url(self) -> str | None:
        """The last address that the chain is known to lead to, even if that one then failed.

        A link that leads to no other address leads to itself if it answered with success, or is a post's; the
        page with which a short link fails is no expansion.
        """
        arrived = self.redirects > 0 or self.outcome in {Outcome.OK, Outcome.POST}
        return self.address if arrived else None


def start(link: str, rules: Rules) -> Chain:
    """Return the chain of a link of which nothing is known yet.

    >>> start("https://t.co/AbCdEf1234", Rules(is_post=lambda address: False)).ask
    'https://t.co/AbCdEf1234'
    """
    if link.strip().lower().endswith(_CUT_OFF):
        return Chain(outcome=Outcome.TRUNCATED, error="the address ends in an ellipsis")
    target = absolute(link)
    if isinstance(target, Failure):
        return Chain(outcome=target.outcome, error=target.error)
    return Chain(address=target, outcome=Outcome.POST if rules.is_post(target) else None)


def advance(chain: Chain, reply: Reply, page: Page | None, rules: Rules) -> Chain:
    """Return the chain after *reply* to ``chain.ask``, which must not be ``None``.

    *page* is what the answer's page says, where it was read.

    >>> from datetime import UTC, datetime
    >>> rules = Rules(is_post=lambda address: "/status/" in address)
    >>> moved = Answer(status=301, at=datetime.now(UTC), seconds=0.1, locations=(b"https://x.com/jo/status/20",))
    >>> chain = advance(start("https://t.co/AbCdEf1234", rules), moved, None, rules)
    >>> chain.ask, chain.outcome.value, chain.expanded_url
    (None, 'post', 'https://x.com/jo/status/20')
    """
    asked = chain.ask
    if asked is None:
        raise ValueError("the chain has ended")
    if isinstance(reply, Failure):
        return replace(chain, outcome=reply.outcome, error=reply.error)
    hop = Hop(
        url=asked,
        via=Via.HTTP,
        status=reply.status,
        location=None,
        at=reply.at,
        seconds=reply.seconds,
        connected_to=reply.connected_to,
    )
    if reply.status in REDIRECTS:
        return _redirected(chain, hop, reply.locations, rules)
    if 200 <= reply.status <= 299 and is_short_link(asked):
        return _short_link_page(chain, hop, reply, page, rules)
    refreshed = _refreshed(asked, page) if page else None
    if refreshed:
        return _led_on(chain, replace(hop, via=Via.META_REFRESH), refreshed, rules)
    outcome = _OUTCOMES.get(hop.status) or _OUTCOMES_BY_CLASS.get(hop.status // 100, Outcome.PROTOCOL_ERROR)
    return _ended(chain, hop, outcome, None if outcome is Outcome.OK else f"{asked} answered {hop.status}")


def _redirected(chain: Chain, hop: Hop, locations: tuple[bytes, ...], rules: Rules) -> Chain:
    named = {decode(location) for location in locations}
    if len(named) != 1:
        error = f"{hop.url} answered {hop.status} and names {len(named) or 'no'} addresses"
        return _ended(chain, hop, Outcome.BAD_REDIRECT, error)
    return _led_on(chain, hop, named.pop(), rules)


def _short_link_page(chain: Chain, hop: Hop, answer: Answer, page: Page | None, rules: Rules) -> Chain:
    """Follow the page with which a short link answers browsers, if all that it says is the same.

    What a short link's host shows when it is down or warns of a target also comes as 200: never an expansion.
    """
    if answer.cut:
        return _ended(chain, hop, Outcome.TOO_LARGE, f"the page at {hop.url} is larger than what is read")
    leading = [*(refresh.address for refresh in page.refreshes), page.replacement] if page else []
    leading = [address for address in leading if address is not None]
    if page is None or not leading:
        return _ended(chain, hop, Outcome.UNAVAILABLE_PAGE, f"the page at {hop.url} leads nowhere")
    # The title is of no help in finding the target, but another one than the target shows that it is no such
    # page.
    written = [address for address in [*leading, page.title] if address is not None]
    if len({absolute(address) for address in written}) != 1:
        error = f"the page at {hop.url} names different addresses: {printable(', '.join(written))}"
        return _ended(chain, hop, Outcome.UNAVAILABLE_PAGE, error)
    return _led_on(chain, replace(hop, via=Via.META_REFRESH), written[0], rules)


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


def _led_on(chain: Chain, hop: Hop, reference: str, rules: Rules) -> Chain:
    """Return the chain led on from *hop* to what *reference* names: the one way on."""
    target = absolute(reference, hop.url)
    if isinstance(target, Failure):
        named = reference if len(reference) <= LONGEST else None
        return _ended(chain, replace(hop, location=named), target.outcome, target.error)
    target = with_fragment_of(target, chain.address or "")
    hops = (*chain.hops, replace(hop, location=target))
    led = Chain(hops=hops, address=target, redirects=chain.redirects + 1)
    if rules.is_post(target):
        return replace(led, outcome=Outcome.POST)
    if without_fragment(target) in {hop.url for hop in hops}:
        error = f"the chain comes back to {without_fragment(target)}"
        return replace(chain, hops=hops, outcome=Outcome.REDIRECT_LOOP, error=error)
    if led.redirects > rules.redirects:
        error = f"the chain has more than {rules.redirects} redirects"
        return replace(led, outcome=Outcome.TOO_MANY_REDIRECTS, error=error)
    return led


def _ended(chain: Chain, hop: Hop, outcome: Outcome, error: str | None) -> Chain:
    return replace(chain, hops=(*chain.hops, hop), outcome=outcome, error=error)
