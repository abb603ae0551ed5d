"""The store: which links are due, and what following them showed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cache_samples import (
    CUT_OFF,
    DAY,
    NOON,
    asked,
    document,
    embed,
    leading_to,
    link,
    observation,
    opened,
    rows,
)

from cache.due import PAGE
from resolver.models import Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cache import Store
    from resolver.models import Observation


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "provenance.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with opened(path) as opened_store:
        yield opened_store


# ---- due

EARLIER = NOON - DAY
LOST = Outcome.DNS_ERROR
ANSWERS: list[tuple[str, list[Observation], bool]] = [
    ("never followed", [], True),
    ("answered", [observation("a")], False),
    ("answered that there is nothing", [observation("a", Outcome.NOT_FOUND)], False),
    ("not reached", [observation("a", LOST)], True),
    ("answered long ago", [observation("a", observed_at=NOON - 30 * DAY)], True),
    ("answered not so long ago", [observation("a", observed_at=NOON - 29 * DAY)], False),
    ("not reached, then answered", [observation("a", LOST, observed_at=EARLIER), observation("a")], False),
    ("answered, then not reached", [observation("a", observed_at=EARLIER), observation("a", LOST)], True),
    ("kept out of order", [observation("a"), observation("a", LOST, observed_at=EARLIER)], False),
]


@pytest.mark.parametrize(
    ("observations", "is_due"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS]
)
def test_what_is_due(store: Store, observations: list[Observation], is_due: bool) -> None:
    """A link is due unless its newest observation is settled and fresh."""
    store.add(document(), [embed(link("a"))])
    for seen in observations:
        store.record(seen, {})
    expected = [asked("a")] if is_due else []
    assert list(store.due(NOON)) == expected
    assert list(store.due(NOON, document())) == expected
    assert list(store.due_everywhere(NOON)) == expected


@pytest.mark.parametrize("role", Role)
def test_only_links_whose_target_is_unknown_are_due(store: Store, role: Role) -> None:
    """Posts, profiles and hashtags are named by their address; what was cut off cannot be asked for."""
    store.add(document(), [embed(link("a", role), CUT_OFF)])
    expected = [asked("a")] if role in {Role.LINK, Role.MEDIA} else []
    assert list(store.due(NOON)) == expected
    assert list(store.due(NOON, document())) == expected
    assert list(store.due_everywhere(NOON)) == expected


def test_an_address_is_due_once(store: Store) -> None:
    """However many embeds and documents hold an address, it is asked for once, in the order of the first."""
    store.add(document("a.txt"), [embed(link("a"), link("b"), link("a")), embed(link("b"))])
    store.add(document("b.txt"), [embed(link("b"), link("a", Role.MEDIA), link("c"))])
    assert list(store.due(NOON)) == [asked("a"), asked("b"), asked("c")]


def test_due_is_what_this_store_was_given(path: Path) -> None:
    """Documents of earlier runs are not due here unless they were read again; everywhere they are."""
    with opened(path) as store:
        store.add(document("a.txt"), [embed(link("a"))])
        store.add(document("b.txt"), [embed(link("b"))])
    with opened(path) as store:
        store.add(document("b.txt"), [embed(link("b"))])
        store.add(document("c.txt"), [embed(link("c"))])
        assert list(store.due(NOON)) == [asked("b"), asked("c")]
        assert list(store.due(NOON, document("a.txt"))) == [asked("a")]
        assert list(store.due_everywhere(NOON)) == [asked("a"), asked("b"), asked("c")]


def test_what_is_due_can_be_recorded_while_it_is_read(store: Store) -> None:
    """Over many pages, with writing in between, every address comes once; also those added on the way."""
    codes = [f"{number:05}" for number in range(2 * PAGE + 1)]
    store.add(document(), [embed(*map(link, codes))])
    seen: list[str] = []
    for url in store.due(NOON):
        if not seen:
            store.add(document("late.txt"), [embed(link("late"))])
        seen.append(url)
        if len(seen) % 100 == 1:
            store.record(observation(url.removeprefix("https://t.co/")), {})
    assert seen == [*map(asked, codes), asked("late")]
    assert len(list(store.due(NOON))) == len(codes) + 1 - len(range(0, len(seen), 100))


def test_what_another_run_answered_meanwhile_is_not_asked_again(store: Store) -> None:
    """Each page is read when it is needed, so that it knows what happened until then."""
    codes = [f"{number:05}" for number in range(PAGE + 1)]
    store.add(document(), [embed(*map(link, codes))])
    due = store.due(NOON)
    first = next(due)
    store.record(observation(codes[-1]), {})
    assert first == asked(codes[0])
    assert asked(codes[-1]) not in list(due)


def test_how_long_an_answer_stands_is_an_option(path: Path) -> None:
    """A caller that wants newer answers gets the link asked again."""
    with opened(path, max_age=DAY) as store:
        store.add(document(), [embed(link("a"))])
        store.record(observation("a", observed_at=NOON - DAY), {})
        assert list(store.due(NOON)) == [asked("a")]
        assert list(store.due(NOON - timedelta(seconds=1))) == []


# ---- observations


def test_observations_are_appended(store: Store) -> None:
    """A later observation does not take the place of an earlier one; the newest is the latest by its time."""
    store.add(document(), [embed(link("a"))])
    newest = observation("a", Outcome.GONE)
    store.record(newest, {})
    store.record(observation("a", observed_at=NOON - DAY), {})
    assert store.latest([asked("a"), asked("unknown")]) == {asked("a"): newest}
    assert [attempt.observation.outcome for attempt in store.attempts(asked("a"))] == [
        Outcome.OK,
        Outcome.GONE,
    ]


def test_the_same_observation_is_kept_once(path: Path) -> None:
    """What is recorded again, the same in all, is not a second attempt; what differs in anything is."""
    seen = leading_to("a", "https://example.org/")
    variants = [
        seen,
        seen,
        replace(seen, seconds=9.0),
        replace(seen, hops=()),
        replace(seen, hops=seen.hops * 2),
        replace(seen, error="x"),
    ]
    with opened(path) as store:
        for variant in variants:
            store.record(variant, {})
    assert rows(path, "SELECT count(*) FROM observations") == [(5,)]
    assert rows(path, "SELECT observations FROM runs") == [(5,)]


def test_latest_is_named_as_it_was_asked_for(store: Store) -> None:
    """An address that cannot be stored as it is finds its observation nevertheless."""
    broken = "https://t.co/\udce9"
    store.record(replace(observation("a"), url=broken), {})
    assert store.latest([broken])[broken].url == "https://t.co/\ufffd"


def test_links_lead_where_the_newest_observation_says(store: Store) -> None:
    """What is known of an embed has each of its links as it was last seen, also in embeds that came later."""
    store.record(leading_to("a", "https://example.org/old", observed_at=NOON - DAY), {})
    store.record(leading_to("a", "https://example.org/new"), {})
    store.add(document(), [embed(CUT_OFF, link("a"), link("b"))])
    cut_off, followed, unasked = store.embeds(document())[0].links
    assert cut_off == CUT_OFF
    assert (followed.expanded_url, followed.outcome) == ("https://example.org/new", Outcome.POST)
    assert unasked == link("b")
    assert store.linking(asked("a"))[1].links[1] == link("a")
