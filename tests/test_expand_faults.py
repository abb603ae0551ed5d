"""Whatever a server does on the wire, the link has an outcome, in time. Real sockets, raw bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.hostile.__main__ import fault
from benchmarks.hostile.faults import FAULTS, HOST, POLICY
from benchmarks.hostile.peer import redirect, serving
from resolver.expand import Client
from resolver.models import Outcome

if TYPE_CHECKING:
    from benchmarks.hostile.peer import Peer


def test_there_are_enough_of_them() -> None:
    """As many as are promised."""
    assert len(FAULTS) >= 99


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_has_its_outcome_in_time(name: str) -> None:
    """Nothing is raised, nothing hangs, and nothing is our own error."""
    observation, seconds = fault(name)
    assert observation.outcome.value == FAULTS[name][2], observation.error
    assert seconds < POLICY.link_seconds + 1
    assert (observation.error is None) == (observation.outcome is Outcome.OK)


def test_redirects_without_end_are_left() -> None:
    """A server that always has another address is followed twenty times."""
    count = 0

    def onwards(peer: Peer) -> None:
        nonlocal count
        count += 1
        redirect(str(count).encode())(peer)

    with serving(onwards) as server, Client(connect_to={"fault.example": server}, policy=POLICY) as client:
        (observation,) = client.expand([HOST])
    assert observation.outcome is Outcome.TOO_MANY_REDIRECTS
    assert (len(observation.hops), count) == (21, 21)
