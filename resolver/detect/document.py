"""All traces of embeds in one document: its markup, its leftovers and its notes, each post once."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from resolver.detect.merge import merge
from resolver.detect.prefilter.everything import Everything
from resolver.detect.prefilter.traces import IN_TEXT
from resolver.detect.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from resolver.detect.prefilter import Sieve
    from resolver.models import Document, Embed


def detect(
    document: Document, *, today: date, cues: bool = False, sieve: Sieve | Everything | None = None
) -> tuple[Embed, ...]:
    """Return the embeds of a document in the order of their place, those of its HTML after those of its text.

    A post that stands in both is one embed. A note that stands beside a post is part of that embed (``blocked``).
    *today* bounds which printed dates are possible. With *cues*, sentences that lead to a post of which nothing is
    left are embeds too, of the lowest class; for these, every text is read. What is found is the same with a *sieve*
    and without one: with one, rules are asked only of documents that have a trace of what they find. But a word of a
    page that a tag or a comment breaks (``twe<wbr>et``) is no trace.
    """
    used = Everything() if sieve is None else sieve
    in_text: tuple[Embed, ...] = ()
    in_html: tuple[Embed, ...] = ()
    if document.text is not None:
        in_text = _by_place(_in_text(document.id, document.text, today, cues=cues, sieve=used))
    if document.html is not None:
        in_html = _by_place(_in_html(document.id, document.html, today, cues=cues, sieve=used))
    return merge(in_text, in_html)


def _in_text(
    document: str, text: str, today: date, *, cues: bool, sieve: Sieve | Everything
) -> Iterator[Embed]:
    traces = sieve.of_text(text.encode("utf-8", "surrogatepass"))
    if traces or cues:
        reading = Reading(document, text, text, _as_it_is, today=today, traces=traces, notes=sieve.notes)
        yield from reading.embeds(cues=cues)


def _in_html(
    document: str, source: str, today: date, *, cues: bool, sieve: Sieve | Everything
) -> Iterator[Embed]:
    traces = sieve.of_page(source.encode("utf-8", "surrogatepass"))
    if not traces and not cues:
        return
    from resolver.detect.page import find_in_page
    from resolver.detect.page_text import page_text

    markup = tuple(find_in_page(document, source, today=today, traces=traces))
    if not traces & IN_TEXT and not cues:
        yield from markup
        return
    spans = _outermost(span for embed in markup for span in _spans(embed))
    page = page_text(source, spans)
    # What is left out is found again by where it begins, be it alone or inside what is left out with it.
    starts = [start for start, _ in spans]
    placed = [(page.left_out[starts[bisect_right(starts, embed.start) - 1]], embed) for embed in markup]
    of_text = sieve.of_text(page.text.encode("utf-8", "surrogatepass"))
    reading = Reading(
        document,
        source,
        page.text,
        page.source_span,
        today=today,
        of="@html",
        traces=of_text,
        notes=sieve.notes,
    )
    yield from reading.embeds(placed, cues=cues)


def _spans(embed: Embed) -> Iterator[tuple[int, int]]:
    yield embed.start, embed.end
    if embed.blocked is not None:
        yield embed.blocked.start, embed.blocked.end


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in their order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _as_it_is(start: int, end: int) -> tuple[int, int]:
    return start, end


def _by_place(embeds: Iterable[Embed]) -> tuple[Embed, ...]:
    return tuple(sorted(embeds, key=lambda embed: (embed.start, embed.end)))
