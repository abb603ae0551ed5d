"""Notes in wordings that are no rule, in many languages, and as many sentences that only look like notes.

``consent_unseen.jsonl`` was written set by set, each without a look at the rules; what each set showed was then
mended by kinds of wording. What was found at first sight is told in docs/placeholders.md.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from resolver.detect.consent import find_placeholders
from resolver.detect.consent.finder import Finder
from resolver.detect.consent.folding import fold
from resolver.detect.consent.prefilter import Prefilter
from resolver.detect.consent.tables import known_literals
from resolver.rules.consent_triggers import TRIGGERS

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "samples" / "consent_unseen.jsonl").read_text("utf-8").splitlines()
]
NOTES = [row for row in ROWS if row["note"]]
LANGUAGES = sorted({row["language"] for row in NOTES})
BEFORE, AFTER = "Anna walked home with her dog.\n\n", "\n\nBert sang a song about it."


def is_found(text: str) -> bool:
    """Return whether a note is found in the middle of a text that stands between two paragraphs."""
    middle = len(BEFORE) + len(text) // 2
    return any(note.start <= middle < note.end for note in find_placeholders(BEFORE + text + AFTER))


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_notes_of_each_language_are_found(language: str) -> None:
    """At least 85 of 100."""
    texts = [row["text"] for row in NOTES if row["language"] == language]
    missed = [text for text in texts if not is_found(text)]
    assert len(missed) <= 0.15 * len(texts), missed


def test_nothing_that_looks_alike_is_a_note() -> None:
    """Cookie banners, policies, news, footers, pay walls, newsletters, ad blockers: alone and amid a line."""
    alike = [row["text"] for row in ROWS if not row["note"]]
    assert [text for text in alike if find_placeholders(BEFORE + text + AFTER)] == []
    assert [text for text in alike if find_placeholders(f"Anna left. {text} Bert sang a song.")] == []


def test_as_many_look_alike_as_are_notes() -> None:
    """The two figures are told of the same number of texts, language by language."""
    counts = Counter((row["language"], row["note"]) for row in ROWS)
    assert {
        language: counts[language, True] - counts[language, False] for language in LANGUAGES
    } == dict.fromkeys(LANGUAGES, 0)


def test_the_prefilter_passes_whatever_is_found() -> None:
    """Wordings that no trigger is in would be found by chance of what stands beside them."""
    prefilter = Prefilter(TRIGGERS, known_literals())
    found = [row["text"] for row in NOTES if is_found(row["text"])]
    assert [text for text in found if not prefilter.triggers(fold(text))] == []


def test_a_text_of_notes_without_end_is_judged_only_so_far() -> None:
    """Known phrases are found to the end, whatever stands before them."""
    phrase = "Twitter wordt niet geladen omdat je geen toestemming hebt gegeven."
    text = "".join(f"You see {number} tweets, accept cookie content.\n" for number in range(6_000))
    assert find_placeholders(f"{text}\n{phrase}")[-1].rule == "consent.phrase"


def test_a_finder_knows_only_the_phrases_that_it_is_given() -> None:
    """The benchmark leaves out those of one publisher at a time."""
    assert Finder.of(()).find("Privata Melo anstataŭigis tiun ĉi ret-aplikaĵeton YouTube") == ()
