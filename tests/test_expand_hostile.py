"""Nothing hostile leads anywhere, takes long, or takes much: the figures of ``python -m benchmarks.hostile``."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.hostile import guarding
from benchmarks.hostile.addresses import RANGES, addresses
from benchmarks.hostile.bombs import BOMBS, grown
from benchmarks.hostile.links import ADDRESSES, SHAPES, links, notations
from benchmarks.hostile.witness import Witness, deceived_names
from resolver.expand import Client, Policy
from resolver.expand.guard import why_not_public

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def witness() -> Witness:
    """Watch for the whole module, because an audit hook cannot be taken away again."""
    return Witness()


def test_there_is_enough_that_is_hostile() -> None:
    """As many links, notations, shapes, ranges and addresses as are promised, none of them twice."""
    assert len(set(links())) == len(list(links())) >= 2397
    assert (len(ADDRESSES), len(SHAPES)) == (13, 7)
    assert {len(set(notations(address))) for address in ADDRESSES} <= {22, 23, 24}
    assert len(RANGES) >= 35
    assert len(set(addresses())) >= 1630


def test_the_witness_sees_connections(witness: Witness) -> None:
    """What is not seen when it happens proves nothing when it does not."""
    with deceived_names(), Client(policy=Policy(attempts=1)) as client, witness.watching() as connects:
        blocked = [observation.outcome.value for observation in client.expand(["http://127.0.0.1/"])]
        assert (blocked, connects) == (["blocked_address"], [])
    with witness.watching() as connects, Client(connect_to={"a.example": "http://127.0.0.1:9"}) as client:
        list(client.expand(["http://a.example/"]))
    assert set(connects) == {("127.0.0.1", 9)}


@pytest.mark.parametrize(
    ("found", "least"),
    [
        (guarding.of_links, 2397),
        (lambda witness: guarding.of_redirects(witness, every=15), 150),
        (guarding.of_addresses, 1630),
        (guarding.of_mixed_answers, 10),
    ],
    ids=["links", "redirects", "addresses", "mixed answers"],
)
def test_nothing_that_is_not_public_is_connected_to(
    witness: Witness, found: Callable[[Witness], guarding.Guarding], least: int
) -> None:
    """Not by any notation, redirect or answer; and each link says that it was refused."""
    result = found(witness)
    assert result.asked >= least
    assert result.leaks == []
    assert result.unexpected == set()


def test_the_guard_agrees_with_the_published_ranges() -> None:
    """Each address of each range has a reason."""
    assert [address for address in addresses() if why_not_public(address) is None] == []


@pytest.mark.parametrize("name", ["as it is", "in chunks of a mebibyte", "gzip", "deflate"])
def test_a_page_of_a_gibibyte_takes_little_memory(name: str) -> None:
    """The process that reads it grows by less than 32 MiB."""
    assert name in BOMBS
    assert grown(name) < 32 * 2**20


def _tls_cases() -> list[Any]:
    trustme_missing = False
    try:
        from benchmarks.hostile import tls
    except ImportError:
        trustme_missing = True
    if trustme_missing:
        return [pytest.param("", "", marks=pytest.mark.skip(reason="trustme is not installed"))]
    return [*((name, row[3]) for name, row in tls.CERTIFICATES.items()), *tls.OTHERS.items()]


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize(("name", "outcome"), _tls_cases())
def test_each_fault_of_encryption_has_its_outcome(name: str, outcome: str) -> None:
    """Expired, too early, another's, unknown, too old, none at all: each says which, and the right one is let in."""
    from benchmarks.hostile import tls

    if name == "TLS 1.1 only" and not ssl.HAS_TLSv1_1:
        pytest.skip("this OpenSSL cannot serve TLS 1.1")
    observation = tls.observed(name)
    assert observation.outcome.value == outcome, observation.error
    assert observation.seconds < tls.POLICY.link_seconds + 1
