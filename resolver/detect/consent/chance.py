"""Whether a note can be around some triggers, by what the words there can mean: looked up at once, before any reading.

A note is a run of a few sentences that say, in one language, one of the combinations of
:mod:`resolver.detect.consent.judge`, and one of them holds a trigger of that language. No sentence goes on over the
end of a line, so that a run stands in as many lines; and but for what is a note even amid other text, it is whole
lines, of which all words count. What words mean is put together without regard to their order and distance: too much
may pass, never too little.
"""

from __future__ import annotations

from functools import cache, lru_cache, reduce
from itertools import chain, islice
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.evidence import may_be_note
from resolver.detect.consent.judge import LONGEST, SHORT, Most, most_words
from resolver.detect.consent.prefilter import is_unspaced
from resolver.detect.consent.reading import WORD, has_signs
from resolver.detect.consent.regions import sentences
from resolver.detect.consent.runs import BETWEEN_LINES, MOST
from resolver.rules.consent_names import EVERYDAY_NAMES
from resolver.rules.consent_words import UNSPACED, Meaning, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from resolver.detect.consent.known import KnownPhrases
    from resolver.detect.consent.prefilter import Trigger

#: How many bits the meanings of a word take in one language, with one more: that it is of a known phrase.
_BITS: Final[int] = max(value for name, value in vars(Meaning).items() if name.isupper()).bit_length() + 1
_OF_PHRASE: Final[int] = 1 << (_BITS - 1)
_ALL: Final[int] = _OF_PHRASE - 1
#: What makes of sentences no note, unless they are one amid other text.
_AGAINST: Final = Meaning.VETO | Meaning.ANTI
#: What a note says in its language at least one of.
_TELLING: Final = _ALL & ~(
    Meaning.WORDS | Meaning.USE | Meaning.SORRY | Meaning.SOCIAL | Meaning.SOURCE | Meaning.DOUBT | _AGAINST
)
#: How many words are remembered at most.
_REMEMBERED: Final = 200_000
#: How far a known phrase reaches from a trigger in it, in characters.
_LONGEST_PHRASE: Final = 400
#: How far the triggers of one group are apart, in characters: they are looked at together.
_TOGETHER: Final = 160
#: How many lines before and after that of a trigger a run can reach.
_FARTHEST: Final = MOST - 1


class Group(NamedTuple):
    """Triggers that stand close together: where the first and the last begin, and all languages that they are of."""

    start: int
    last: int
    languages: int


class _Lines(NamedTuple):
    """The lines around a group that have words: what is written there, what the words of each can mean."""

    written: Sequence[str]
    meanings: Sequence[int]
    #: Which of them hold the triggers: from the first to before the second.
    middle: tuple[int, int]


def grouped(triggers: Sequence[Trigger]) -> Iterator[Group]:
    """Yield some triggers, which are in the order of their places, in groups.

    >>> from resolver.detect.consent.prefilter import Trigger
    >>> list(grouped([Trigger(5, 0b10), Trigger(90, 0b100), Trigger(900, 0b10)]))
    [Group(start=5, last=90, languages=6), Group(start=900, last=900, languages=2)]
    """
    start = last = languages = 0
    for at, of in triggers:
        if languages and at - start > _TOGETHER:
            yield Group(start, last, languages)
            languages = 0
        if not languages:
            start = at
        last = at
        languages |= of
    if languages:
        yield Group(start, last, languages)


def reach_of_phrase(group: Group) -> tuple[int, int]:
    """Return where a known phrase begins at the earliest, and ends at the latest, that holds a trigger of a group."""
    return max(0, group.start - _LONGEST_PHRASE), group.last + _LONGEST_PHRASE


