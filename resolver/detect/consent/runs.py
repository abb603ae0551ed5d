"""Which pieces of a text stand together as one note."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from resolver.detect.consent.evidence import evidence, is_of_other_matter
from resolver.detect.consent.judge import LONGEST, Judgement, judge
from resolver.detect.consent.placeholder import Placeholder
from resolver.detect.consent.prefilter import languages_within
from resolver.detect.consent.reading import platforms
from resolver.detect.consent.said import may_be_note
from resolver.rules.consent_phrases import Strength
from resolver.rules.consent_words import Meaning, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resolver.detect.consent.evidence import Evidence
    from resolver.detect.consent.pieces import Piece
    from resolver.detect.consent.prefilter import Trigger
    from resolver.detect.consent.reading import Reading

#: The most sentences that make a note together, and that are added to it before and after.
MOST: Final = 4
_MOST_BEFORE: Final = 3
_MOST_AFTER: Final = 10
#: The longest of these, in characters.
_LONGEST_SENTENCE: Final = 600
#: The longest label ("Accept and show"), in characters.
_LABEL: Final = 70
#: What a sentence must say for a note to begin with it: one of these, or two of the others.
_SAYING: Final = (
    Meaning.CONTENT | Meaning.PLATFORM | Meaning.EXTERNAL | Meaning.BLOCKED | Meaning.CONSENT | Meaning.PERMIT
)
_SAYING_A_LITTLE: Final = (
    Meaning.ACTION | Meaning.LOAD | Meaning.WATCH | Meaning.HERE | Meaning.YOU | Meaning.NEGATION
)
#: From how many words against it on a neighbouring sentence speaks of something else.
_OTHER_MATTER: Final = 2
#: The most that stands between two sentences of one note, and of what it is.
_BETWEEN: Final = 8
BETWEEN_LINES: Final = " \t\r\n.|"
#: In how many languages sentences are read at most: those that understand the most of their words.
_LANGUAGES: Final = 3
#: How much of what the first of these understands another one must understand to be asked as well.
_KIN: Final = 0.6
#: How many runs of sentences of one text are judged at most: no article has a hundredth of it.
MOST_JUDGED: Final = 5_000
#: What a sentence beside a note says where it belongs to it.
_ABOUT_IT: Final = (
    "consent action|direct|external|held",
    "action direct shown|content|external -consent",
    "external_content|held direct content",
)
_BROKEN: Final = "consent.broken"
_PHRASE: Final = {
    "consent": Judgement(0.95, "consent.phrase"),
    "broken": Judgement(0.8, _BROKEN),
}


class Allowance:
    """How many runs of sentences of one text may still be judged; beyond, only known phrases make notes."""

    def __init__(self, left: int = MOST_JUDGED) -> None:
        self.left = left


def notes_of(
    pieces: Sequence[Piece], triggers: Sequence[Trigger], allowance: Allowance
) -> Iterator[Placeholder]:
    """Yield the notes in the pieces of a region in their order.

    Those that are no known phrase have one of the *triggers* (in the order of their places), of their language.
    """
    floor, at = 0, 0
    while at < len(pieces):
        core = _core(pieces, at, triggers, allowance)
        if core is None:
            at += 1
            continue
        end, language, judgement = core
        start = _start(pieces, at, floor, language)
        end = _end(pieces, start, end, language)
        yield _note(pieces[start:end], language, judgement)
        floor = at = end


def _core(
    pieces: Sequence[Piece], at: int, triggers: Sequence[Trigger], allowance: Allowance
) -> tuple[int, str, Judgement] | None:
    """Return the end of the shortest run from *at* that is a note, its language, and the judgement."""
    piece = pieces[at]
    if piece.match and (
        piece.match.phrase.strength == Strength.STRONG
        or (piece.match.phrase.strength == Strength.ALONE and _is_alone(pieces, at))
    ):
        return at + 1, piece.match.phrase.language, _PHRASE[piece.match.phrase.kind]
    if not contributes(piece.reading.any_language):
        return None
    united = count = 0
    for end in range(at + 1, min(at + MOST, len(pieces)) + 1):
        last = pieces[end - 1]
        if last.end - piece.start > LONGEST or (end > at + 1 and not _adjacent(pieces[end - 2], last)):
            return None
        if last.match and last.match.phrase.strength == Strength.STRONG:
            return None
        united |= last.reading.any_language
        count += last.reading.count
        if not may_be_note(united, count):
            continue
        run = pieces[at:end]
        verdict = _verdict(run, triggers, allowance)
        if verdict is None or _of_other_matter(pieces, at, end, verdict[0]):
            continue
        if len(run) == 1 or _verdict(run[1:], triggers, allowance) is None:
            return end, *verdict
    return None


def _is_alone(pieces: Sequence[Piece], at: int) -> bool:
    piece = pieces[at]
    return (piece.begins_line and piece.ends_line(allowed=25)) or any(
        0 <= near < len(pieces) and pieces[near].match is not None and _adjacent(*_in_order(pieces, at, near))
        for near in (at - 1, at + 1)
    )


def _in_order(pieces: Sequence[Piece], one: int, other: int) -> tuple[Piece, Piece]:
    """Return two pieces in their order."""
    return pieces[min(one, other)], pieces[max(one, other)]


def _of_other_matter(pieces: Sequence[Piece], at: int, end: int, language: str) -> bool:
    """Return whether the sentence before or after in the same paragraph is of subscriptions and the like."""
    return any(
        0 <= near < len(pieces)
        and "\n" not in pieces[at].folded[pieces[first].end : pieces[first + 1].start]
        and evidence([pieces[near].reading], language).against >= _OTHER_MATTER
        for near, first in ((at - 1, at - 1), (end, end - 1))
    )


def _verdict(
    run: Sequence[Piece], triggers: Sequence[Trigger], allowance: Allowance
) -> tuple[str, Judgement] | None:
    able = languages_within(triggers, run[0].start, run[-1].end)
    if not able or allowance.left <= 0:
        return None
    readings = [piece.reading for piece in run]
    count = sum(reading.count for reading in readings)
    allowance.left -= 1
    whole = run[0].begins_line and run[-1].ends_line()
    length = run[-1].end - run[0].start
    for language in _languages(readings):
        meanings = _united(reading.union(language) for reading in readings)
        # A kindred language that knows fewer of the words must not overrule what speaks against a note.
        if is_of_other_matter(meanings):
            return None
        named = able >> words().numbers[language] & 1
        if named and contributes(readings[0].union(language)) and may_be_note(meanings, count):
            judgement = judge(evidence(readings, language), length=length, whole=whole)
            if judgement is not None and (
                judgement.rule != _BROKEN or _is_understood(readings, language, count)
            ):
                return None if _is_code(run) else (language, judgement)
    return None


@cache
def _code() -> re.Pattern[str]:
    """Return what stands in programs and their documentation, and in no note."""
    return re.compile(
        r"\\|[{}`]|::|\(\)|(?<!\w)--\w|\w_\w|/\*|\w \* \w|->|\.[ch]\b|"
        r"\w@\w|#[#\d]|\bv?\d\.\d|\w\|\w|(?<!\w)\.[a-z]{2}\b"
    )


def _is_code(run: Sequence[Piece]) -> bool:
    said = run[0].folded[run[0].start : run[-1].end]
    return "://" not in said and _code().search(said) is not None


def _is_understood(readings: Sequence[Reading], language: str, count: int) -> bool:
    """Return whether half of the words are of the language, of so few, and nothing more is announced."""
    if readings[-1].mark == ":":
        return False
    return 2 * sum(reading.weight.get(language, 0) + reading.names for reading in readings) >= count


def contributes(meanings: int) -> bool:
    """Return whether a sentence says anything of a note, so that a note can begin with it."""
    return bool(meanings & _SAYING) or (meanings & _SAYING_A_LITTLE).bit_count() > 1


def _united(meanings: Iterable[int]) -> int:
    union = 0
    for meaning in meanings:
        union |= meaning
    return union


def _languages(readings: Sequence[Reading]) -> list[str]:
    weight: dict[str, float] = {}
    for reading in readings:
        for language, of_sentence in reading.weight.items():
            weight[language] = weight.get(language, 0) + of_sentence
    best = sorted(weight, key=weight.__getitem__, reverse=True)[:_LANGUAGES]
    return [language for language in best if weight[language] >= _KIN * weight[best[0]]]


def _adjacent(one: Piece, other: Piece) -> bool:
    between = one.folded[one.end : other.start]
    return len(between) <= _BETWEEN and not between.strip(BETWEEN_LINES)


def _start(pieces: Sequence[Piece], at: int, floor: int, language: str) -> int:
    start = at
    while (
        start > max(floor, at - _MOST_BEFORE)
        and _adjacent(pieces[start - 1], pieces[start])
        and _leads_to(pieces[start - 1], language)
        and not _repeats(pieces[start - 1], pieces[start : at + 1])
    ):
        start -= 1
    return start


def _end(pieces: Sequence[Piece], start: int, end: int, language: str) -> int:
    most = min(len(pieces), end + _MOST_AFTER)
    while (
        end < most
        and _adjacent(pieces[end - 1], pieces[end])
        and not _repeats(pieces[end], pieces[start:end])
        and _belongs(pieces[end], language)
    ):
        end += 1
    return end


def _repeats(piece: Piece, run: Sequence[Piece]) -> bool:
    return any(
        piece.wording == other.wording
        or (piece.match and other.match and piece.match.phrase == other.match.phrase)
        for other in run
    )


def _leads_to(piece: Piece, language: str) -> bool:
    """Return whether a piece before a note belongs to it: as a sentence of it, or as its heading."""
    if piece.match:
        return True
    said = evidence([piece.reading], language)
    if said.against >= 1 or piece.end - piece.start > _LONGEST_SENTENCE:
        return False
    if piece.end - piece.start <= _LABEL and piece.begins_line:
        named = said.says("external|held") or said.says("content near") or _names_a_platform(said)
        if named or (said.says("consent") and piece.ends_line()):
            return True
    return _is_about_it(said)


def _belongs(piece: Piece, language: str) -> bool:
    """Return whether a piece after a note belongs to it: a known phrase, a label, a sentence about consent."""
    if piece.match:
        return True
    said = evidence([piece.reading], language)
    if said.against >= 1:
        return False
    if piece.end - piece.start <= _LABEL and piece.ends_line():
        label = said.says("consent|action|external|held|load")
        return label or (piece.begins_line and _names_a_platform(said))
    return _is_about_it(said) and piece.end - piece.start <= _LONGEST_SENTENCE


def _names_a_platform(said: Evidence) -> bool:
    return said.says("platform") and said.words <= 3


def _is_about_it(said: Evidence) -> bool:
    return any(map(said.says, _ABOUT_IT))


def _note(run: Sequence[Piece], language: str, judgement: Judgement) -> Placeholder:
    matches = [piece.match for piece in run if piece.match]
    known = [match for match in matches if match.phrase.strength != Strength.WEAK]
    if known:
        judgement = _PHRASE[known[0].phrase.kind]
    named = {match.platform for match in matches if match.platform}
    if not named:
        named = set().union(*(platforms(piece.reading) for piece in run))
    return Placeholder(
        run[0].start,
        run[-1].end,
        known[0].phrase.language if known else language,
        next(iter(named)) if len(named) == 1 else None,
        next((match.phrase.vendor for match in known if match.phrase.vendor), None),
        judgement.rule,
        round(judgement.sure, 2),
    )
