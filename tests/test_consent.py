"""Notes of held-back embeds in plain text: what is one, where it begins and ends, and what it names."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from growth import LIMIT, growth
from hypothesis import given
from hypothesis import strategies as st

from resolver.detect.consent import Placeholder, find_placeholders
from resolver.detect.consent.folding import fold
from resolver.detect.consent.prefilter import Prefilter
from resolver.rules.consent_phrases import Phrase, Strength, phrases
from resolver.rules.consent_words import Meaning, words

SAMPLES = Path(__file__).parent / "samples"
BEFORE, AFTER = "Anna walked home with her dog.\n\n", "\n\nBert sang a song about it."


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (SAMPLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def found_in(text: str) -> list[tuple[str, Placeholder]]:
    """The notes in a text that stands between two paragraphs, with what they quote."""
    whole = BEFORE + text + AFTER
    return [(whole[note.start : note.end], note) for note in find_placeholders(whole)]


def name_of(phrase: Phrase) -> str:
    return f"{phrase.language}-{phrase.text[:30]}"


@pytest.mark.parametrize("phrase", phrases(), ids=name_of)
def test_each_phrase_is_found_in_its_sample_and_not_in_its_near_miss(phrase: Phrase) -> None:
    """A strong phrase makes a note in lines of its own, a weak one never does; nor does what looks like it."""
    assert bool(found_in(phrase.sample)) is (phrase.strength is not Strength.WEAK)
    assert found_in(phrase.near_miss) == []


@pytest.mark.parametrize(
    "row", rows("consent_notes"), ids=lambda row: f"{row['language']}-{row['text'][:30]}"
)
def test_wordings_that_are_no_rule_are_found_by_what_they_say(row: dict[str, str]) -> None:
    """The whole note and nothing of the article is the span; its language and platform are named."""
    ((quote, note),) = found_in(row["text"])
    assert quote.rstrip(".。") == row["text"].rstrip(".。")
    assert (note.language, note.platform, note.rule) == (row["language"], row["platform"], "consent.general")


@pytest.mark.parametrize(
    "row", rows("consent_ordinary"), ids=lambda row: f"{row['language']}-{row['text'][:30]}"
)
def test_sentences_that_look_alike_are_no_notes(row: dict[str, str]) -> None:
    """The page's own banner, policies, news, footers, newsletters, comments, pay walls: silence, also amid a line."""
    assert found_in(row["text"]) == []
    assert find_placeholders(f"Anna walked home with her dog. {row['text']} Bert sang a song about it.") == ()


DUTCH = (
    "Wel toestemming gegeven maar niet getoond, herlaad de pagina. "
    "Twitter wordt niet geladen omdat je geen toestemming hebt gegeven. Klik hier om het aan te passen."
)

SPANS = [
    (f"Article text. {DUTCH} The post.", [DUTCH]),
    (f"{DUTCH}\n{DUTCH}", [DUTCH, DUTCH]),
    (
        (
            "Twitter wordt niet geladen omdat je geen toestemming hebt gegeven.\n"
            "YouTube wordt niet geladen omdat je geen toestemming hebt gegeven."
        ),
        [
            "Twitter wordt niet geladen omdat je geen toestemming hebt gegeven.",
            "YouTube wordt niet geladen omdat je geen toestemming hebt gegeven.",
        ],
    ),
    (
        "Instagram ist deaktiviert.\nErlauben\n\nDer Abend begann ruhig.",
        ["Instagram ist deaktiviert.\nErlauben"],
    ),
    (
        "This tweet cannot be shown because you rejected cookies.\nAccept and show\n\nHe left.",
        ["This tweet cannot be shown because you rejected cookies.\nAccept and show"],
    ),
]


@pytest.mark.parametrize(("text", "quotes"), SPANS)
def test_a_note_is_all_its_sentences_and_labels_and_comes_again_as_another(
    text: str, quotes: list[str]
) -> None:
    """What follows in the article is not of it; the same wording again is a second note."""
    assert [text[note.start : note.end] for note in find_placeholders(text)] == quotes


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_of_a_note_may_end_in_any_way(line_end: str) -> None:
    """A file of Windows has another end of lines; the blank line between the lines of a page is no other note."""
    lines = ("This video cannot be shown here.", "", "Allow cookies and click here to watch it.")
    ((quote, _),) = found_in(line_end.join(lines))
    assert quote == line_end.join(lines)


def test_a_note_that_names_several_platforms_is_of_none() -> None:
    """Unknown stays unknown."""
    ((_, note),) = found_in(
        "This content cannot be shown: you have not accepted cookies of Twitter, YouTube or TikTok."
    )
    assert note.platform is None


def test_a_vendor_is_named_where_the_wording_is_its_own() -> None:
    """Known phrases say who prints them."""
    ((_, note),) = found_in("Sie sehen gerade einen Platzhalterinhalt von YouTube.")
    assert (note.vendor, note.platform, note.rule) == ("borlabs-v3", "youtube", "consent.phrase")


def test_a_phrase_survives_line_breaks_and_other_apostrophes() -> None:
    """Extractors break lines and editors change marks."""
    assert found_in("DuckDuckGo blokeeris selle YouTube'i\nvideo, et takistada Google'it sind jälgimast")


@given(st.text(max_size=300))
def test_any_text_gives_spans_in_order_inside_it(text: str) -> None:
    """Whatever the text, nothing is raised and notes do not overlap."""
    floor = 0
    for note in find_placeholders(text + " cookie twitter this content " + text):
        assert floor <= note.start < note.end <= 2 * len(text) + 29
        floor = note.end


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    """A span of the folded text is a span of the text."""
    assert len(fold(text)) == len(text)


ATTACKS = [
    "cookie ",
    "Twitter accept content not shown cookie. ",
    "you this video\n",
    "tweet. ",
    "ツイート表示",
    "{ ",
]


@pytest.mark.parametrize("unit", ATTACKS)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    """Sixteen times the text takes less than forty times as long."""
    assert growth(lambda size: find_placeholders(unit * (size // len(unit))), 5_000) < LIMIT


def test_many_different_words_are_not_looked_for_one_by_one() -> None:
    """Each holds a trigger, is in one text only, and was not seen in one before."""
    numbers = itertools.count()
    run = lambda size: find_placeholders(" ".join(f"cookie{next(numbers)}" for _ in range(size)))  # noqa: E731
    assert growth(run, 2_000) < LIMIT


def test_words_are_told_by_how_they_begin_are_whole_or_contain() -> None:
    """The three kinds of entries of the table of words."""
    table = words()
    assert table.word("zustimmungen").meaning("de") & Meaning.CONSENT
    assert not table.word("dezelfde").meaning("nl") & Meaning.HERE
    assert table.word("werbecookies").meaning("de") & Meaning.CONSENT


def test_the_prefilter_finds_new_and_remembered_words_alike() -> None:
    """The second text with a word takes another way than the first."""
    prefilter = Prefilter(["cookie"], ["third party"])
    text = "no cookies of a third party, no cookies"
    for _ in range(2):
        assert [trigger.start for trigger in prefilter.triggers(text)] == [3, 16, 32]


def test_each_phrase_has_its_source() -> None:
    """A row without a source is no fact."""
    assert [phrase.text for phrase in phrases() if not phrase.source.strip()] == []
