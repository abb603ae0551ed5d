"""Whether a page that answers 200 is really there, seen beside what its server answers to an address that never was.

One principle: a page is only called gone while it answers if what was never there gets the same. Phrases, signs of
parked domains and redirects to a first page only say where to look; each of them stands on living pages too (an article
about the error 404, one about parked domains, a short name that leads to a first page on purpose). The one exception is
a redirect within a site to its first page, of an address that names one thing among many, where the server says of
others that they are not there: then it is known which address leads to the first page for lack of its own.

A page that is made by scripts looks the same whatever it shows: of that nothing is concluded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from resolver.audit.places import linked_address, place_of
from resolver.audit.sketch import likeness
from resolver.audit.suspicion import Reason, parking_of
from resolver.findings import Signal
from resolver.models import Outcome

if TYPE_CHECKING:
    from resolver.audit.page import Page
    from resolver.audit.sibling import Sibling
    from resolver.audit.suspicion import Suspicion
    from resolver.models import Observation

#: Texts that share more than this are the same but for a date or an advertisement.
SAME: Final = 0.85
#: With the same title, and that title or text saying that there is nothing, less is enough.
SIMILAR: Final = 0.5

#: Words of the last part of an address.
_LONGEST_NAME: Final = 40

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One answer: what was observed, and the page if there was one."""

    observation: Observation
    page: Page | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a server answered to an address that never was, kept small."""

    sibling: Sibling
    outcome: Outcome
    expanded_url: str | None
    title: str | None
    sketch: tuple[int, ...]
    #: Whose sign of a parked domain it bears.
    parking: str | None

    @property
    def answered(self) -> bool:
        """Whether an address that never was is answered with success."""
        return self.outcome is Outcome.OK

    @property
    def honest(self) -> bool:
        """Whether the server says of what is not there that it is not there."""
        return self.outcome in {Outcome.NOT_FOUND, Outcome.GONE}


def probe_of(sibling: Sibling, seen: Seen) -> Probe:
    """Return what remains of the answer to an address that never was."""
    page = seen.page
    return Probe(
        sibling=sibling,
        outcome=seen.observation.outcome,
        expanded_url=seen.observation.expanded_url,
        title=page.title if page else None,
        sketch=page.sketch(without=_own_name(sibling.address)) if page else (),
        parking=parking_of(seen.observation, page),
    )


def judge(seen: Seen, suspicion: Suspicion | None, probe: Probe | None) -> tuple[Signal, tuple[str, ...]]:
    """Return what an answer with success is evidence of, and why, a sentence each.

    *probe* is ``None`` where no address that never was could be asked for.
    """
    if suspicion is not None and suspicion.reason is Reason.WALL:
        return Signal.BLOCKED, (suspicion.sentence,)
    if probe is not None and probe.answered:
        return _beside_one_that_answers(seen, suspicion, probe)
    if suspicion is None:
        return Signal.ALIVE, ()
    if probe is not None and probe.honest:
        return _beside_honest(seen, suspicion)
    return Signal.UNKNOWN, (suspicion.sentence, "an address that never was could not be asked for beside it")


def _beside_one_that_answers(
    seen: Seen, suspicion: Suspicion | None, probe: Probe
) -> tuple[Signal, tuple[str, ...]]:
    same = _same_answer(seen, suspicion, probe)
    if same is None:
        # A sign of parking that only this one page shows may be what it writes about.
        return Signal.ALIVE, ()
    return (Signal.GONE, (suspicion.sentence, same)) if suspicion else _same_without_a_sign(seen, same)


def _beside_honest(seen: Seen, suspicion: Suspicion) -> tuple[Signal, tuple[str, ...]]:
    if suspicion.reason is Reason.HOME and _within_one_site(seen.observation):
        honest = "although its server says of an address that never was that it is not there"
        return Signal.GONE, (suspicion.sentence, honest)
    if suspicion.reason is Reason.PARKED:
        return Signal.UNKNOWN, (suspicion.sentence,)
    return Signal.ALIVE, ()


def _same_answer(seen: Seen, suspicion: Suspicion | None, probe: Probe) -> str | None:
    """Return in which way an address that never was got the same answer; ``None`` where it did not."""
    reason = suspicion.reason if suspicion else None
    if reason is Reason.PARKED and probe.parking is not None:
        return f"and so does {probe.sibling.address}, which never was"
    if _led_to_the_same(seen.observation, probe):
        return f"{probe.sibling.address}, which never was, is led there too"
    if seen.page is None or reason in {Reason.HOME, Reason.FOLDER}:
        return None
    address = seen.observation.expanded_url or seen.observation.url
    ours = seen.page.sketch(without=_own_name(address))
    # Neither shows a word: all that is seen there is made by scripts.
    alike = likeness(ours, probe.sketch) if ours or probe.sketch else 1.0
    enough = SIMILAR if reason is Reason.PHRASE else SAME
    if alike >= enough and _titled_alike(seen.page, address, probe):
        return f"{probe.sibling.address}, which never was, shows the same page (likeness {alike:.2f})"
    return None


def _same_without_a_sign(seen: Seen, same: str) -> tuple[Signal, tuple[str, ...]]:
    """Judge a page that is the same as that of an address that never was, but does not say that it is none."""
    led = not place_of(seen.observation.expanded_url or "").is_same(
        place_of(linked_address(seen.observation) or "")
    )
    if led or seen.page is None or seen.page.scripted:
        return Signal.UNKNOWN, (same,)
    return Signal.GONE, (same,)


def _led_to_the_same(observation: Observation, probe: Probe) -> bool:
    end, made_for = observation.expanded_url, linked_address(observation)
    if (
        end is None
        or made_for is None
        or probe.expanded_url is None
        or place_of(end).is_same(place_of(made_for))
    ):
        return False
    return place_of(end).is_same(place_of(probe.expanded_url))


def _within_one_site(observation: Observation) -> bool:
    made_for = linked_address(observation)
    end = observation.expanded_url
    return made_for is not None and end is not None and place_of(made_for).host == place_of(end).host


def _words_of(address: str) -> frozenset[str]:
    """Return the words that a page takes from its address, as in "... was not found on this server"."""
    place = place_of(address)
    return frozenset(_WORD.findall(" ".join((*place.parts, place.query)).lower()))


def _own_name(address: str) -> tuple[str, ...]:
    """Return the words of the last part of an address, as a page repeats them; none of one that is too long to be."""
    parts = place_of(address).parts
    words = _WORD.findall(parts[-1].lower()) if parts else []
    return tuple(words) if len(words) <= _LONGEST_NAME else ()


def _titled_alike(page: Page, address: str, probe: Probe) -> bool:
    """Return whether two titles differ by nothing but what each page takes from its own address."""
    ours, theirs = (set(_WORD.findall((title or "").lower())) for title in (page.title, probe.title))
    return ours ^ theirs <= _words_of(address) | _words_of(probe.sibling.address)
