"""All traces of embeds in one document: its markup, its leftovers and its notes, each post once."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from resolver.detect.merge import merge
from resolver.detect.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from resolver.models import Document, Embed


def detect(document: Document, *, today: date, cues: bool = False) -> tuple[Embed, ...]:
    """Return the embeds of a document in the order of their place, those of its HTML after those of its text.

    A post that stands in both is one embed. A note that stands beside a post is part of that embed (``blocked``).
    *today* bounds which printed dates are possible. With *cues*, sentences that lead to a post of which nothing is
    left are embeds too, of the lowest class.
    """
    in_text: tuple[Embed, ...] = ()
    in_html: tuple[Embed, ...] = ()
    if document.text is not None:
        text = document.text
        in_text = _by_place(Reading(document.id, text, text, _as_it_is, today=today).embeds(cues=cues))
    if document.html is not None:
        in_html = _by_place(_in_html(document.id, document.html, today, cues=cues))
    return merge(in_text, in_html)


def _in_html(document: str, source: str, today: date, *, cues: bool) -> Iterator[Embed]:
    from resolver.detect.page import find_in_page
    from resolver.detect.page_text import page_text

    markup = tuple(find_in_page(document, source, today=today))
    spans = _outermost(span for embed in markup for span in _spans(embed))
    page = page_text(source, spans)
    # What is left out is found again by where it begins, be it alone or inside what is left out with it.
    starts = [start for start, _ in spans]
    placed = [(page.left_out[starts[bisect_right(starts, embed.start) - 1]], embed) for embed in markup]
    return Reading(document, source, page.text, page.source_span, today=today, of="@html").embeds(
        placed, cues=cues
    )


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
