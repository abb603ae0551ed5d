"""A measurement as tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from benchmarks.cases import OWN_FORM
from benchmarks.finders import version
from benchmarks.made_pages import FORM as MADE_FORM
from benchmarks.markdown import markdown_table
from benchmarks.measure import EXTRA
from benchmarks.scoring import FIELDS, per_thousand, sum_scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.finders import Finder
    from benchmarks.measure import Error, Measurement
    from benchmarks.scoring import Score

_HEADINGS = {
    "handle": "handle",
    "author": "name",
    "posted": "date",
    "post_id": "id",
    "codes": "links",
    "hashtags": "hashtags",
    "mentions": "mentions",
    "start": "text begins",
    "text": "text whole",
}
#: How much of either end of a value a table shows, in characters.
SHORTEST: Final = 24

_PEERS = ("goose3", "tweetfinder")


def accuracy_table(measurement: Measurement, finders: Sequence[Finder]) -> str:
    """Return one line per form and finder, each cell with count, whole and share."""
    heads = ["input", "finder", "found", *(_HEADINGS[name] for name in FIELDS), "text F1", "extra finds"]
    lines = []
    for form, scores in [*measurement.scores.items(), *_sums(measurement)]:
        lines += [
            [form, finder.name, *_cells(scores[finder.name], finder)]
            for finder in finders
            if finder.name in scores
        ]
        if "HTML" in form:
            lines += [[form, peer, "not installed"] for peer in _PEERS if version(peer) is None]
    return markdown_table(heads, lines)


def _sums(measurement: Measurement) -> list[tuple[str, dict[str, Score]]]:
    """Return the sums over the real texts, and over the made ones."""
    texts = {
        form: scores for form, scores in measurement.scores.items() if not form.startswith(("HTML", OWN_FORM))
    }
    made = {form: scores for form, scores in texts.items() if form.startswith(MADE_FORM)}
    real = {form: scores for form, scores in texts.items() if form not in made}
    groups = {"all extractors": real, f"all {MADE_FORM}": made}
    return [(name, _summed(list(group.values()))) for name, group in groups.items() if group]


def _summed(forms: Sequence[dict[str, Score]]) -> dict[str, Score]:
    finders = dict.fromkeys(name for scores in forms for name in scores)
    return {name: sum_scores(scores[name] for scores in forms if name in scores) for name in finders}


def _cells(score: Score, finder: Finder) -> list[str]:
    fields = [
        share(score.right[name], score.total[name]) if name in finder.gives and score.total[name] else "–"
        for name in FIELDS
    ]
    f1 = f"{score.f1 / score.total['text']:.3f}" if "text" in finder.gives and score.total["text"] else "–"
    return [share(score.found, score.posts), *fields, f1, str(score.extra)]


def share(part: int, whole: int) -> str:
    """Return a count with its whole and its share, rounded down, so that 100 % is all.

    >>> share(199, 200), share(1999, 2000)
    ('199/200 99.5%', '1999/2000 99.9%')
    """
    return f"{part}/{whole} {part * 1000 // whole / 10}%" if whole else "–"


def negatives_table(measurement: Measurement, finders: Sequence[Finder]) -> str:
    """Return the false finds per 1,000 documents, one line per kind of documents and finder that reads texts."""
    lines = [
        [form, str(documents), finder.name, str(finds), f"{per_thousand(finds, documents):.2f}"]
        for form, documents in measurement.documents.items()
        for finder in finders
        if finder.reads_text
        for finds in [measurement.false[form][finder.name]]
    ]
    return markdown_table(["documents", "number", "finder", "false finds", "per 1,000"], lines)


def errors_table(measurement: Measurement) -> str:
    """Return what is wrong, the most frequent first, with an example of each."""
    counts = Counter((error.what, error.form) for error in measurement.errors)
    by_what = Counter(error.what for error in measurement.errors)
    lines = []
    for what, count in by_what.most_common():
        forms = ", ".join(f"{form} {number}" for (name, form), number in counts.most_common() if name == what)
        example = _example(error for error in measurement.errors if error.what == what)
        lines.append(
            [_name(what), str(count), forms, example.case, _code(example.expected), _code(example.found)]
        )
    return markdown_table(["what", "times", "where", "an example", "expected", "found"], lines)


def error_lines(measurement: Measurement, most: int) -> Iterable[str]:
    """Yield at most *most* errors of each form and kind, to be read."""
    seen: Counter[tuple[str, str]] = Counter()
    for error in sorted(measurement.errors, key=lambda error: (error.what, error.form)):
        seen[error.what, error.form] += 1
        if seen[error.what, error.form] <= most:
            yield f"{_name(error.what)} | {error.form} | {error.case}"
            yield f"  expected {error.expected}\n  found    {error.found}"


def _name(what: str) -> str:
    return "found beside the labelled ones" if what == EXTRA else _HEADINGS.get(what, what)


def _example(errors: Iterable[Error]) -> Error:
    """Return one of the errors; one in a case of our own, whose words may stand on a page, if there is one."""
    return min(errors, key=lambda error: not error.form.startswith(OWN_FORM))


def _code(value: str) -> str:
    as_cell = value.replace("`", "'").replace("|", "/")
    short = as_cell if len(as_cell) <= 2 * SHORTEST else f"{as_cell[:SHORTEST]} … {as_cell[-SHORTEST:]}"
    return f"`{short}`" if value else ""
