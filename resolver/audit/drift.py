"""Whether a page that is still there is still the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.audit.sketch import likeness
from resolver.findings import Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.findings import Examination

#: Texts that share more differ by dates, counts and advertisements, as pages do from one visit to the next.
SAME: Final = 0.9


def drift(checks: Sequence[Examination]) -> str | None:
    """Return what changed of a page between the first and the newest check that found it, in words.

    *checks* are in the order of their time. ``None`` where nothing changed that readers would see, or where there are
    no two checks to compare.

    >>> from datetime import UTC, datetime
    >>> from resolver.findings import Examination
    >>> from resolver.models import Observation, Outcome
    >>> def check(day, title):
    ...     seen = Observation(url="https://news.example/", observed_at=datetime(2026, 11, day, tzinfo=UTC),
    ...         seconds=0.1, outcome=Outcome.OK)
    ...     return Examination(observation=seen, signal=Signal.ALIVE, title=title, digest="0", sketch=(1, 2))
    >>> drift([check(1, "The bridge"), check(8, "Shoes, cheap")])
    'its title was "The bridge" on 2026-11-01 and is "Shoes, cheap" on 2026-11-08'
    """
    seen = [check for check in checks if check.signal is Signal.ALIVE and check.digest is not None]
    if len(seen) < 2:
        return None
    first, last = seen[0], seen[-1]
    days = [check.observation.observed_at.date().isoformat() for check in (first, last)]
    said = []
    if first.title != last.title:
        said.append(
            f"its title was {_quoted(first.title)} on {days[0]} and is {_quoted(last.title)} on {days[1]}"
        )
    shared = likeness(first.sketch, last.sketch)
    if first.digest != last.digest and shared < SAME:
        said.append(f"its text of {days[1]} shares {shared:.0%} with that of {days[0]}")
    return "; ".join(said) or None


def _quoted(title: str | None) -> str:
    return "none" if title is None else f'"{title}"'
