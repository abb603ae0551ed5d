"""Measure the weights by which the beginning of a flattened post is chosen: ``resolver/rules/text_start.json``.

::

    python -m benchmarks.weigh --cases FOLDER [--write]

It needs NumPy and SciPy, and flattens with those extractors that are installed. The real posts of the cases are put
into new pages, between the paragraphs that stand around other posts, and flattened; with the real texts of the cases
this gives some thousand texts in which it is known where a post begins. The weights are those under which the expected
token-F1 of the chosen texts is best. Real texts are also measured with their post held out.
"""

from __future__ import annotations

import argparse
import json
import zlib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from benchmarks.cases import ROOT, Case
from benchmarks.scoring import token_f1
from benchmarks.shared_cases import LeftOut, shared_cases
from benchmarks.weigh_pages import pages
from resolver import Document, scan
from resolver.detect import text_start as beginnings
from resolver.detect.evidence import evidence
from resolver.detect.flattened import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from resolver.detect.text_start import Beginning, Region

FILE: Final = ROOT / "resolver" / "rules" / "text_start.json"

#: How much a real text counts against one of a made page, and in how many parts they are held out.
REAL, PARTS = 12.0, 5


class Choice(NamedTuple):
    """A text in which one of several places is the beginning of a post."""

    post: str
    real: bool
    #: What is to be seen at each place, and the F1 of the text that begins there.
    evidence: tuple[dict[str, float], ...]
    f1: tuple[float, ...]


def choices(cases: Iterable[Case | LeftOut]) -> Iterator[Choice]:
    """Yield the choices that the texts of labelled cases pose; those in which every place is wrong are left out."""
    for case in cases:
        if isinstance(case, LeftOut) or case.text is None:
            continue
        for region in _regions(case.text):
            pieces, first, place, certain = beginnings.candidates(region)
            known = [post.text for post in case.posts if post.text and f"(@{post.handle}" in _tail(region)]
            if certain or len(pieces) - first < 2 or not known:
                continue
            texts = [words_of(region.text[piece.start : region.end]) or "" for piece in pieces[first:]]
            f1 = max(([token_f1(post, text) for text in texts] for post in known), key=max)
            if max(f1) >= 0.9:
                seen = tuple(evidence(pieces, number, place) for number in range(first, len(pieces)))
                yield Choice(case.id.partition("+")[0], not case.id.count("+"), seen, tuple(f1))


def _tail(region: Region) -> str:
    return region.text[region.attributed : region.after].replace("\\", "").replace("( ", "(")


def _regions(text: str) -> list[Region]:
    """Return the regions that a scan of a text looks for beginnings in."""
    regions: list[Region] = []
    look = beginnings.text_start

    def note(region: Region) -> Beginning:
        regions.append(region)
        return look(region)

    beginnings.text_start = note
    try:
        scan(Document(id="", text=text))
    finally:
        beginnings.text_start = look
    return [region for region in regions if region.after > region.attributed]


class Fit:
    """The choices as one matrix, and what follows from weights for them."""

    def __init__(self, posed: Sequence[Choice]) -> None:
        self.numpy = numpy = import_module("numpy")
        self.names = sorted({name for one in posed for seen in one.evidence for name in seen})
        rows = [[seen.get(name, 0.0) for name in self.names] for one in posed for seen in one.evidence]
        self.rows = numpy.array(rows)
        sizes = numpy.array([len(one.evidence) for one in posed])
        self.of = numpy.repeat(numpy.arange(len(posed)), sizes)
        self.starts = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])
        self.f1 = numpy.array([f1 for one in posed for f1 in one.f1])
        self.counts = numpy.array([REAL if one.real else 1.0 for one in posed])

    def weights(self) -> dict[str, float]:
        """Return the weights by name: first the likeliest ones for the best places, then those of the best F1."""
        minimize = import_module("scipy.optimize").minimize
        weights = self.numpy.zeros(len(self.names))
        for loss in (self._surprise, self._lost):
            weights = minimize(loss, weights, jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
        return {name: round(float(value), 1) for name, value in zip(self.names, weights, strict=True)}

    def _shares(self, weights: Any) -> Any:
        scores = self.rows @ weights
        best = self.numpy.maximum.reduceat(scores, self.starts)
        powers = self.numpy.exp(scores - best[self.of])
        return powers / self.numpy.add.reduceat(powers, self.starts)[self.of]

    def _surprise(self, weights: Any) -> tuple[float, Any]:
        shares = self._shares(weights)
        right = self.f1 == self.numpy.maximum.reduceat(self.f1, self.starts)[self.of]
        ties = self.numpy.add.reduceat(right.astype(float), self.starts)
        wanted, counts = right / ties[self.of], self.counts[self.of]
        loss = -(counts * wanted * self.numpy.log(shares + 1e-12)).sum() + weights @ weights / 2
        return float(loss), self.rows.T @ ((shares - wanted) * counts) + weights

    def _lost(self, weights: Any) -> tuple[float, Any]:
        shares = self._shares(weights)
        expected = self.numpy.add.reduceat(shares * self.f1, self.starts)
        slope = shares * (self.f1 - expected[self.of]) * self.counts[self.of]
        loss = -3 * (self.counts * expected).sum() + 0.15 * (weights @ weights)
        return float(loss), -3 * (self.rows.T @ slope) + 0.3 * weights


def chosen_f1(one: Choice, weights: dict[str, float]) -> float:
    """Return the F1 of the text that *weights* choose."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in seen.items()) for seen in one.evidence]
    return one.f1[scores.index(max(scores))]


def held_out(posed: Sequence[Choice]) -> list[float]:
    """Return the F1 of each real text, chosen by weights that were measured without its post."""
    found = []
    for part in range(PARTS):
        inside = [one for one in posed if zlib.crc32(one.post.encode()) % PARTS != part]
        weights = Fit(inside).weights()
        found += [chosen_f1(one, weights) for one in posed if one.real and one not in inside]
    return found


def main() -> None:
    """Measure, print what was measured, and write the file if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.weigh", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--cases", type=Path, required=True, help="a folder with embeds.jsonl and flattened.jsonl"
    )
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    posed = [*choices(shared_cases(options.cases)), *choices(pages(options.cases))]
    held = held_out(posed)
    print(f"{len(posed)} choices; {len(held)} real ones, held out: F1 {sum(held) / len(held):.4f}")
    weights = Fit(posed).weights()
    print(f"all: F1 {sum(chosen_f1(one, weights) for one in posed) / len(posed):.4f}")
    if options.write:
        kept = {name: value for name, value in sorted(weights.items()) if value}
        made = {"source": "python -m benchmarks.weigh", "weights": kept}
        FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
