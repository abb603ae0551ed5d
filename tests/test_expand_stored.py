"""Links that come in together are stored together: as a whole, before any of them is reported, in the right order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from cache_samples import NOON, POST_URL, document, embed, leading_to, link, observation, opened

from resolver.errors import StoreError
from resolver.memory import MemoryStore
from resolver.models import Observation, Outcome, Role
from resolver.pipeline import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass
class Web:
    """Says what is known of the links, in these lists."""

    lists: list[list[Observation]]

    def expand(self, urls: Iterable[str]) -> Iterator[Observation]:
        for batch in self.batches(urls):
            yield from batch

    def batches(self, urls: Iterable[str]) -> Iterator[list[Observation]]:
        list(urls)
        yield from self.lists


def stored(path: Path) -> int:
    """Return how many observations another connection finds."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM observations").fetchone()[0])


def test_what_is_reported_is_stored(tmp_path: Path) -> None:
    """When the first of a list is reported, all of it is on disk, and nothing of the next one."""
    path = tmp_path / "a.db"
    web = Web([[observation("a"), observation("b")], [observation("c")]])
    with opened(path) as store:
        found = [(seen.url[-1], stored(path)) for seen in expand([], client=web, store=store)]
    assert found == [("a", 2), ("b", 2), ("c", 3)]


def test_a_list_is_stored_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    """What cannot be written takes with it what came with it, not what was reported; nor is it counted."""
    path = tmp_path / "a.db"
    unheard_of = observation("c", attempts=2**70)
    web = Web([[observation("a")], [observation("b"), unheard_of], [observation("d")]])
    reported: list[str] = []
    with pytest.raises(StoreError, match="number is too large"), opened(path) as store:
        reported.extend(seen.url[-1] for seen in expand([], client=web, store=store))
    assert (reported, stored(path)) == (["a"], 1)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT ending, observations FROM runs").fetchall() == [("failed", 1)]


def test_an_interrupt_leaves_nothing_half_stored(tmp_path: Path) -> None:
    """A run that is stopped within a list can be opened and continued."""
    path = tmp_path / "a.db"

    def stopped() -> None:
        with opened(path) as store, store.together():
            store.record(observation("a"), {})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert stored(path) == 0
    with opened(path) as store:
        assert len(list(expand([], client=Web([[observation("a")]]), store=store))) == 1
    assert stored(path) == 1


def test_what_came_in_together_is_known_of_one_another(tmp_path: Path) -> None:
    """Of an embed with two links, the last word has what both said, whichever is stored first."""
    scanned = embed(link("a"), link("b", Role.MEDIA))
    both = [leading_to("a", "https://news.example/"), leading_to("b", f"{POST_URL}/photo/1")]
    for order in (both, both[::-1]):
        path = tmp_path / f"{order[0].url[-1]}.db"
        with opened(path) as store:
            store.add(document(), [scanned])
            list(expand(store.due(NOON), client=Web([order]), store=store))
            (known,) = store.embeds(document())
        assert [held.expanded_url for held in known.links] == ["https://news.example/", f"{POST_URL}/photo/1"]
        assert known.post_url == POST_URL


def test_the_store_in_memory_takes_lists_as_well() -> None:
    """It keeps what it was told, also where something goes wrong later."""
    store = MemoryStore()
    list(expand([], client=Web([[observation("a", Outcome.GONE)]]), store=store))
    assert store.latest(["https://t.co/a"])["https://t.co/a"].outcome is Outcome.GONE
