"""Whether what was seen of a link may be taken again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cache_samples import NOON

from cache import MAX_AGE, is_fresh
from resolver.models import Outcome

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)

CASES = [
    # outcome, its age, what is allowed, fresh
    (None, None, MAX_AGE, False),
    (Outcome.OK, timedelta(0), MAX_AGE, True),
    (Outcome.OK, 30 * DAY - MOMENT, MAX_AGE, True),
    (Outcome.OK, 30 * DAY, MAX_AGE, False),
    (Outcome.NOT_FOUND, DAY, MAX_AGE, True),
    (Outcome.TIMEOUT_READ, timedelta(0), MAX_AGE, False),
    (Outcome.OK, DAY, DAY, False),
    (Outcome.OK, DAY - MOMENT, DAY, True),
    (Outcome.OK, timedelta(0), timedelta(0), False),
    # a clock that was wrong
    (Outcome.OK, -DAY, MAX_AGE, True),
    (Outcome.OK, -31 * DAY, MAX_AGE, False),
]


@pytest.mark.parametrize(("outcome", "age", "max_age", "fresh"), CASES)
def test_how_long_an_observation_stands(
    outcome: Outcome | None, age: timedelta | None, max_age: timedelta, fresh: bool
) -> None:
    """A settled outcome stands until it is as old as is allowed; any other does not stand at all."""
    observed_at = None if age is None else NOON - age
    assert is_fresh(outcome, observed_at, now=NOON, max_age=max_age) is fresh


@pytest.mark.parametrize("outcome", Outcome)
def test_only_an_answer_stands(outcome: Outcome) -> None:
    """What is asked again the next time is exactly what gave no answer."""
    assert is_fresh(outcome, NOON, now=NOON) is outcome.settled
