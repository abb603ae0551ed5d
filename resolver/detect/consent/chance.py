"""Whether a note can be around some triggers, by what the words there can mean: looked up at once, before any reading.

A note is a run of a few sentences that say, in one language, one of the combinations of
:mod:`resolver.detect.consent.judge`, and one of them holds a trigger of that language. No sentence goes on over the
end of a line, so that a run stands in as many lines; and but for what is a note even amid other text, it is whole
lines, of which all words count. First what all words mean is put together without regard to their order and distance,
for all languages at once; where that can be a note, line by line and sentence by sentence, in their order. Too much
may pass, never too little.
"""

from __future__ import annotations

from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from resolver.detect.consent.evidence import evidence, evidence_of
from resolver.detect.consent.groups import grouped
from resolver.detect.consent.judge import LONGEST, SHORT, Most, judge, most_words, where_amid
from resolver.detect.consent.known import tells
from resolver.detect.consent.lines import Lines
from resolver.detect.consent.meanings import (
    Meanings,
    in_language,
    language,
    may_hold_phrase,
    numbers,
    of_words,
    own_languages,
    said,
    unparted,
)
from resolver.detect.consent.pieces import MARKS
from resolver.detect.consent.reading import (
    WORD,
    is_of_other_script,
    read,
    words_of_any_script,
)
from resolver.detect.consent.regions import sentences
from resolver.detect.consent.runs import MOST
from resolver.detect.consent.said import where_note
from resolver.rules.consent_names import EVERYDAY_NAMES
from resolver.rules.consent_words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resolver.detect.consent.groups import Group
    from resolver.detect.consent.known import KnownPhrases
    from resolver.detect.consent.lines import Run
    from resolver.detect.consent.prefilter import Trigger
    from resolver.detect.consent.said import Said
    from resolver.rules.consent_words import Word

#: How many different meanings of sentences are remembered.
_REMEMBERED: Final = 20_000


class Chance:
    """Tells where a closer look is of use."""

    def __init__(self, phrases: KnownPhrases) -> None:
        self._phrases = phrases
        self._meanings = Meanings(phrases.index)

    def of_notes(self, text: str, folded: str, triggers: Sequence[Trigger]) -> Iterator[Group]:
        """Yield the groups of some triggers in a text, also given folded, that a note can be around.

        >>> from resolver.detect.consent.known import KnownPhrases
        >>> from resolver.detect.consent.prefilter import Trigger
        >>> chance = Chance(KnownPhrases({}))
        >>> text = "This tweet was not loaded: you have not accepted cookies."
        >>> list(chance.of_notes(text, text.lower(), [Trigger(5, -1), Trigger(49, -1)]))
        [Group(start=5, last=49, languages=-1)]
        >>> text = "The tweet was long, and the cookies were good."
        >>> list(chance.of_notes(text, text.lower(), [Trigger(4, -1), Trigger(28, -1)]))
        []
        """
        passage = _Passage(text, folded, self._meanings)
        return (group for group in grouped(triggers) if self._may_be_around(group, passage))

    def _may_be_around(self, group: Group, passage: _Passage) -> bool:
        start, end = max(0, group.start - LONGEST), group.last + LONGEST
        around = passage.folded[start:end]
        if passage.is_of_other_script and is_of_other_script(around):
            return self._is_of_sentences(passage, group) or self._is_of_phrase(passage.folded, group)
        united = self._meanings.of(around.split())
        languages = group.languages & own_languages(united)
        if languages and self._is_of_words(passage, group, united, languages):
            return True
        return may_hold_phrase(united) and self._is_of_phrase(passage.folded, group)

    def _is_of_phrase(self, folded: str, group: Group) -> bool:
        """Return whether a known phrase is around that can make of its sentences more of a note than its words do."""
        return any(tells(match, folded) for match in self._phrases.matches(folded, *group.phrase_span()))

    def _is_of_words(self, passage: _Passage, group: Group, united: int, languages: int) -> bool:
        """Return whether words that mean all this can be a note that is no known phrase, in some languages."""
        of_all = said(united)
        if _where_note(of_all, 0, languages) and self._is_of_lines(passage, group, languages):
            return True
        amid = languages & where_amid(of_all)
        return bool(amid) and (self._is_cut(passage.folded, group) or self._is_amid(passage, group, amid))

    def _is_of_lines(self, passage: _Passage, group: Group, languages: int) -> bool:
        """Return whether some whole lines can be a note together."""
        return any(
            self._may_be_lines(passage.lines, run, able)
            for runs in passage.lines.runs(group.start, group.last)
            for able in [_where_note(said(runs[-1].united), _count(passage.lines.words(runs[0])), languages)]
            if able
            for run in runs
        )

    def _may_be_lines(self, lines: Lines, run: Run, languages: int) -> bool:
        """Return whether a run of lines can be a note in one of some languages."""
        of_run = said(run.united)
        able = languages & ~(of_run.veto | of_run.anti)
        if not able:
            return False
        found = lines.words(run)
        count = _count(found)
        able = _where_note(of_run, count, able)
        length = len(" ".join(found)) if able else 0
        return length <= LONGEST and any(
            _is_short_enough(count, length, in_language(of_run, number))
            and self._may_say(found, number, whole=True)
            for number in numbers(able)
        )

    def _is_cut(self, folded: str, group: Group) -> bool:
        """Return whether known phrases may cut sentences around a group in pieces: what a piece says is not told."""
        return bool(self._phrases.matches(folded, *_reach(folded, group)))

    def _is_amid(self, passage: _Passage, group: Group, able: int) -> bool:
        """Return whether some sentences around a group can be a note together amid other text."""
        spans = _sentences(passage, group)
        of_each = [self._meanings.of(passage.folded[start:end].split()) for start, end in spans]
        for first, stop in _runs_of(spans, group):
            united = _united(of_each[first:stop])
            amid = able & where_amid(said(united))
            if amid:
                found = WORD.findall(passage.folded, spans[first][0], spans[stop - 1][1])
                if any(self._may_say(found, number, whole=False) for number in numbers(amid)):
                    return True
        return False

    def _is_of_sentences(self, passage: _Passage, group: Group) -> bool:
        """Return whether sentences, some of a script that does not part all words, can say a note."""
        text, folded = passage.text, passage.folded
        start, end = _reach(folded, group)
        entries = list(words().unspaced_in(folded[start:end]))
        united = self._of_any_script(folded[start:end], entries)
        able = _where_note(said(united), 0, group.languages & own_languages(united))
        if not able:
            return False
        if self._is_cut(folded, group):
            return True
        spans = _sentences(passage, group)
        first = max(0, sum(end <= group.start for _, end in spans) - MOST + 1)
        stop = sum(start <= group.last for start, _ in spans) + MOST - 1
        near = spans[first:stop]
        of_each = [self._of_any_script(folded[slice(*span)], entries) for span in near]
        possible = [
            (run, number)
            for run in _runs_of(near, group)
            for of_run in [said(_united(of_each[slice(*run)]))]
            for number in numbers(_where_note(of_run, 0, able))
            if max(_most(in_language(of_run, number))) >= 0
        ]
        if not possible:
            return False
        readings = [read(text[start:end], folded[start:end]) for start, end in near]
        return any(
            judge(evidence(readings[slice(*run)], language(number)), length=0, whole=True) is not None
            for run, number in possible
        )

    def _of_any_script(self, folded: str, entries: Iterable[tuple[str, Word]]) -> int:
        """Return all that words, parted in every way, can mean, and those of some entries that are there."""
        unparted = of_words(word for entry, word in entries if entry in folded)
        return self._meanings.of(filter(words().may_know, words_of_any_script(folded))) | unparted

    def _may_say(self, found: Sequence[str], number: int, *, whole: bool) -> bool:
        """Return whether words in their order can be a note in one language, whatever of them is a label or a name."""
        if unparted() >> number & 1 or not EVERYDAY_NAMES.isdisjoint(found):
            return True
        name, look_up = language(number), words().word
        masks = [look_up(word).meaning(name) for word in found]
        meant = evidence_of(masks, name, is_label=True, is_named=True)
        return judge(meant, length=len(" ".join(found)), whole=whole) is not None


