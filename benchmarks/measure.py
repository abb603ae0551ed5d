"""One pass over cases and negatives: the counts, and each thing that is wrong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from benchmarks.cases import Case
from benchmarks.finders import embeds_of, resolver
from benchmarks.scoring import Score, match, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.cases import Facts
    from benchmarks.finders import Finder
    from benchmarks.shared_cases import LeftOut

#: What can be wrong besides the fields of a post.
MISSED, EXTRA = "missed", "extra"

#: How much of a value is kept for reading, in characters.
EXCERPT: Final = 110


@dataclass(frozen=True)
class Error:
    """One thing that this project got wrong: where, in what, and both values."""

    form: str
    case: str
    #: A field of :data:`benchmarks.scoring.FIELDS`, or ``missed``, or ``extra``.
    what: str
    expected: str
    found: str


@dataclass(frozen=True)
class FalseFind:
    """A find in a document that holds no embed."""

    form: str
    document: str
    rule: str
    quote: str


@dataclass
class Measurement:
    """What one run measured, by form and finder."""

    scores: dict[str, dict[str, Score]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Score))
    )
    left_out: list[LeftOut] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    #: Documents without embeds that were read, and finds in them, by form (and finder).
    documents: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    false: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    false_finds: list[FalseFind] = field(default_factory=list)


def measure(
    cases: Iterable[Case | LeftOut], negatives: Iterable[Case], finders: Sequence[Finder]
) -> Measurement:
    """Return what *finders* make of labelled *cases* and of documents without embeds."""
    measurement = Measurement()
    for case in cases:
        if isinstance(case, Case):
            _measure_case(case, finders, measurement)
        else:
            measurement.left_out.append(case)
    for document in negatives:
        _measure_negative(document, finders, measurement)
    return measurement


def _measure_case(case: Case, finders: Sequence[Finder], measurement: Measurement) -> None:
    for finder in finders:
        if case.html is None and not finder.reads_text:
            continue
        finds = finder.find(case)
        measurement.scores[case.form][finder.name].add(case, finds)
        if finder.find is resolver:
            measurement.errors += errors(case, finds)


def _measure_negative(document: Case, finders: Sequence[Finder], measurement: Measurement) -> None:
    measurement.documents[document.form] += 1
    for finder in finders:
        if finder.find is not resolver:
            measurement.false[document.form][finder.name] += len(finder.find(document))
    for embed in embeds_of(document):
        measurement.false[document.form]["embed-resolver"] += 1
        quote = " ".join(embed.quote.split())
        measurement.false_finds.append(FalseFind(document.form, document.id, embed.rule, quote[-EXCERPT:]))


def errors(case: Case, finds: Sequence[Facts]) -> list[Error]:
    """Return what is wrong with the *finds* in a case."""
    pairs = match(case.posts, finds)
    found = [
        Error(case.form, case.id, MISSED, _words(post), _nearest(finds))
        for post, find in pairs
        if find is None
    ]
    for post, find in pairs:
        if find is not None:
            found += [
                Error(case.form, case.id, name, _value(post, name), _value(find, name))
                for name in wrong(post, find)
            ]
    if case.exhaustive:
        taken = [id(find) for _, find in pairs]
        found += [
            Error(case.form, case.id, EXTRA, "", _words(find)) for find in finds if id(find) not in taken
        ]
    return found


def _nearest(finds: Sequence[Facts]) -> str:
    return " / ".join(_words(find) for find in finds) or "nothing"


def _words(facts: Facts) -> str:
    parts = (facts.platform, facts.author, facts.handle and f"@{facts.handle}", facts.posted, facts.post_id)
    return " ".join([*(str(part) for part in parts if part), repr((facts.text or "")[:60])])


def _value(facts: Facts, name: str) -> str:
    value = getattr(facts, "text" if name == "start" else name)
    if isinstance(value, frozenset):
        return " ".join(sorted(value)) or "none"
    text = " ".join(str(value).split())
    if name != "text" or len(text) <= EXCERPT:
        return text[:EXCERPT]
    return f"{text[: EXCERPT // 2]} … {text[-EXCERPT // 2 :]}"
