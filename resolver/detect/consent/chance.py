"""Whether a note can be around some triggers, by what the words there can mean: looked up at once, before any reading.

A note is a run of a few sentences that say, in one language, one of the combinations of
:mod:`resolver.detect.consent.judge`, and one of them holds a trigger of that language. No sentence goes on over the
end of a line, so that a run stands in as many lines; and but for what is a note even amid other text, it is whole
lines, of which all words count. First what all words mean is put together without regard to their order and distance;
where that can be a note, line by line and sentence by sentence, in their order. Too much may pass, never too little.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.evidence import evidence, evidence_of, may_be_note
from resolver.detect.consent.groups import lines_around
from resolver.detect.consent.judge import LONGEST, SHORT, Most, judge, most_words
from resolver.detect.consent.meanings import (
    EVERY_MEANING,
    OF_PHRASE,
    REMEMBERED,
    Meanings,
    in_language,
    language,
    numbers,
    unparted,
)
from resolver.detect.consent.prefilter import ANY_LANGUAGE, is_unspaced
from resolver.detect.consent.reading import WORD, has_signs, read, read_as_any_script
from resolver.detect.consent.regions import sentences
from resolver.detect.consent.runs import MOST
from resolver.rules.consent_names import EVERYDAY_NAMES
from resolver.rules.consent_words import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from resolver.detect.consent.groups import Group, Lines
    from resolver.detect.consent.known import KnownPhrases

#: What makes of sentences no note, unless they are one amid other text.
_AGAINST: Final = Meaning.VETO | Meaning.ANTI
#: What a note says in its language at least one of.
_TELLING: Final = EVERY_MEANING & ~(
    Meaning.WORDS | Meaning.USE | Meaning.SORRY | Meaning.SOCIAL | Meaning.SOURCE | Meaning.DOUBT | _AGAINST
)


class Chance:
    """Tells where a closer look is of no use."""

    def __init__(self, phrases: KnownPhrases) -> None:
        self._phrases = phrases
        self._meanings = Meanings(phrases.words)

    def of_phrase(self, folded: str, group: Group) -> bool:
        """Return whether a known phrase can be around a group of triggers, by the words there."""
        start, end = group.phrase_span()
        around = folded[start:end]
        if _is_of_other_script(around):
            return True
        written = around.split()
        if not self._meanings.of(written) & OF_PHRASE:
            return False
        return self._phrases.may_be_among(self._meanings.words(written))

    def of_note(self, text: str, folded: str, group: Group) -> bool:
        """Return whether a note that is no known phrase can be around a group of triggers in a text, also given folded.

        >>> from resolver.detect.consent.groups import Group
        >>> from resolver.detect.consent.known import KnownPhrases
        >>> chance = Chance(KnownPhrases({}))
        >>> text = "This tweet was not loaded: you have not accepted cookies."
        >>> chance.of_note(text, text.lower(), Group(5, 49, -1))
        True
        >>> text = "The tweet was long, and the cookies were good."
        >>> chance.of_note(text, text.lower(), Group(4, 28, -1))
        False
        """
        start, end = max(0, group.start - LONGEST), group.last + LONGEST
        around = folded[start:end]
        if _is_of_other_script(around):
            return self._is_of_sentences(text, folded, group)
        lines = lines_around(around, group.start - start, group.last - start)
        able = self._able(lines, group.languages)
        if not able:
            return False
        meanings = [self._meanings.of(line.split()) for line in lines.written]
        found = [WORD.findall(line) for line in lines.written]
        amid: list[int] = []
        for number in able:
            said = [in_language(of_line, number) for of_line in meanings]
            if self._is_of_lines(lines, found, said, number):
                return True
            if any(_may_be(_united(said[slice(*run)])).amid for run in lines.longest_runs()):
                amid.append(number)
        return bool(amid) and (self._is_cut(folded, group) or self._is_amid(text, folded, group, amid))

    def _is_cut(self, folded: str, group: Group) -> bool:
        """Return whether known phrases may cut sentences around a group in pieces: what a piece says is not told."""
        return bool(self._phrases.matches(folded, *_reach(folded, group)))

    def _is_of_sentences(self, text: str, folded: str, group: Group) -> bool:
        """Return whether sentences of a script that does not part all words can say a note, in any language."""
        spans = list(sentences(text, folded, *_reach(folded, group)))
        first = max(0, sum(end <= group.start for _, end in spans) - MOST + 1)
        stop = sum(start <= group.last for start, _ in spans) + MOST - 1
        near = spans[first:stop]
        meanings = list(
            map(self._meanings.of_words, read_as_any_script([folded[slice(*span)] for span in near]))
        )
        possible = [
            (run, number)
            for number in _able(_united(meanings), 0, ANY_LANGUAGE)
            for said in [[in_language(of_sentence, number) for of_sentence in meanings]]
            for run in _runs_of(near, group)
            if any(_may_be(_united(said[slice(*run)])))
        ]
        if not possible or self._is_cut(folded, group):
            return bool(possible)
        readings = [read(text[start:end], folded[start:end]) for start, end in near]
        return any(
            judge(evidence(readings[slice(*run)], language(number)), length=0, whole=True) is not None
            for run, number in possible
        )

    def _able(self, lines: Lines, languages: int) -> list[int]:
        """Return the numbers of the languages in which lines around triggers of some languages can be a note.

        It is told by all lines together, and by what the line with the triggers says against a note of whole lines.
        """
        united = self._meanings.of("\n".join(lines.written).split())
        first, stop = lines.middle
        against = self._meanings.of(lines.written[first].split()) if stop - first == 1 else 0
        return _able(united, against, languages)

    def _is_of_lines(
        self, lines: Lines, found: Sequence[Sequence[str]], said: Sequence[int], number: int
    ) -> bool:
        """Return whether some of the lines, which have and mean this in one language, can be a note together."""
        for start, stop in lines.runs():
            meanings = _united(said[start:stop])
            if meanings & _AGAINST or not _may_be(meanings).whole:
                continue
            those = list(chain.from_iterable(found[start:stop]))
            if _is_short_enough(those, meanings, number) and self._may_say(those, number, whole=True):
                return True
        return False

    def _is_amid(self, text: str, folded: str, group: Group, able: Sequence[int]) -> bool:
        """Return whether some sentences around a group can be a note together amid other text."""
        spans = list(sentences(text, folded, *_reach(folded, group)))
        meanings = [self._meanings.of(folded[start:end].split()) for start, end in spans]
        return any(
            _may_be(in_language(_united(meanings[first:stop]), number)).amid
            and self._may_say(WORD.findall(folded, spans[first][0], spans[stop - 1][1]), number, whole=False)
            for first, stop in _runs_of(spans, group)
            for number in able
        )

    def _may_say(self, found: Sequence[str], number: int, *, whole: bool) -> bool:
        """Return whether words in their order can be a note in one language, whatever of them is a label or a name."""
        if number in unparted() or not EVERYDAY_NAMES.isdisjoint(found):
            return True
        masks = [in_language(self._meanings.of((word,)), number) for word in found]
        meant = evidence_of(masks, language(number), is_label=True, is_named=True)
        return judge(meant, length=len(" ".join(found)), whole=whole) is not None


def _able(united: int, against: int, languages: int) -> list[int]:
    """Return the numbers of those languages in which words with some meanings can be a note.

    It is not one of whole lines where a line that has to be in it means something *against* that.
    """
    everywhere = united & EVERY_MEANING
    able: list[int] = []
    for number, shift in numbers(languages):
        own = united >> shift & _TELLING
        if not own:
            continue
        whole, amid = _may_be(own | everywhere)
        if amid or (whole and not (against >> shift | against) & _AGAINST):
            able.append(number)
    return able


def _is_of_other_script(around: str) -> bool:
    return not around.isascii() and (is_unspaced(around) or has_signs(around))


def _reach(folded: str, group: Group) -> tuple[int, int]:
    """Return where a note that holds a trigger of a group begins at the earliest, and ends at the latest."""
    return max(0, group.start - LONGEST), min(len(folded), group.last + LONGEST)


def _runs_of(spans: Sequence[tuple[int, int]], group: Group) -> Iterator[tuple[int, int]]:
    """Yield which sentences make a run that is not too long and can hold a trigger of a group."""
    for first, (start, _) in enumerate(spans):
        if start > group.last:
            return
        for stop in range(first + 1, min(first + MOST, len(spans)) + 1):
            end = spans[stop - 1][1]
            if group.start < end and end - start <= LONGEST:
                yield first, stop


def _is_short_enough(found: Sequence[str], meanings: int, number: int) -> bool:
    """Return whether so many words that mean this in one language can be a note together."""
    most, length = _most(meanings), len(" ".join(found))
    if length > LONGEST:
        return False
    # Of languages that do not part words, only those are counted that say something.
    count = 0 if number in unparted() else len(found) - sum(map(found.count, EVERYDAY_NAMES))
    if not may_be_note(meanings, count):
        return False
    return count <= most.whole or (count <= most.short and length <= SHORT)


def _united(meanings: Sequence[int]) -> int:
    return reduce(or_, meanings, 0)


@lru_cache(maxsize=REMEMBERED)
def _most(meanings: int) -> Most:
    return most_words(meanings)


class _MayBe(NamedTuple):
    """Whether words can be a note of whole lines, and whether they can be one amid other text."""

    whole: bool
    amid: bool


@lru_cache(maxsize=REMEMBERED)
def _may_be(meanings: int) -> _MayBe:
    most = _most(meanings)
    return _MayBe(max(most.whole, most.short) >= 0, most.amid >= 0)
