"""What is to be said of a link after all that was observed of it: signals over time become one verdict.

The rule is InternetArchiveBot's: dead after three checks that found it dead, each at least three days after the one
before; until then suspect; one check that finds it alive revives it
(https://meta.wikimedia.org/wiki/InternetArchiveBot/FAQ_for_sysadmins).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from resolver.audit.drift import drift
from resolver.audit.places import has_moved
from resolver.audit.signals import sentence_of, signal_of
from resolver.findings import Examination, Finding, Signal, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from resolver.models import Observation

#: Evidence that something is dead.
DEATHLY: Final = frozenset({Signal.GONE, Signal.FAILING})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadRule:
    """When a link is called dead: after so many checks that found it dead, each so long after the one before."""

    checks: int = 3
    apart: timedelta = timedelta(days=3)


@dataclass(slots=True)
class _Story:
    """What is known of a link after some of its checks."""

    #: How many checks count towards death since it was last alive, and when the last and the first of them was.
    counted: int = 0
    counted_at: datetime | None = None
    dead_since: datetime | None = None
    alive_at: datetime | None = None
    dead: bool = False
    died: bool = False

    def take(self, check: Examination, rule: DeadRule) -> None:
        at = check.observation.observed_at
        if check.signal is Signal.ALIVE:
            self.counted, self.counted_at, self.dead_since, self.dead = 0, None, None, False
            self.alive_at = at
        elif check.signal in DEATHLY:
            self.dead_since = self.dead_since or at
            if self.counted_at is None or at - self.counted_at >= rule.apart:
                self.counted, self.counted_at = self.counted + 1, at
            self.dead = self.dead or self.counted >= rule.checks
            self.died = self.died or self.dead


def finding_of(
    url: str, history: Iterable[Examination | Observation], *, rule: DeadRule | None = None
) -> Finding:
    """Return what is known of an address after all its checks, in whichever order they are given.

    A bare observation is one that no audit has looked at: what failed, failed; but that something answered says little.

    What is dead stays dead until it is seen alive: a refusal or a silence later on takes nothing back. What was only
    ever refused is blocked. An address without checks is unknown.

    >>> from datetime import UTC, datetime
    >>> from resolver.findings import Examination
    >>> from resolver.models import Observation, Outcome
    >>> def check(day):
    ...     seen = Observation(url="https://news.example/", observed_at=datetime(2026, 11, day, tzinfo=UTC),
    ...         seconds=0.1, outcome=Outcome.NOT_FOUND)
    ...     return Examination(observation=seen, signal=Signal.GONE)
    >>> finding_of("https://news.example/", [check(1), check(2), check(4)]).verdict.value
    'suspect'
    >>> finding_of("https://news.example/", [check(1), check(4), check(7)]).verdict.value
    'dead'
    """
    rule = DeadRule() if rule is None else rule
    checks = sorted(map(_examination, history), key=lambda check: check.observation.observed_at)
    story = _Story()
    for check in checks:
        story.take(check, rule)
    if not checks:
        return Finding(url=url, verdict=Verdict.UNKNOWN, evidence=("it was never checked",))
    newest = checks[-1]
    verdict = _verdict(newest, story)
    return Finding(
        url=url,
        verdict=verdict,
        evidence=_evidence(verdict, checks, story, rule),
        outcome=newest.observation.outcome,
        expanded_url=newest.observation.expanded_url,
        hops=len(newest.observation.hops),
        checks=len(checks),
        checked_at=newest.observation.observed_at,
        dead_since=story.dead_since if verdict in {Verdict.DEAD, Verdict.SUSPECT} else None,
        alive_at=story.alive_at,
        revived=story.died and not story.dead,
        title=newest.title,
        drift=drift(checks),
    )


def _examination(check: Examination | Observation) -> Examination:
    if isinstance(check, Examination):
        return check
    signal = signal_of(check)
    if signal is Signal.ALIVE:
        return Examination(
            observation=check, signal=Signal.UNKNOWN, evidence=("it answered; its page was not looked at",)
        )
    return Examination(observation=check, signal=signal, evidence=(sentence_of(check),))


def _verdict(newest: Examination, story: _Story) -> Verdict:
    if story.dead:
        return Verdict.DEAD
    if newest.signal is Signal.ALIVE:
        return Verdict.MOVED if has_moved(newest.observation) else Verdict.ALIVE
    if newest.signal is Signal.BLOCKED:
        return Verdict.BLOCKED
    if newest.signal is Signal.NOT_CHECKABLE:
        return Verdict.NOT_CHECKABLE
    return Verdict.SUSPECT if story.counted else Verdict.UNKNOWN


def _evidence(
    verdict: Verdict, checks: Sequence[Examination], story: _Story, rule: DeadRule
) -> tuple[str, ...]:
    """Return what led to the verdict: the evidence of the newest check that shows it, then what its past says."""
    shown = [*_showing(verdict, checks)]
    if verdict in {Verdict.DEAD, Verdict.SUSPECT} and story.dead_since is not None:
        since = story.dead_since.date().isoformat()
        times = "once" if story.counted == 1 else f"{story.counted} times"
        apart = f", each at least {rule.apart.days} days after the one before" if story.counted > 1 else ""
        shown.append(f"found so {times} since {since}{apart}")
    if story.died and not story.dead and story.alive_at is not None:
        shown.append(f"it was dead before, and answered again on {story.alive_at.date().isoformat()}")
    newest = checks[-1]
    if verdict is Verdict.DEAD and newest.signal not in DEATHLY:
        shown.extend(f"at the newest check: {sentence}" for sentence in newest.evidence)
    return tuple(shown)


def _showing(verdict: Verdict, checks: Sequence[Examination]) -> tuple[str, ...]:
    wanted = DEATHLY if verdict in {Verdict.DEAD, Verdict.SUSPECT} else {checks[-1].signal}
    return next((check.evidence for check in reversed(checks) if check.signal in wanted), ())
