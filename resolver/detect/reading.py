"""One text under reading, of a document or of a page: every rule asked, each post once, notes and posts paired."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from resolver.detect.boilerplate import find_boilerplate
from resolver.detect.consent import find_placeholders
from resolver.detect.contents import contents
from resolver.detect.cues import find_cues
from resolver.detect.flattened import words_of
from resolver.detect.leftovers import find_leftovers
from resolver.detect.pairing import Notes
from resolver.detect.payloads import find_payloads
from resolver.detect.prefilter.traces import Trace
from resolver.detect.rests import find_rests
from resolver.detect.spans import quote
from resolver.models import Blocked, Embed, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from resolver.detect.consent import Placeholder
    from resolver.detect.found import Found

    #: From a span of the text under reading to the span of the document's source.
    ToSource = Callable[[int, int], tuple[int, int]]
    Span = tuple[int, int]

#: How far from a post a note of it is looked for where no others are, in characters: a note is shorter.
NEAR = 500

#: What is left of a post's wording without its words: what a note of this rule says is said better by a post beside
#: it, whose own wording it is.
_OWN_WORDING = "consent.broken"


class Reading:
    """One text with where it stands in the document's source, and the rules that are asked of it."""

    def __init__(
        self,
        document: str,
        source: str,
        text: str,
        to_source: ToSource,
        *,
        today: date,
        of: str = "",
        traces: Trace | None = None,
        notes: bool = True,
    ) -> None:
        self.document = document
        self.source = source
        self.text = text
        self.to_source = to_source
        self.today = today
        #: What stands behind the names of the rules: where a page's text was read, ``@html``.
        self.of = of
        #: What may stand in the text: rules of which there is no trace are not asked.
        self.traces = Trace.everything() if traces is None else traces
        #: Whether notes that stand alone are embeds; those beside a post are part of it.
        self.notes = notes

    def embeds(self, markup: Sequence[tuple[int, Embed]] = (), *, cues: bool = False) -> Iterator[Embed]:
        """Yield the embeds: *markup* (found before; with its places in the text), leftovers, and notes alone.

        With *cues*, sentences that lead to a post of which nothing is left are embeds too.
        """
        places = [place for place, _ in markup]
        placeholders = find_placeholders(self.text) if self.traces & Trace.NOTE else ()
        found = self._found(placeholders, places)
        if found and not self.notes:
            # What a note says would be taken for the beginning of the post behind it.
            placeholders = self._beside_posts(found)
            found = self._found(placeholders, places) if placeholders else found
        notes = Notes(self.text, list(self._beside(placeholders, found)))
        for place, embed in markup:
            note = notes.take(place, place) if embed.blocked is None else None
            yield replace(embed, blocked=self._blocked(note)) if note else embed
        for post in found:
            yield self._leftover(post, notes.take(post.start, post.end))
        for placeholder in notes.left() if self.notes else ():
            yield self._placeholder(placeholder)
        if self.traces & Trace.PAYLOAD:
            yield from self._hidden_in_text()
        if cues:
            taken = [*_spans(found), *_spans(placeholders), *((place, place) for place, _ in markup)]
            yield from self._cues(sorted(taken))

    def _beside_posts(self, posts: Sequence[Found]) -> tuple[Placeholder, ...]:
        """Return the notes in some posts and a little around them, in their order; they do not overlap."""
        found: list[Placeholder] = []
        for post in posts:
            floor = found[-1].end if found else 0
            start = max(floor, post.start - NEAR)
            near = find_placeholders(self.text[start : post.end + NEAR])
            found += (note._replace(start=start + note.start, end=start + note.end) for note in near)
        return tuple(found)

    def _found(self, placeholders: Sequence[Placeholder], places: Sequence[int]) -> list[Found]:
        """Return the posts that the rules find in the text, in the order of their place; they do not overlap."""
        worded = (
            list(find_boilerplate(self.text, today=self.today, worded=bool(self.traces & Trace.WORDING)))
            if self.traces & (Trace.WORDING | Trace.TAIL)
            else []
        )
        ends = sorted(chain((note.end for note in placeholders), (post.end for post in worded), places))
        leftovers = (
            list(find_leftovers(self.text, ends, today=self.today)) if self.traces & Trace.TAIL else []
        )
        taken = sorted(_spans(leftovers))
        posts = leftovers + [post for post in worded if not _is_taken(post, taken)]
        rests = (
            find_rests(self.text, sorted([*_spans(posts), *_spans(placeholders)]))
            if self.traces & (Trace.LINK | Trace.ADDRESS)
            else ()
        )
        return sorted([*posts, *rests], key=lambda post: post.start)

    def _beside(self, placeholders: Sequence[Placeholder], posts: Sequence[Found]) -> Iterator[Placeholder]:
        """Yield the notes as far as they stand beside the posts, not in them: in a post they are its own words."""
        spans = _spans(posts)
        for note in placeholders:
            around = [(start, end) for start, end in spans if start < note.end and note.start < end]
            if around and note.rule == _OWN_WORDING:
                continue
            start = max((end for start, end in around if start <= note.start), default=note.start)
            end = min((start for start, end in around if end >= note.end), default=note.end)
            rest = self.text[start:end].strip()
            if rest:
                start = self.text.index(rest, start)
                yield note._replace(start=start, end=start + len(rest))

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
            rule=found.rule + self.of,
            confidence=found.confidence,
        )

    def _placeholder(self, placeholder: Placeholder) -> Embed:
        return Embed(
            document=self.document,
            kind=Kind.PLACEHOLDER,
            platform=placeholder.platform,
            **quote(self.source, *self.to_source(placeholder.start, placeholder.end)),
            blocked=self._blocked(placeholder),
            rule=placeholder.rule + self.of,
            confidence=placeholder.confidence,
        )

    def _hidden_in_text(self) -> Iterator[Embed]:
        """Yield the embeds whose encoded HTML survived in the text; their span is that of the encoded run."""
        for payload in find_payloads(self.text):
            from resolver.detect.markup import find_markup

            place = quote(self.source, *self.to_source(payload.start, payload.end))
            for embed in find_markup(self.document, payload.html, today=self.today):
                yield replace(embed, **place, rule=f"text.base64+{embed.rule}")

    def _cues(self, taken: Sequence[Span]) -> Iterator[Embed]:
        """Yield the sentences that lead to a post where nothing that was found follows."""
        starts = {start for start, _ in taken}
        for cue in find_cues(self.text):
            following = (
                cue.end
                + len(self.text[cue.end : cue.end + 80])
                - len(self.text[cue.end : cue.end + 80].lstrip())
            )
            if following not in starts:
                yield Embed(
                    document=self.document,
                    kind=Kind.PLACEHOLDER,
                    platform=None,
                    **quote(self.source, *self.to_source(cue.start, cue.end)),
                    rule=cue.rule + self.of,
                    confidence=cue.confidence,
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


def _spans(found: Iterable[Found] | Iterable[Placeholder]) -> list[Span]:
    return [(one.start, one.end) for one in found]


def _is_taken(post: Found, taken: Sequence[Span]) -> bool:
    return any(start < post.end and post.start < end for start, end in taken)
