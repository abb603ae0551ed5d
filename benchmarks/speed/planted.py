"""What is planted in documents: the rules' own samples, by the kind of trace that they are."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from itertools import count, cycle
from typing import TYPE_CHECKING, Final, NamedTuple

from bs4 import BeautifulSoup

from resolver.detect.blocked import vendor_rows
from resolver.platforms import names
from resolver.platforms.samples import twitter
from resolver.platforms.wrappers import COMMENTS, WRAPPERS
from resolver.rules.boilerplate import LINES, VIEW_POST
from resolver.rules.consent_phrases import Strength, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resolver.platforms.samples.sample import Sample

#: One document of so many has something planted.
EVERY: Final = 100


class Planted(NamedTuple):
    """Something to plant: which kind of trace it is, and how it is written."""

    kind: str
    source: str


class Made(NamedTuple):
    """A document that was made, and what was planted in it, at which code points; of most nothing."""

    text: str
    kind: str | None = None
    start: int = 0
    end: int = 0


@cache
def in_texts() -> Mapping[str, tuple[str, ...]]:
    """Return what is planted in texts, by kind.

    >>> list(in_texts())
    ['flattened tweet', 'wording of a platform', 'note of a held-back embed', 'bare address']
    """
    return {
        "flattened tweet": tuple(_flattened()),
        "wording of a platform": (*(line.sample for line in LINES), *VIEW_POST),
        "note of a held-back embed": _notes(),
        "bare address": tuple(_addresses()),
    }


@cache
def in_pages() -> Mapping[str, tuple[str, ...]]:
    """Return what is planted in pages, by kind, as HTML.

    >>> list(in_pages())[:2]
    ['embed', 'placeholder of a consent manager']
    """
    as_paragraphs = {
        kind: tuple(f"<p>{sample}</p>" for sample in samples) for kind, samples in in_texts().items()
    }
    return {
        "embed": tuple(sample.case for name in names() for sample in _samples(name, "EMBEDS")),
        "placeholder of a consent manager": tuple(row.sample for row in vendor_rows()),
        "wrapper of an embed": tuple(row.sample for row in (*WRAPPERS, *COMMENTS)),
        **as_paragraphs,
    }


def in_turn(kinds: Mapping[str, tuple[str, ...]]) -> Iterator[Planted | None]:
    """Yield for each document what is to be planted in it: every kind in its turn, and of each every sample.

    >>> [one for one in zip(range(300), in_turn({"a": ("1", "2"), "b": ("3",)})) if one[1]][-1]
    (250, Planted(kind='a', source='2'))
    """
    samples = {kind: cycle(sources) for kind, sources in kinds.items()}
    kind = cycle(kinds)
    for number in count():
        if number % EVERY == EVERY // 2:
            chosen = next(kind)
            yield Planted(chosen, next(samples[chosen]))
        else:
            yield None


def _flattened() -> Iterator[str]:
    """Yield the text of those embeds whose text names the author by the handle."""
    for sample in twitter.EMBEDS:
        text = " ".join(BeautifulSoup(sample.case, "lxml").get_text(" ").split())
        if sample.found and "(@" in text:
            yield text


def _notes() -> tuple[str, ...]:
    """Return the notes that are ones wherever they stand, of each language in turn as long as there are any."""
    by_language: dict[str, list[str]] = {}
    for phrase in phrases():
        if phrase.strength is Strength.STRONG:
            by_language.setdefault(phrase.language, []).append(phrase.sample)
    most = max(map(len, by_language.values()))
    return tuple(notes[turn] for turn in range(most) for notes in by_language.values() if turn < len(notes))


def _addresses() -> Iterator[str]:
    for name in names():
        yield from (one.case for one in _samples(name, "ADDRESSES") if one.case.startswith("http"))


def _samples(platform: str, of: str) -> Iterator[Sample]:
    module = import_module(f"resolver.platforms.samples.{platform}")
    yield from (sample for sample in getattr(module, of) if sample.found)
