"""Texts of the sizes that those of web corpora have, made of paragraphs of real ones."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Final

from benchmarks.speed.planted import Made, in_texts, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.speed.planted import Planted
    from benchmarks.speed.sources import Paragraphs, Sources

#: The median of a text, in bytes, and how far the sizes spread (sigma of a log-normal distribution); measured on the
#: main texts of 1,486 pages of the web: half have more than 6.3 kB, and nearly all a letter beyond ASCII.
MEDIAN: Final = 6_000
SPREAD: Final = 0.9
_LEAST, _MOST = 400, 200_000
#: So often a text is of articles, where there are any; the others are of manuals, half of them in other languages. The
#: articles are few, and were chosen for the posts in them: of the web's texts, one in some ten speaks of a platform.
_ARTICLES: Final = 0.1
_SEED: Final = 20261120


def made_texts(sources: Sources, size: int, *, seed: int = _SEED) -> Iterator[Made]:
    """Yield texts of *size* bytes of UTF-8 together: the same ones for the same sources, size and seed."""
    chance = random.Random(seed)
    left = size
    for planted in in_turn(in_texts()):
        made = _text(sources, chance, planted)
        yield made
        left -= len(made.text.encode())
        if left <= 0:
            return


def paragraphs(sources: Sources, chance: random.Random, size: float) -> list[str]:
    """Return paragraphs of about *size* bytes together, of one kind of texts, each text from a chance place on."""
    texts = _kind(sources, chance)
    found: list[str] = []
    while size > 0:
        text = chance.choice(texts)
        for paragraph in text[chance.randrange(len(text)) :][:40]:
            found.append(paragraph)
            size -= len(paragraph.encode())
            if size <= 0:
                break
    return found


def log_normal(chance: random.Random, *, median: int, spread: float, least: float, most: float) -> float:
    """Return a size: half are more than the median, and few are many times as large."""
    return min(max(chance.lognormvariate(math.log(median), spread), least), most)


def _kind(sources: Sources, chance: random.Random) -> Sequence[Paragraphs]:
    if sources.articles and chance.random() < _ARTICLES:
        return sources.articles
    if sources.translations and chance.random() < 0.5:
        return sources.translations
    return sources.manuals


def _text(sources: Sources, chance: random.Random, planted: Planted | None) -> Made:
    size = log_normal(chance, median=MEDIAN, spread=SPREAD, least=_LEAST, most=_MOST)
    parts = paragraphs(sources, chance, size)
    between = chance.choice(("\n", "\n\n"))
    if planted is None:
        return Made(between.join(parts))
    place = chance.randint(1, len(parts))
    before = between.join(parts[:place]) + between
    text = before + planted.source + between + between.join(parts[place:])
    return Made(text, planted.kind, len(before), len(before) + len(planted.source))