class Chance:
    """Looks up what words can mean, and remembers it."""

    def __init__(self, phrases: KnownPhrases) -> None:
        self._phrases = phrases
        self._known = _Known(phrases.words)
        self._parted = _Parted()

    def of_phrase(self, folded: str, group: Group) -> bool:
        """Return whether a known phrase can be around a group of triggers, by the words there."""
        start, end = reach_of_phrase(group)
        written = folded[start:end].split()
        if not self._united(written) & _OF_PHRASE:
            return False
        return self._phrases.may_be_among(set(chain.from_iterable(map(self._parted.__getitem__, written))))

    def of_note(self, text: str, folded: str, group: Group) -> bool:
        """Return whether a note that is no known phrase can be around a group of triggers in a text, also given folded.

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
        if not around.isascii() and (is_unspaced(around) or has_signs(around)):
            return True
        written, middle = _lines(around, group.start - start, group.last - start)
        able = self._able(written, middle, group.languages)
        if not able:
            return False
        lines = _Lines(written, list(map(self._meanings, written)), middle)
        amid: list[int] = []
        for number in able:
            said = [_of(number, meanings) for meanings in lines.meanings]
            if _is_whole_somewhere(lines, said, number):
                return True
            if any(_most(_united(said, run)).amid >= 0 for run in _longest_runs(lines)):
                amid.append(number)
        return bool(amid) and self._is_amid(text, folded, group, amid)

    def _able(self, written: Sequence[str], middle: tuple[int, int], languages: int) -> list[int]:
        """Return the numbers of the languages in which what is written around triggers of some languages can be a note.

        It is told by all lines together, and by what the line with the triggers says against a note of whole lines.
        """
        united = self._united("\n".join(written).split())
        against = self._meanings(written[middle[0]]) if middle[1] - middle[0] == 1 else 0
        everywhere = united & _ALL
        able: list[int] = []
        for number, shift in _numbers(languages):
            own = united >> shift & _TELLING
            if not own:
                continue
            may_be_whole, may_be_amid = _may_be(own | everywhere)
            if may_be_amid or (may_be_whole and not (against >> shift | against) & _AGAINST):
                able.append(number)
        return able

    def _is_amid(self, text: str, folded: str, group: Group, numbers: Sequence[int]) -> bool:
        """Return whether some sentences around a group can be a note together amid other text."""
        around = max(0, group.start - LONGEST), min(len(folded), group.last + LONGEST)
        spans = list(sentences(text, folded, *around))
        meanings = [self._meanings(folded[start:end]) for start, end in spans]
        for first, (start, _) in enumerate(spans):
            if start > group.last:
                break
            for stop in range(first + 1, min(first + MOST, len(spans)) + 1):
                end = spans[stop - 1][1]
                if end <= group.start or end - start > LONGEST:
                    continue
                united = reduce(or_, meanings[first:stop])
                if any(_most(_of(number, united)).amid >= 0 for number in numbers):
                    return True
        return False

    def _meanings(self, written: str) -> int:
        """Return all that the words of a line or a sentence can mean, language by language (see :func:`_of`)."""
        return self._united(written.split())

    def _united(self, written: Iterable[str]) -> int:
        return reduce(or_, filter(None, map(self._known.__getitem__, written)), 0)


def _lines(around: str, first: int, last: int) -> tuple[list[str], tuple[int, int]]:
    """Return the lines that a run can have of which one holds what begins between *first* and *last*.

    With them, which do: from the first to before the second number.
    """
    lines = around.split("\n")
    top, bottom = around.count("\n", 0, first), around.count("\n", 0, last) + 1
    before = list(islice(filter(_is_written, reversed(lines[:top])), _FARTHEST))[::-1]
    middle = list(filter(_is_written, lines[top:bottom]))
    after = list(islice(filter(_is_written, lines[bottom:]), _FARTHEST))
    return before + middle + after, (len(before), len(before) + len(middle))


@lru_cache(maxsize=_REMEMBERED)
def _numbers(languages: int) -> tuple[tuple[int, int], ...]:
    """Return the numbers of some languages, each with where its meanings begin."""
    numbers = sorted(words().numbers.values())
    return tuple((number, number * _BITS) for number in numbers if languages >> number & 1)


def _is_written(line: str) -> bool:
    """Return whether a line has more than what may stand between two lines of one run."""
    return bool(line.strip(BETWEEN_LINES))


def _runs(lines: _Lines) -> Iterator[tuple[int, int]]:
    """Yield what lines a run can have that one of the middle ones is among, longer runs last."""
    first, stop = lines.middle
    for count in range(1, MOST + 1):
        for start in range(max(0, first - count + 1), min(stop, len(lines.written) - count + 1)):
            yield start, start + count


def _longest_runs(lines: _Lines) -> Iterator[tuple[int, int]]:
    """Yield those of them that are in no other."""
    count = min(MOST, len(lines.written))
    first, stop = lines.middle
    for start in range(max(0, first - count + 1), min(stop, len(lines.written) - count + 1)):
        yield start, start + count


def _is_whole_somewhere(lines: _Lines, said: Sequence[int], number: int) -> bool:
    """Return whether some of the lines, with their meanings in one language, can be a note together."""
    return any(_is_whole(lines.written[slice(*run)], number, _united(said, run)) for run in _runs(lines))


def _is_whole(written: Sequence[str], number: int, meanings: int) -> bool:
    most = _most(meanings)
    longest = max(most.whole, most.short)
    if longest < 0 or meanings & _AGAINST:
        return False
    found = [WORD.findall(line) for line in written]
    # Of languages that do not part words, only those are counted that say something.
    count = 0 if number in _unparted() else sum(word not in EVERYDAY_NAMES for line in found for word in line)
    if count > longest or not may_be_note(meanings, count):
        return False
    length = len(" ".join(word for line in found for word in line))
    return (count <= most.whole and length <= LONGEST) or (count <= most.short and length <= SHORT)


def _united(said: Sequence[int], run: tuple[int, int]) -> int:
    return reduce(or_, said[slice(*run)], 0)


def _of(number: int, meanings: int) -> int:
    """Return what of some meanings is of the language with a number, or of every language."""
    return (meanings >> number * _BITS | meanings) & _ALL


@lru_cache(maxsize=_REMEMBERED)
def _most(meanings: int) -> Most:
    return most_words(meanings)


@lru_cache(maxsize=_REMEMBERED)
def _may_be(meanings: int) -> tuple[bool, bool]:
    """Return whether what means this can be a note of whole lines, and whether it can be one amid other text."""
    most = most_words(meanings)
    return max(most.whole, most.short) >= 0, most.amid >= 0


class _Known(dict[str, int]):
    """What is written between white space, as far as it is remembered, with what its words can mean by language."""

    def __init__(self, words_of_phrases: Collection[str]) -> None:
        super().__init__()
        self._words_of_phrases = frozenset(words_of_phrases)

    def __missing__(self, written: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        table, meanings = words(), 0
        found = WORD.findall(written)
        for word in map(table.word, found):
            meanings |= word.everywhere
            for language, meaning in word.meanings:
                meanings |= meaning << table.numbers[language] * _BITS
        if not self._words_of_phrases.isdisjoint(found):
            meanings |= _OF_PHRASE
        self[written] = meanings
        return meanings


class _Parted(dict[str, tuple[str, ...]]):
    """What is written between white space, as far as it is remembered, with its words."""

    def __missing__(self, written: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[written] = found = tuple(WORD.findall(written))
        return found


@cache
def _unparted() -> frozenset[int]:
    return frozenset(words().numbers[language] for language in UNSPACED)
