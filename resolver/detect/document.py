"""All traces of embeds in one document: its markup, its leftovers and its notes, each post once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resolver.detect.consent import find_placeholders
from resolver.detect.contents import contents
from resolver.detect.flattened import words_of
from resolver.detect.leftovers import find_leftovers
from resolver.detect.merge import merge
from resolver.detect.pairing import Notes
from resolver.detect.rests import find_rests
from resolver.detect.spans import quote
from resolver.models import Blocked, Embed, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from resolver.detect.consent import Placeholder
    from resolver.detect.found import Found
    from resolver.models import Document

    #: From a span of the text under reading to the span of the document's source.
    ToSource = Callable[[int, int], tuple[int, int]]


def detect(document: Document, *, today: date) -> tuple[Embed, ...]:
    """Return the embeds of a document in the order of their place, those of its HTML after those of its text.

    A post that stands in both is one embed. A note that stands beside a post is part of that embed (``blocked``).
    *today* bounds which printed dates are possible.
    """
    in_text: tuple[Embed, ...] = ()
    in_html: tuple[Embed, ...] = ()
    if document.text is not None:
        in_text = _by_place(_Reading(document.id, document.text, document.text, _as_it_is).embeds((), today))
    if document.html is not None:
        in_html = _by_place(_in_html(document.id, document.html, today))
    return merge(in_text, in_html)


def _in_html(document: str, source: str, today: date) -> Iterator[Embed]:
    from resolver.detect.markup import find_markup
    from resolver.detect.page_text import page_text

    markup = tuple(find_markup(document, source, today=today))
    page = page_text(source, [(embed.start, embed.end) for embed in markup])
    placed = [(page.left_out[embed.start], embed) for embed in markup]
    return _Reading(document, source, page.text, page.source_span).embeds(placed, today)


def _as_it_is(start: int, end: int) -> tuple[int, int]:
    return start, end


def _by_place(embeds: Iterator[Embed]) -> tuple[Embed, ...]:
    return tuple(sorted(embeds, key=lambda embed: (embed.start, embed.end)))


class _Reading:
    """One text under reading, of a document or of a page."""

    def __init__(self, document: str, source: str, text: str, to_source: ToSource) -> None:
        self.document = document
        self.source = source
        self.text = text
        self.to_source = to_source

    def embeds(self, markup: Sequence[tuple[int, Embed]], today: date) -> Iterator[Embed]:
        """Yield the embeds: *markup* (found before; with its places in the text), leftovers, and notes alone."""
        placeholders = find_placeholders(self.text)
        notes = Notes(self.text, placeholders)
        ends = sorted([*(note.end for note in placeholders), *(place for place, _ in markup)])
        for place, embed in markup:
            yield replace(embed, blocked=self._blocked(notes.take(place, place)))
        for found in self._found(placeholders, ends, today):
            yield self._leftover(found, notes.take(found.start, found.end))
        for placeholder in notes.left():
            yield self._placeholder(placeholder)

    def _found(self, placeholders: Sequence[Placeholder], ends: Sequence[int], today: date) -> list[Found]:
        """Return the posts that the rules find in the text, in the order of their place."""
        leftovers = list(find_leftovers(self.text, ends, today=today))
        spans = [(found.start, found.end) for found in leftovers]
        notes = [(placeholder.start, placeholder.end) for placeholder in placeholders]
        rests = find_rests(self.text, sorted(spans + notes))
        return sorted([*leftovers, *rests], key=lambda found: found.start)

    def _leftover(self, found: Found, placeholder: Placeholder | None) -> Embed:
        written = self.text[found.text_start : found.text_end]
        text = words_of(written)
        inside = contents(text or "", found.handle, written=written)
        return Embed(
            document=self.document,
            kind=Kind.LEFTOVER,
            platform=found.platform,
            **quote(self.source, *self.to_source(found.start, found.end)),
            text=text,
            author=found.author,
            handle=found.handle,
            posted=found.posted,
            posted_text=found.posted_text,
            posted_at=found.post.posted_at if found.post else found.posted_at,
            post_id=found.post.id if found.post else None,
            post_url=found.post.url if found.post else None,
            links=(*inside.links, *found.links),
            hashtags=inside.hashtags,
            mentions=inside.mentions,
            blocked=self._blocked(placeholder),
            rule=found.rule,
            confidence=found.confidence,
        )

    def _placeholder(self, placeholder: Placeholder) -> Embed:
        return Embed(
            document=self.document,
            kind=Kind.PLACEHOLDER,
            platform=placeholder.platform,
            **quote(self.source, *self.to_source(placeholder.start, placeholder.end)),
            blocked=self._blocked(placeholder),
            rule=placeholder.rule,
            confidence=placeholder.confidence,
        )

    def _blocked(self, placeholder: Placeholder | None) -> Blocked | None:
        if placeholder is None:
            return None
        start, end = self.to_source(placeholder.start, placeholder.end)
        return Blocked(
            quote=self.source[start:end],
            start=start,
            end=end,
            vendor=placeholder.vendor,
            language=placeholder.language,
        )
