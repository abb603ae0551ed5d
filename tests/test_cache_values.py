"""Single values on their way into a column and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cache_samples import EXTREME_TIMES, TEXTS, TIMES, as_stored
from hypothesis import given
from hypothesis import strategies as st

from cache.values import host_value, json_from, json_value, text_value, time_from, time_value

EAST = timezone(timedelta(hours=5, minutes=45))

HOSTS = [
    ("https://t.co/AbC", "t.co"),
    ("HTTPS://T.CO/AbC", "t.co"),
    ("https://user:secret@example.org:8080/", "example.org"),
    ("https://[2001:db8::1]/", "2001:db8::1"),
    ("https://[broken/", None),
    (
        "https://exa\u2100mple.org/",
        None,
    ),  # folds to a slash, so that the host would not be what it looks like
    ("mailto:desk@example.org", None),
    ("", None),
    ("https://caf\udce9.example/", "caf\ufffd.example"),
]


@given(TEXTS)
def test_text_loses_surrogates_only(text: str) -> None:
    """Text stays as it is and as long as it is, NULs included; each surrogate becomes U+FFFD."""
    value = text_value(text)
    assert value == as_stored(text)
    assert len(value or "") == len(text)
    (value or "").encode()


@pytest.mark.parametrize("time", EXTREME_TIMES)
def test_the_first_and_the_last_time_survive(time: datetime) -> None:
    """The whole range of times can be kept, to the microsecond."""
    assert time_from(time_value(time)) == time


@given(TIMES, TIMES)
def test_times_sort_as_text(one: datetime, other: datetime) -> None:
    """All times have the same width, so that the database can order them."""
    assert (str(time_value(one)) < str(time_value(other))) == (one < other)


def test_a_time_elsewhere_is_kept_as_that_moment_in_utc() -> None:
    """An offset is taken into account and not kept."""
    assert time_value(datetime(2026, 11, 22, 1, tzinfo=EAST)) == "2026-11-21T19:15:00.000000Z"
    assert time_from("2026-11-21T19:15:00.000000Z") == datetime(2026, 11, 21, 19, 15, tzinfo=UTC)


def test_a_time_without_an_offset_is_refused() -> None:
    """It could be any of many moments, so that keeping it would be a guess."""
    with pytest.raises(ValueError, match="without an offset"):
        time_value(datetime(2026, 11, 22, 12))  # noqa: DTZ001


@given(st.lists(TEXTS))
def test_lists_come_back(texts: list[str]) -> None:
    """A list of texts is the same list again, but for surrogates."""
    value = json_value(texts)
    value.encode()
    assert tuple(json_from(value)) == as_stored(tuple(texts))


@pytest.mark.parametrize(("url", "host"), HOSTS)
def test_the_host_of_an_address(url: str, host: str | None) -> None:
    """A host is named in lower case, and not named at all where the address cannot be read."""
    assert host_value(url) == host


@given(TEXTS)
def test_no_address_is_too_odd_for_its_host(text: str) -> None:
    """Whatever stands for an address, it can be stored."""
    (host_value(f"http://{text}") or "").encode()
