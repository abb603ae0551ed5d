"""Where a link leads, decided from the answers so far. Nothing here asks, waits or looks at a clock.

``start`` a chain, ask for ``chain.ask``, ``advance`` it with what came back, and again, until nothing is to
be asked: then ``chain.outcome`` says how it ended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from resolver.expand.address import LONGEST, absolute, decode, host_of, with_fragment_of, without_fragment
from resolver.expand.exchange import Failure
from resolver.expand.landing import land
from resolver.expand.page import short_link
from resolver.expand.unwrap import unwrap
from resolver.models import Hop, Outcome, Via
from resolver.rules.wrappers import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from resolver.expand.evidence import Expansion
    from resolver.expand.exchange import Reply
    from resolver.expand.page import Page

#: RFC 9110 15.4: the statuses that send the client on to their Location. The other 3xx do not.
REDIRECTS = frozenset({301, 302, 303, 307, 308})

#: How an address ends that an article, or the tool that copied it, has cut off.
_CUT_OFF = ("…", "%e2%80%a6", "...")


def _nothing(_address: str) -> Expansion | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a chain is judged by."""

    #: Whether an address is that of a post. It is not asked: to those who are not logged in, pages prove
    #: nothing.
    is_post: Callable[[str], bool]
    #: How many redirects are followed.
    redirects: int = 20
    #: Where an address leads by a table of known expansions; what one knows is not asked.
    known: Callable[[str], Expansion | None] = _nothing


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

        A link that leads to no other address leads to itself if it answered with success, is a post's, or is
        what a wall stands before; the page with which a short link fails is no expansion.
        """
        arrived = self.redirects > 0 or self.outcome in {Outcome.OK, Outcome.POST, Outcome.CONSENT_WALL}
        return self.address if arrived else None


def start(link: str, rules: Rules, at: datetime) -> Chain:
    """Return the chain of a link of which nothing is known at the time *at* (UTC).

    >>> from datetime import UTC, datetime
    >>> wrapped = "https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fstory"
    >>> start(wrapped, Rules(is_post=lambda address: False), datetime.now(UTC)).ask
    'https://news.example/story'
    """
    if link.strip().lower().endswith(_CUT_OFF):
        return Chain(outcome=Outcome.TRUNCATED, error="the address ends in an ellipsis")
    target = absolute(link)
    if isinstance(target, Failure):
        return Chain(outcome=target.outcome, error=target.error)
    if rules.is_post(target):
        return Chain(address=target, outcome=Outcome.POST)
    return _unasked(Chain(address=target), rules, at)


def advance(chain: Chain, reply: Reply, page: Page | None, rules: Rules) -> Chain:
    """Return the chain after *reply* to ``chain.ask``, which must not be ``None``.

    *page* is what the answer's page says, where it was read.

    >>> from datetime import UTC, datetime
    >>> from resolver.expand.exchange import Answer
    >>> rules, now = Rules(is_post=lambda address: "/status/" in address), datetime.now(UTC)
    >>> moved = Answer(status=301, at=now, seconds=0.1, locations=(b"https://x.com/jo/status/20",))
    >>> chain = advance(start("https://t.co/AbCdEf1234", rules, now), moved, None, rules)
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
    landing = land(asked, reply, page)
    if landing.outcome is None:
        return _led_on(chain, replace(hop, via=landing.via), landing.leads_to, rules)
    return _ended(chain, hop, landing.outcome, landing.error)


def _redirected(chain: Chain, hop: Hop, locations: tuple[bytes, ...], rules: Rules) -> Chain:
    named = {decode(location) for location in locations}
    if len(named) != 1:
        error = f"{hop.url} answered {hop.status} and names {len(named) or 'no'} addresses"
        return _ended(chain, hop, Outcome.BAD_REDIRECT, error)
    return _led_on(chain, hop, named.pop(), rules)


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
    return _unasked(led, rules, hop.at)


def _unasked(chain: Chain, rules: Rules, at: datetime) -> Chain:
    """Return the chain led on as far as it can be without asking anybody."""
    address = without_fragment(chain.address or "")
    expansion = rules.known(address)
    if expansion is not None:
        target = absolute(expansion.expanded_url)
        # A table that leads back, or to no address, knows nothing: it must not be the end of the chain.
        passed = {address, *(hop.url for hop in chain.hops)}
        if not isinstance(target, Failure) and without_fragment(target) not in passed:
            hop = Hop(
                url=address,
                via=Via.DUMP,
                status=None,
                location=None,
                at=at,
                seconds=0.0,
                evidence=expansion.evidence,
            )
            return _led_on(chain, hop, target, rules)
    unwrapped = _unwrapped(chain, rules, at)
    if unwrapped is chain and _told(chain) and not short_link(address):
        return replace(chain, outcome=Outcome.KNOWN)
    return unwrapped


def _told(chain: Chain) -> bool:
    """Return whether a table says where the chain leads: after it, nobody was asked."""
    unasked = takewhile(lambda hop: hop.status is None, reversed(chain.hops))
    return any(hop.via is Via.DUMP for hop in unasked)


def _unwrapped(chain: Chain, rules: Rules, at: datetime) -> Chain:
    """Return the chain led on to what its address carries, where it carries one; nobody is asked for that."""
    address = chain.address or ""
    carrying = unwrap(address)
    if carrying is None:
        return chain
    wall = carrying.kind is Kind.WALL
    if carrying.target is None:
        return _walled(chain)
    via = Via.CONSENT_WALL if wall else Via.UNWRAP
    hop = Hop(url=without_fragment(address), via=via, status=None, location=None, at=at, seconds=0.0)
    target = absolute(carrying.target, address)
    if isinstance(target, Failure):
        return _ended(chain, hop, target.outcome, target.error)
    # Who was sent to a wall once is sent there again.
    met = any(known.url == without_fragment(target) or known.via is Via.CONSENT_WALL for known in chain.hops)
    if wall and met and not rules.is_post(target):
        hops = (*chain.hops, replace(hop, location=target))
        error = f"{host_of(address)} stands before {target}"
        return replace(chain, hops=hops, address=target, outcome=Outcome.CONSENT_WALL, error=error)
    led = _led_on(chain, hop, target, rules)
    if carrying.kind is Kind.WARNING and led.outcome is None:
        return replace(
            led, outcome=Outcome.INTERSTITIAL_WARNING, error=f"{host_of(address)} warns of {target}"
        )
    return led


def _walled(chain: Chain) -> Chain:
    """Return the chain as ended by a wall that hides what is behind it: the address that led to it."""
    last = chain.hops[-1] if chain.hops else None
    if last is None or last.status is None:
        return chain
    error = f"{host_of(chain.address or '')} stands before {last.url}"
    return replace(
        chain, address=last.url, redirects=chain.redirects - 1, outcome=Outcome.CONSENT_WALL, error=error
    )


def _ended(chain: Chain, hop: Hop, outcome: Outcome, error: str | None) -> Chain:
    return replace(chain, hops=(*chain.hops, hop), outcome=outcome, error=error)
