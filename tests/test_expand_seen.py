"""Links that were seen are known, and cost little."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from resolver.expand.seen import Seen


@given(st.lists(st.text(max_size=3), max_size=300))
def test_it_is_a_set(texts: list[str]) -> None:
    """What is added is new once, whatever it is and in whatever order."""
    seen, known = Seen(), set[str]()
    for text in texts:
        assert seen.add(text) == (text not in known)
        known.add(text)
        assert len(seen) == len(known)


def test_many_are_all_kept_apart_and_take_little() -> None:
    """A hundred thousand links take less than 43 bytes each, and none of them is taken for another."""
    seen = Seen()
    assert all(seen.add(f"https://t.co/{number}") for number in range(100_000))
    assert not any(seen.add(f"https://t.co/{number}") for number in range(100_000))
    assert sys.getsizeof(seen._table) < 43 * 100_000


def test_half_a_surrogate_is_a_text_too() -> None:
    """What JSON escapes make of a cut emoji."""
    seen = Seen()
    assert (seen.add("\ud83d"), seen.add("\ud83d"), seen.add("\ud83e")) == (True, False, True)
