"""Signals over time become one verdict, by a rule with two numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.audit import DeadRule, finding_of
from resolver.audit.oembed import read_answer
from resolver.audit.signals import SIGNALS, sentence_of, signal_of
from resolver.audit.sketch import sketch
from resolver.findings import Examination, Fetched, Signal, Verdict
from resolver.models import Hop, Observation, Outcome, Via

URL = "https://news.example/story"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
#: One letter for each signal, and for a link that answers at another address.
LETTERS = {
    "a": Signal.ALIVE,
    "m": Signal.ALIVE,
    "g": Signal.GONE,
    "f": Signal.FAILING,
    "b": Signal.BLOCKED,
    "u": Signal.UNKNOWN,
    "n": Signal.NOT_CHECKABLE,
}


def check(day: float, letter: str, **fields: object) -> Examination:
    end = "https://news.example/elsewhere" if letter == "m" else URL
    hop = Hop(
        url=URL, via=Via.HTTP, status=200, location=None if letter != "m" else end, at=BEGIN, seconds=0.1
    )
    observation = Observation(
        url=URL,
        observed_at=BEGIN + timedelta(days=day),
        seconds=0.1,
        outcome=Outcome.OK,
        hops=(hop,),
        expanded_url=end,
    )
    return Examination(observation=observation, signal=LETTERS[letter], evidence=(letter,), **fields)  # type: ignore[arg-type]


def checks(written: str) -> list[Examination]:
    """The checks of a text such as ``a0 g3``: a signal's letter and a day each."""
    return [check(float(word[1:]), word[0]) for word in written.split()]


VERDICTS = [
    ("", Verdict.UNKNOWN),
    ("a0", Verdict.ALIVE),
    ("m0", Verdict.MOVED),
    ("g0", Verdict.SUSPECT),
    ("f0", Verdict.SUSPECT),
    ("b0", Verdict.BLOCKED),
    ("u0", Verdict.UNKNOWN),
    ("n0", Verdict.NOT_CHECKABLE),
    # three times, each at least three days after the one before
    ("g0 g3", Verdict.SUSPECT),
    ("g0 g3 g6", Verdict.DEAD),
    ("g0 f3 g6", Verdict.DEAD),
    ("f0 f30 f60", Verdict.DEAD),
    ("g0 g1 g2 g3 g4 g5", Verdict.SUSPECT),
    ("g0 g1 g2 g3 g4 g5 g6", Verdict.DEAD),
    ("g0 g2.9 g5.8", Verdict.SUSPECT),
    # nothing but an answer takes it back
    ("g0 g3 a4 g6", Verdict.SUSPECT),
    ("g0 g3 a4 g6 g9 g12", Verdict.DEAD),
    ("g0 g3 g6 a9", Verdict.ALIVE),
    ("g0 g3 g6 b9", Verdict.DEAD),
    ("g0 g3 g6 u9", Verdict.DEAD),
    ("g0 u3 g6", Verdict.SUSPECT),
    ("g0 u3", Verdict.SUSPECT),
    ("g0 b3", Verdict.BLOCKED),
    # what is only refused or silent is never dead
    ("b0 b3 b6 b9 b12", Verdict.BLOCKED),
    ("u0 u3 u6 u9", Verdict.UNKNOWN),
    ("a0 u3", Verdict.UNKNOWN),
    ("a0 b3", Verdict.BLOCKED),
    ("g0 b3 g6 b9 u12", Verdict.SUSPECT),
]


@pytest.mark.parametrize(("written", "verdict"), VERDICTS)
def test_the_verdict_after_some_checks(written: str, verdict: Verdict) -> None:
    """By InternetArchiveBot's rule, and in whichever order the checks are given."""
    assert finding_of(URL, checks(written)).verdict is verdict
    assert finding_of(URL, reversed(checks(written))).verdict is verdict


def test_both_numbers_of_the_rule_can_be_chosen() -> None:
    """Two checks a day apart are enough, if that is wanted."""
    rule = DeadRule(checks=2, apart=timedelta(days=1))
    assert finding_of(URL, checks("g0 g1"), rule=rule).verdict is Verdict.DEAD
    assert finding_of(URL, checks("g0 g0.9"), rule=rule).verdict is Verdict.SUSPECT


def test_a_finding_says_what_it_rests_on() -> None:
    """Since when it is dead, when it was last alive, how often it was checked, and the newest evidence of it."""
    finding = finding_of(URL, checks("a0 g3 g6 f9 u10"))
    assert finding.verdict is Verdict.DEAD
    assert finding.dead_since == BEGIN + timedelta(days=3)
    assert finding.alive_at == BEGIN
    assert finding.checks == 5
    assert finding.checked_at == BEGIN + timedelta(days=10)
    assert finding.evidence == (
        "f",
        "found so 3 times since 2026-01-04, each at least 3 days after the one before",
        "at the newest check: u",
    )


def test_what_was_dead_and_answers_again_is_revived() -> None:
    """Its history is kept and shown; what was only suspect is not."""
    revived = finding_of(URL, checks("g0 g3 g6 a9"))
    assert revived.revived
    assert revived.dead_since is None
    assert revived.evidence[-1] == "it was dead before, and answered again on 2026-01-10"
    assert not finding_of(URL, checks("g0 g3 a9")).revived


@given(st.lists(st.tuples(st.floats(0, 60), st.sampled_from("aggfbun")), max_size=12))
def test_only_what_was_found_dead_three_times_days_apart_is_dead(written: list[tuple[float, str]]) -> None:
    """Whatever else was seen, before or between."""
    history = [check(day, letter) for day, letter in written]
    if finding_of(URL, history).verdict is Verdict.DEAD:
        deaths = sorted(day for day, letter in written if letter in "gf")
        counted = [deaths[0]]
        for day in deaths:
            if day - counted[-1] >= 3 - 1e-9:
                counted.append(day)
        assert len(counted) >= 3
        assert all(later > earlier for earlier, later in pairwise(counted))


