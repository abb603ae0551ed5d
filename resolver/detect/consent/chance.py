"""Whether a region of a text can hold a note that is no known phrase: what has to be there, looked up at once.

A note is a run of a few sentences that say, in one language, one of the combinations of
:mod:`resolver.detect.consent.judge`. No sentence goes on over the end of a line, so that a run stands in as many lines;
and but for what is a note even amid other text, it is whole lines, of which all words count. What words mean is put
together without regard to their order and distance: too much may pass, never too little.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from resolver.detect.consent.evidence import may_be_note
from resolver.detect.consent.judge import LONGEST, SHORT, Most, most_words
from resolver.detect.consent.prefilter import is_unspaced
from resolver.detect.consent.reading import WORD, has_signs
from resolver.detect.consent.regions import sentences
from resolver.detect.consent.runs import BETWEEN, MOST, contributes
from resolver.rules.consent_names import EVERYDAY_NAMES
from resolver.rules.consent_words import UNSPACED, Meaning, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: How many bits the meanings of a word take in one language.
_BITS: Final[int] = max(value for name, value in vars(Meaning).items() if name.isupper()).bit_length()
_ALL: Final[int] = (1 << _BITS) - 1
# The words of a region, and where its lines end.
_TOKEN = re.compile(rf"{WORD.pattern}|\n")
#: What makes of sentences no note, unless they are one amid other text.
_AGAINST: Final = Meaning.VETO | Meaning.ANTI
#: How many words are remembered at most.
_REMEMBERED: Final = 50_000


class _Line:
    """A line or a sentence."""

    def __init__(self, written: str, *, adjacent: bool = True) -> None:
        self._written = written
        #: Whether it may stand in one run with the one before.
        self.adjacent = adjacent

    @cached_property
    def words(self) -> list[str]:
        """Its words."""
        return WORD.findall(self._written)

    @cached_property
    def meanings(self) -> int:
        """All that its words can mean, language by language (see :func:`_of`): of each, the bits of ``Meaning``."""
        return _meanings(self.words)


def tokens_of(folded: str, start: int, end: int) -> list[str]:
    """Return the words and the line breaks in a region of a folded text."""
    return _TOKEN.findall(folded, start, end)


def may_hold_note(text: str, folded: str, region: tuple[int, int], tokens: Sequence[str]) -> bool:
    """Return whether a region of a text, given as it is and folded, can hold a note that is no known phrase.

    *tokens* are those of :func:`tokens_of`.

    >>> text = "This tweet was not loaded: you have not accepted cookies."
    >>> may_hold_note(text, text.lower(), (0, len(text)), tokens_of(text.lower(), 0, len(text)))
    True
    >>> text = "The tweet was long, and the cookies were good."
    >>> may_hold_note(text, text.lower(), (0, len(text)), tokens_of(text.lower(), 0, len(text)))
    False
    """
    said = folded[slice(*region)]
    if not said.isascii() and (is_unspaced(said) or has_signs(said)):
        return True
    united = _meanings(set(tokens))
    able = [number for number in tuple(_numbers().values()) if max(_most(_of(number, united))) >= 0]
    if not able:
        return False
    lines = _by_line(tokens)
    starts = {number: places for number in able if (places := _starts(lines, number))}
    return bool(starts) and _may_hold_note(text, folded, region, starts)


def _by_line(tokens: Sequence[str]) -> list[int]:
    """Return what the lines mean that have words."""
    known = _known()
    lines: list[int] = []
    line, has_words = 0, False
    for word in tokens:
        if word != "\n":
            said = known.get(word)
            line |= _learn(word) if said is None else said
            has_words = True
        elif has_words:
            lines.append(line)
            line, has_words = 0, False
    lines.append(line)
    return lines


def _starts(lines: Sequence[int], number: int) -> list[int]:
    """Return at which lines a note in one language may begin: what it has to say stands in as many as it can have."""
    said = [_of(number, meanings) for meanings in lines] + [0] * MOST
    return [
        at
        for at, first in enumerate(said[:-MOST])
        if first
        and contributes(first)
        and max(_most(first | said[at + 1] | said[at + 2] | said[at + 3])) >= 0
    ]


def _may_hold_note(
    text: str, folded: str, region: tuple[int, int], starts: Mapping[int, Sequence[int]]
) -> bool:
    """Return whether a note can begin at some lines, by the languages that these are in."""
    lines = _lines(folded[slice(*region)])
    amid: list[int] = []
    for number, places in starts.items():
        for run in (run for at in places for run in _runs(lines, at)):
            said = _of(number, _united(run))
            if _is_whole(run, number, said):
                return True
            if _most(said).amid >= 0:
                amid.append(number)
    return bool(amid) and _is_amid(_sentences(text, folded, *region), set(amid))


def _is_whole(run: Sequence[_Line], number: int, meanings: int) -> bool:
    """Return whether some lines, with their meanings in one language, can be a note together."""
    most = _most(meanings)
    longest = max(most.whole, most.short)
    if longest < 0 or meanings & _AGAINST:
        return False
    # Of languages that do not part words, only those are counted that say something.
    counted = () if number in _unparted() else run
    count = sum(word not in EVERYDAY_NAMES for line in counted for word in line.words)
    if count > longest or not may_be_note(meanings, count):
        return False
    length = _length(run)
    return (count <= most.whole and length <= LONGEST) or (count <= most.short and length <= SHORT)


def _is_amid(lines: Sequence[_Line], numbers: Iterable[int]) -> bool:
    """Return whether some sentences can be a note together amid other text."""
    for run in (run for at in range(len(lines)) for run in _runs(lines, at)):
        united = _united(run)
        if any(_most(_of(number, united)).amid >= 0 for number in numbers) and _length(run) <= LONGEST:
            return True
    return False


def _length(run: Sequence[_Line]) -> int:
    """Return how many characters some lines take at the least."""
    return len(" ".join(word for line in run for word in line.words))


def _united(lines: Sequence[_Line]) -> int:
    united = 0
    for line in lines:
        united |= line.meanings
    return united


def _runs(lines: Sequence[_Line], start: int) -> Iterator[Sequence[_Line]]:
    """Yield what lines, or sentences, can be one run that begins with one of them."""
    for end in range(start + 1, min(start + MOST, len(lines)) + 1):
        if end > start + 1 and not lines[end - 1].adjacent:
            break
        yield lines[start:end]


def _sentences(text: str, folded: str, start: int, end: int) -> list[_Line]:
    """Return the sentences of a region that have words."""
    spans = sentences(text, folded, start, end)
    return [_Line(folded[begin:stop]) for begin, stop in spans if WORD.search(folded, begin, stop)]


def _lines(region: str) -> list[_Line]:
    """Return the lines of a region that have words."""
    found: list[_Line] = []
    gap = 0
    for written in region.split("\n"):
        line = written.lstrip()
        if not line:
            gap += len(written) + 1
            continue
        if WORD.search(line):
            found.append(_Line(line, adjacent=gap + len(written) - len(line) < BETWEEN))
        gap = 0
    return found


def _meanings(found: Iterable[str]) -> int:
    """Return all that some words can mean, language by language."""
    known = _known()
    meanings = 0
    for word in found:
        said = known.get(word)
        meanings |= _learn(word) if said is None else said
    return meanings


def _of(number: int, meanings: int) -> int:
    """Return what of some meanings is of the language with a number, or of every language."""
    return (meanings >> number * _BITS | meanings) & _ALL


@lru_cache(maxsize=_REMEMBERED)
def _most(meanings: int) -> Most:
    return most_words(meanings)


@cache
def _known() -> dict[str, int]:
    """Return the words that were looked up, as far as they are remembered, with what each means by language."""
    return {}


def _learn(word: str) -> int:
    known = _known()
    if len(known) >= _REMEMBERED:
        known.clear()
    meant = words().word(word)
    meanings = meant.everywhere
    for language, meaning in meant.meanings:
        meanings |= meaning << _number(language) * _BITS
    known[word] = meanings
    return meanings


@cache
def _numbers() -> dict[str, int]:
    """Return the languages that words were met of with their numbers, from 1: 0 is for what all have in common."""
    return {}


def _number(language: str) -> int:
    numbers = _numbers()
    return numbers.setdefault(language, len(numbers) + 1)


def _unparted() -> set[int]:
    return {_number(language) for language in UNSPACED}
