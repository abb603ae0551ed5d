"""What tells at once that a region of a text holds no note: it passes whatever is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.detect.consent import find_placeholders
from resolver.detect.consent.chance import Chance
from resolver.detect.consent.evidence import evidence
from resolver.detect.consent.finder import Finder
from resolver.detect.consent.groups import grouped
from resolver.detect.consent.judge import judge, most_words, where_amid
from resolver.detect.consent.meanings import in_language, of_words, said
from resolver.detect.consent.reading import Reading
from resolver.detect.consent.said import Said, may_be_note, possible_names, where_note
from resolver.detect.prefilter import Sieve, Trace
from resolver.rules.consent_phrases import phrases
from resolver.rules.consent_words import Meaning, Word, words

SAMPLES = Path(__file__).parent / "samples"
BITS = [value for name, value in vars(Meaning).items() if name.isupper()]
MASKS = st.lists(
    st.lists(st.sampled_from(BITS), max_size=3).map(lambda bits: sum(set(bits))), min_size=1, max_size=12
)


def texts() -> list[str]:
    """Notes and what only looks like them, in lines of their own and amid a line."""
    rows = [
        json.loads(line)["text"]
        for name in ("consent_notes", "consent_ordinary", "consent_unseen")
        for line in (SAMPLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    rows += [phrase.sample for phrase in phrases()]
    return [written for row in rows for written in (f"One.\n\n{row}\n\nTwo.", f"Anna left. {row} Bert sang.")]


def read(masks: list[int]) -> Reading:
    return Reading(["word"] * len(masks), [Word(mask, (("nl", mask),)) for mask in masks])


def test_no_note_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every region read, the same notes are found."""
    found = [find_placeholders(text) for text in texts()]
    monkeypatch.setattr(Chance, "of_notes", lambda *given: grouped(given[-1]))
    assert [find_placeholders(text) for text in texts()] == found
    assert sum(map(bool, found)) > 500


@pytest.mark.parametrize("mark", ["|", ".", " | "])
@pytest.mark.parametrize("words", ["as you did not consent", "कुकी"])
def test_marks_between_the_lines_of_a_note_are_no_sentences(mark: str, words: str) -> None:
    """As extractors leave them of a table; a note may have four sentences beside them."""
    lines = ["Anna left. This tweet", "is blocked", f"as you did not consent, {words}."]
    assert find_placeholders("\n".join(lines))
    text = f"\n{mark}\n".join(lines)
    found = find_placeholders(text)
    assert found
    assert Finder.of(phrases()).may_find(text, [text.index("tweet") + 5, text.index("consent") + 7])


@pytest.mark.parametrize("count", [3, 65])
def test_a_note_is_found_behind_words_that_are_too_long_with_it(count: int) -> None:
    """A known phrase cuts its sentence in two, so that what stands before it is not of the note."""
    assert find_placeholders("letter " * count + " Embed Unavailable. t Your Cookie Se\u0e44")


FAR = "\n\n" + "letter " * 300 + "\n\n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("*This post* could not be shown. Show post", "this"),
        ("Karte anzeigen? *Beim Laden werden Daten an Google übertragen. Karte jetzt laden", "beim"),
        ("Sblocca post di @Facebook", "投facebook"),
        ("Post di @LinkedIn disattivato in base alle tue preferenze", "linkedin을"),
    ],
)
def test_no_word_far_away_tells_whether_a_note_is_there(text: str, word: str) -> None:
    """Neither one that a wording is looked up by, nor one with letters of a script without spaces."""
    assert find_placeholders(text + FAR + word) == find_placeholders(text + FAR)
    sieve = Sieve(worth=0, engine="re2")
    assert not find_placeholders(text) or Trace.NOTE in sieve.of_text((text + FAR + word).encode())


def test_each_meaning_has_its_place() -> None:
    """What is said is told by name, in the order of the meanings' bits."""
    names = {name.lower(): value for name, value in vars(Meaning).items() if name.isupper()}
    assert {name: 1 << number for number, name in enumerate(Said._fields)} == names


@given(st.lists(st.sampled_from(BITS), max_size=8).map(lambda bits: sum(set(bits))), st.integers(1, 40))
def test_what_one_language_says_is_told_among_all(meanings: int, count: int) -> None:
    """A number for all languages tells of each of them what that for one language does."""
    united = of_words([Word(meanings, (("nl", meanings), ("en", int(Meaning.HERE))))])
    number = words().numbers["nl"]
    assert in_language(said(united), number) == meanings & ~Meaning.WORDS
    assert bool(where_note(said(united), count) >> number & 1) is may_be_note(meanings, count)
    assert bool(where_amid(said(united)) >> number & 1) is (most_words(meanings).amid >= 0)


@given(MASKS)
def test_what_sentences_say_is_among_what_their_words_can_say(masks: list[int]) -> None:
    """In whatever order the words stand."""
    union = read(masks).any_language
    assert evidence([read(masks)], "nl").names <= possible_names(union)


@given(MASKS, st.integers(1, 600), st.booleans())
def test_a_note_has_no_more_words_than_its_meanings_allow(masks: list[int], length: int, whole: bool) -> None:
    """Whatever is judged a note is of so many words that one can be of."""
    if judge(evidence([read(masks)], "nl"), length=length, whole=whole):
        most = most_words(read(masks).any_language)
        assert len(masks) <= (max(most.whole, most.short) if whole else most.amid)


NOTE = "This tweet was not loaded: you have not accepted cookies."


@pytest.mark.parametrize(
    ("text", "may_have"),
    [
        (f"{'café – ' * 900}\n\n{NOTE}\n\n{'пост ' * 900}", True),
        (f"{'word ' * 900}\n\n{NOTE}\n\n{'word ' * 900}", True),
        ("A cookie of oats. " + "word " * 900 + "The tweet was long, and this video too.", False),
        ("Not loaded.\n" + "A line.\n" * 5 + "This tweet.\n" + "A line.\n" * 5 + "Accepted cookies.", False),
    ],
)
def test_a_text_has_the_trace_of_notes_where_their_words_stand_together(text: str, may_have: bool) -> None:
    """Where letters take more than a byte, too; words of notes that are far apart are none."""
    pytest.importorskip("re2")
    assert bool(Sieve(worth=0, engine="re2").of_text(text.encode()) & Trace.NOTE) is may_have
    assert not find_placeholders(text) or may_have