def seen(outcome: Outcome, status: int | None = None, **fields: object) -> Observation:
    hops = (
        (Hop(url=URL, via=Via.HTTP, status=status, location=None, at=BEGIN, seconds=0.1),) if status else ()
    )
    return Observation(url=URL, observed_at=BEGIN, seconds=0.1, outcome=outcome, hops=hops, **fields)  # type: ignore[arg-type]


def test_every_outcome_is_evidence_of_something() -> None:
    """No outcome that may be added later is forgotten here."""
    assert set(SIGNALS) == set(Outcome)


NEVER_DEATHLY = [
    Outcome.FORBIDDEN,
    Outcome.RATE_LIMITED,
    Outcome.CONSENT_WALL,
    Outcome.INTERSTITIAL_WARNING,
    Outcome.TIMEOUT_READ,
    Outcome.TIMEOUT_TOTAL,
    Outcome.CONNECTION_LOST,
    Outcome.REDIRECT_LOOP,
    Outcome.TLS_EXPIRED,
    Outcome.CLIENT_ERROR,
    Outcome.UNAVAILABLE_PAGE,
    Outcome.POST,
]


@pytest.mark.parametrize("outcome", NEVER_DEATHLY)
def test_what_living_pages_answer_too_is_no_evidence_of_death(outcome: Outcome) -> None:
    """Seen a hundred times, it does not make a link dead or suspect."""
    history = [seen(outcome) for _ in range(100)]
    assert finding_of(URL, history).verdict in {Verdict.BLOCKED, Verdict.UNKNOWN}


@pytest.mark.parametrize(
    ("status", "signal"),
    [(500, Signal.FAILING), (502, Signal.FAILING), (522, Signal.FAILING), (503, Signal.UNKNOWN)],
)
def test_a_server_that_says_it_is_busy_is_not_a_failing_one(status: int, signal: Signal) -> None:
    """503 is for a while, and what robots are shown; the other 5xx count, if they last."""
    assert signal_of(seen(Outcome.SERVER_ERROR, status)) is signal


def test_an_answer_that_no_audit_looked_at_proves_nothing() -> None:
    """A 200 alone is not trusted, not even to revive; a 404 is one."""
    assert finding_of(URL, [seen(Outcome.OK, 200)]).verdict is Verdict.UNKNOWN
    assert finding_of(URL, [seen(Outcome.NOT_FOUND, 404)]).verdict is Verdict.SUSPECT


def test_the_words_of_an_error_are_kept() -> None:
    """The sentence of the outcome, then what the network said."""
    assert (
        sentence_of(seen(Outcome.DNS_ERROR, error="no such host"))
        == "the host name has no address (no such host)"
    )


OEMBED = [
    (Outcome.OK, 200, b'{"version": "1.0", "type": "rich"}', Signal.ALIVE),
    (Outcome.OK, 200, b"<html>", Signal.UNKNOWN),
    (Outcome.OK, 200, b'{"error": "gone"}', Signal.UNKNOWN),
    (Outcome.OK, 200, b"[" * 100_000, Signal.UNKNOWN),
    (Outcome.FORBIDDEN, 403, b"", Signal.BLOCKED),
    (Outcome.NOT_FOUND, 404, b"", Signal.GONE),
    (Outcome.RATE_LIMITED, 429, b"", Signal.UNKNOWN),
    (Outcome.SERVER_ERROR, 500, b"", Signal.UNKNOWN),
    (Outcome.CONNECTION_REFUSED, None, b"", Signal.UNKNOWN),
]


@pytest.mark.parametrize(("outcome", "status", "body", "signal"), OEMBED)
def test_what_an_oembed_endpoint_answers(
    outcome: Outcome, status: int | None, body: bytes, signal: Signal
) -> None:
    """200, 403 and 404 are documented; of all else, and of a page in place of the answer, nothing is concluded."""
    hops = (
        (Hop(url=URL, via=Via.HTTP, status=status, location=None, at=BEGIN, seconds=0.1),) if status else ()
    )
    fetched = Fetched(url=URL, observed_at=BEGIN, seconds=0.1, outcome=outcome, hops=hops, body=body)
    found, sentence = read_answer(fetched)
    assert found is signal
    assert "oEmbed endpoint" in sentence


def page(day: float, title: str, text: str) -> Examination:
    words = text.split()
    return check(day, "a", title=title, digest=text, sketch=sketch(words))


LONG = " ".join(f"word{number}" for number in range(200))
DRIFTS = [
    (("Bridge", LONG), ("Bridge", LONG), None),
    (("Bridge", LONG), ("Bridge", LONG + " today"), None),
    (("Bridge", LONG), ("Shoes", LONG), 'its title was "Bridge" on 2026-01-01 and is "Shoes" on 2026-01-08'),
    (("Bridge", LONG), ("Bridge", "shoes " * 50), "its text of 2026-01-08 shares 0% with that of 2026-01-01"),
]


@pytest.mark.parametrize(("before", "after", "drift"), DRIFTS)
def test_a_page_that_became_another_is_said_to_have_drifted(
    before: tuple[str, str], after: tuple[str, str], drift: str | None
) -> None:
    """A new title, or a text that shares little with what was there; not a date or an advertisement."""
    assert finding_of(URL, [page(0, *before), page(7, *after)]).drift == drift