class _Passage:
    """A text with what is read of it but once."""

    def __init__(self, text: str, folded: str, meanings: Meanings) -> None:
        self.text = text
        self.folded = folded
        #: Whether any of it is of another script than those that part their words.
        self.is_of_other_script = is_of_other_script(folded)
        self._meanings = meanings

    @cached_property
    def lines(self) -> Lines:
        """Its lines."""
        return Lines(self.folded, self._meanings)


def _reach(folded: str, group: Group) -> tuple[int, int]:
    """Return where a note that holds a trigger of a group begins at the earliest, and ends at the latest."""
    return max(0, group.start - LONGEST), min(len(folded), group.last + LONGEST)


def _sentences(passage: _Passage, group: Group) -> list[tuple[int, int]]:
    """Return the spans of the sentences around a group; what is of marks alone is none."""
    folded = passage.folded
    spans = sentences(passage.text, folded, *_reach(folded, group))
    return [span for span in spans if folded[slice(*span)].strip(MARKS)]


def _runs_of(spans: Sequence[tuple[int, int]], group: Group) -> Iterator[tuple[int, int]]:
    """Yield which sentences make a run that is not too long and can hold a trigger of a group."""
    for first, (start, _) in enumerate(spans):
        if start > group.last:
            return
        for stop in range(first + 1, min(first + MOST, len(spans)) + 1):
            end = spans[stop - 1][1]
            if group.start < end and end - start <= LONGEST:
                yield first, stop


def _where_note(said: Said, count: int, languages: int) -> int:
    """Return in which of some languages so many words can be a note that say this."""
    if not languages:
        return 0
    able = languages & where_note(said, count)
    # Of languages that do not part words, only those are counted that say something.
    others = languages & unparted()
    return able | (others & where_note(said, 0) if count and others else 0)


def _count(found: Sequence[str]) -> int:
    """Return how many of some words are counted: those that may be the name of a platform may be left out."""
    return len(found) - sum(map(found.count, EVERYDAY_NAMES))


def _is_short_enough(count: int, length: int, meanings: int) -> bool:
    """Return whether so many words, of such a length together, can be a note that mean this in one language."""
    most = _most(meanings)
    return count <= most.whole or (count <= most.short and length <= SHORT)


def _united(meanings: Iterable[int]) -> int:
    return reduce(or_, meanings, 0)


@lru_cache(maxsize=_REMEMBERED)
def _most(meanings: int) -> Most:
    return most_words(meanings)
