"""The models as rows and as models again, and all the way through the database."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from cache_samples import (
    EMBEDS,
    LINKS,
    OBSERVATIONS,
    as_stored,
    document,
    embed,
    leading_to,
    link,
    observation,
    opened,
)
from hypothesis import given, settings

from cache import rows
from resolver.errors import StoreError
from resolver.models import Check, Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cache import Store
    from resolver.models import Embed, Link, Observation

CHECK = Check(name="day_of_id", printed="a", found="b", passed=False, post_url="c")
HOP = leading_to("a", "https://example.org/").hops[0]

WIDTHS = [
    (rows.EMBED_COLUMNS, rows.embed_row(embed())),
    (rows.LINK_COLUMNS, rows.link_row(link("a"))),
    (rows.OBSERVATION_COLUMNS, rows.observation_row(observation("a"))),
    (rows.HOP_COLUMNS, rows.hop_row(HOP)),
    (rows.CONCLUSION_COLUMNS, rows.conclusion_row(embed())),
    (rows.CHECK_COLUMNS, rows.check_row(CHECK)),
]
TOO_LARGE = 2**63


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("rows") / "provenance.db") as opened_store:
        yield opened_store


@pytest.mark.parametrize(("columns", "row"), WIDTHS)
def test_a_row_has_a_value_for_each_column(columns: tuple[str, ...], row: tuple[Any, ...]) -> None:
    """The names of the columns and the values of a row belong together."""
    assert len(row) == len(columns)


@given(LINKS)
def test_a_link_comes_back(link: Link) -> None:
    """A link is the same again, but for surrogates."""
    assert rows.link_from(as_stored(link.url), rows.link_row(link)) == as_stored(link)


@given(EMBEDS)
def test_an_embed_comes_back(embed: Embed) -> None:
    """An embed is the same again, but for surrogates."""
    stored = as_stored(embed)
    assert rows.embed_from(stored.document, rows.embed_row(embed), stored.links) == stored


@given(OBSERVATIONS)
def test_an_observation_comes_back(observation: Observation) -> None:
    """An observation is the same again with all its hops and captures, but for surrogates."""
    stored = as_stored(observation)
    hops = [rows.hop_from(rows.hop_row(hop)) for hop in observation.hops]
    captures = [rows.capture_from(rows.capture_row(capture)) for capture in observation.captures]
    assert rows.observation_from(stored.url, rows.observation_row(observation), hops, captures) == stored


_numbers = count()


@settings(deadline=None)
@given(EMBEDS)
def test_the_database_gives_back_any_embed(store: Store, embed: Embed) -> None:
    """Whatever an article holds can be stored, and is read back the same, as scanned and as known."""
    article = Document(id=embed.document, text=str(next(_numbers)))
    store.add(article, [embed])
    assert store.embeds(article) == [as_stored(embed)]
    for held in embed.links:
        if held.url is not None:
            assert as_stored(embed) in store.linking(held.url).values()


@settings(deadline=None)
@given(OBSERVATIONS)
def test_the_database_gives_back_any_observation(store: Store, observation: Observation) -> None:
    """Whatever the web answers can be stored, and is read back the same."""
    store.record(observation, {})
    attempts = [attempt.observation for attempt in store.attempts(observation.url)]
    assert as_stored(observation) in attempts
    newest = store.latest([observation.url])[observation.url]
    assert newest.observed_at == max(attempt.observed_at for attempt in attempts)


def test_a_number_that_is_too_large_is_an_error_of_one_line(store: Store) -> None:
    """A number beyond 64 bits is refused, and nothing of the document is kept."""
    article = document("large.txt")
    with pytest.raises(StoreError, match="a number is too large"):
        store.add(article, [embed(link("large"), name="large.txt", end=TOO_LARGE)])
    assert store.embeds(article) == []
    assert store.linking("https://t.co/large") == {}
