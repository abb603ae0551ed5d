"""The tables that words and phrases are looked up in are those that their sources make."""

from __future__ import annotations

import pytest

from resolver.rules.consent_triggers import TRIGGERS
from scripts.make_consent_tables import main, words_table


def test_the_tables_are_those_of_their_sources() -> None:
    """Whoever changes a source runs ``python -m scripts.make_consent_tables``."""
    assert main(["--check"]) == 0


def test_an_entry_that_cannot_be_looked_up_is_refused() -> None:
    """One letter begins too many words."""
    with pytest.raises(ValueError, match="write =x"):
        words_table({"nl": {"here": "x"}})


def test_what_the_prefilter_looks_words_up_by_is_long_enough() -> None:
    """A shorter part would never be met."""
    assert [part for part in TRIGGERS if len(part) < 4 and max(part) < "\u3040"] == []
