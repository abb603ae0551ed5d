"""Which pieces of a text stand together as one note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.detect.consent.evidence import evidence, is_of_other_matter, may_be_note, platforms
from resolver.detect.consent.judge import LONGEST, judge
from resolver.detect.consent.placeholder import Placeholder
from resolver.rules.consent_phrases import Strength
from resolver.rules.consent_words import Meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resolver.detect.consent.evidence import Evidence, Reading
    from resolver.detect.consent.pieces import Piece

#: The most sentences that make a note together, and that are added to it before and after.
_MOST: Final = 4
_MOST_BEFORE: Final = 3
_MOST_AFTER: Final = 10
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
#: The most white space between two sentences of one note.
_BETWEEN: Final = 8
#: In how many languages sentences are read at most: those that understand the most of their words.
_LANGUAGES: Final = 3
_PHRASE: Final = {"consent": ("consent.phrase", 0.95), "broken": ("consent.broken", 0.8)}


def notes_of(pieces: Sequence[Piece]) -> Iterator[Placeholder]:
    """Yield the notes in the pieces of a region in their order."""
    floor, at = 0, 0
    while at < len(pieces):
        core = _core(pieces, at)
        if core is None:
            at += 1
            continue
        end, language, sure = core
        start = _start(pieces, at, floor, language)
        end = _end(pieces, start, end, language)
        yield _note(pieces[start:end], language, sure)
        floor = at = end


def _core(pieces: Sequence[Piece], at: int) -> tuple[int, str, float] | None:
    """Return the end of the shortest run from *at* that is a note, its language, and how sure that is."""
    piece = pieces[at]
    if piece.match and (
        piece.match.phrase.strength is Strength.STRONG
        or (piece.match.phrase.strength is Strength.ALONE and _is_alone(pieces, at))
    ):
        return at + 1, piece.match.phrase.language, _PHRASE[piece.match.phrase.kind][1]
    if not _contributes(piece.reading.any_language):
        return None
    for end in range(at + 1, min(at + _MOST, len(pieces)) + 1):
        run = pieces[at:end]
        if run[-1].end - run[0].start > LONGEST or (len(run) > 1 and not _adjacent(run[-2], run[-1])):
            return None
        if run[-1].match and run[-1].match.phrase.strength is Strength.STRONG:
            return None
        verdict = _verdict(run)
        if verdict is None or _of_other_matter(pieces, at, end, verdict[0]):
            continue
        if len(run) == 1 or _verdict(run[1:]) is None:
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


def _verdict(run: Sequence[Piece]) -> tuple[str, float] | None:
    readings = [piece.reading for piece in run]
    count = sum(len(reading.words) for reading in readings)
    if not may_be_note(_united(reading.any_language for reading in readings), count):
        return None
    languages = [language for language in _languages(readings) if _can_say_it(readings, language, count)]
    if not languages:
        return None
    whole = run[0].begins_line and run[-1].ends_line()
    length = run[-1].end - run[0].start
    for language in languages:
        sure = judge(evidence(readings, language), length=length, whole=whole)
        if sure is not None:
            return language, sure
    return None


def _can_say_it(readings: Sequence[Reading], language: str, count: int) -> bool:
    meanings = _united(reading.union.get(language, 0) for reading in readings)
    return (
        _contributes(readings[0].union.get(language, 0))
        and may_be_note(meanings, count)
        and not is_of_other_matter(meanings)
    )


def _contributes(meanings: int) -> bool:
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
    return sorted(weight, key=weight.__getitem__, reverse=True)[:_LANGUAGES]


def _adjacent(one: Piece, other: Piece) -> bool:
    between = one.folded[one.end : other.start]
    return len(between) <= _BETWEEN and not between.strip(" \t\n.|")


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
    if said.against >= 1 or piece.end - piece.start > LONGEST:
        return False
    if piece.end - piece.start <= _LABEL and piece.begins_line:
        named = said.external or said.blocked or (said.content and said.here) or _names_a_platform(said)
        if named or (said.consent and piece.ends_line()):
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
        label = said.consent or said.action or said.external or said.blocked
        return label or said.load or (piece.begins_line and _names_a_platform(said))
    return _is_about_it(said) and piece.end - piece.start <= LONGEST


def _names_a_platform(said: Evidence) -> bool:
    return said.platform and said.count <= 3


def _is_about_it(said: Evidence) -> bool:
    direct = said.here or said.you
    if said.consent:
        return said.action or direct or said.external or said.blocked
    shown = said.load or said.watch
    if said.action and direct:
        return shown or said.content or said.external
    return (said.external_content or said.blocked) and direct and said.content


def _note(run: Sequence[Piece], language: str, sure: float) -> Placeholder:
    matches = [piece.match for piece in run if piece.match]
    known = [match for match in matches if match.phrase.strength is not Strength.WEAK]
    rule, confidence = _PHRASE[known[0].phrase.kind] if known else ("consent.general", sure)
    named = {match.platform for match in matches if match.platform}
    if not named:
        named = set().union(
            *(
                platforms(piece.text[piece.start : piece.end], piece.folded[piece.start : piece.end])
                for piece in run
            )
        )
    return Placeholder(
        run[0].start,
        run[-1].end,
        known[0].phrase.language if known else language,
        next(iter(named)) if len(named) == 1 else None,
        next((match.phrase.vendor for match in known if match.phrase.vendor), None),
        rule,
        round(confidence, 2),
    )
