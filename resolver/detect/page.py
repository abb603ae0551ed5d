"""The embeds of a page's markup: those that stand in it, and those that it holds back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resolver.detect.blocked import find_blocked, may_hide_markup
from resolver.detect.consent import find_placeholders
from resolver.detect.markup import find_markup
from resolver.detect.page_text import page_text
from resolver.detect.prefilter.traces import Trace
from resolver.detect.spans import quote
from resolver.models import Blocked, Embed, Kind, Link, Role
from resolver.platforms import post_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from resolver.detect.blocked import BlockedElement


def find_in_page(document: str, source: str, *, today: date, traces: Trace | None = None) -> Iterator[Embed]:
    """Yield the embeds that the elements of an HTML *source* are, in the order of their place; none overlap.

    What a consent manager hides is recovered and read as any other HTML; its span is that of the element that hides
    it, and ``rule`` names the rule that recovered it and the one that read it. Where an element that was held back
    is still in the page, it is one embed, with ``blocked`` filled. Rules of which there are no *traces* in the page
    are not asked.
    """
    asked = Trace.everything() if traces is None else traces
    markup = list(find_markup(document, source, today=today)) if asked & Trace.MARKUP else []
    held_back = list(find_blocked(source)) if _may_hold_back(source, asked) else []
    for embed in markup:
        yield replace(embed, blocked=_blocked(source, _around(embed, held_back)))
    for element in held_back:
        if not any(_overlap(element, embed) for embed in markup):
            yield from _recovered(document, source, element, today)


def _may_hold_back(source: str, traces: Trace) -> bool:
    """Return whether embeds may be held back in a page: what is hidden as it is has traces of markup only."""
    return Trace.HELD_BACK in traces or (Trace.MARKUP in traces and may_hide_markup(source))


def _around(embed: Embed, held_back: Sequence[BlockedElement]) -> BlockedElement | None:
    return next((element for element in held_back if _overlap(element, embed)), None)


def _overlap(element: BlockedElement, embed: Embed) -> bool:
    return element.start < embed.end and embed.start < element.end


def _recovered(document: str, source: str, element: BlockedElement, today: date) -> Iterator[Embed]:
    """Yield what a placeholder hides; where that is nothing that is known, the placeholder itself."""
    blocked = _blocked(source, element)
    place = quote(source, element.start, element.end)
    hidden = [] if element.html is None else list(find_markup(document, element.html, today=today))
    for embed in hidden:
        yield replace(
            embed,
            **place,
            blocked=blocked,
            rule=f"{element.rule}+{embed.rule}",
            confidence=min(embed.confidence, element.confidence),
        )
    if hidden:
        return
    post = post_of(element.url) if element.url is not None else None
    address = Link(url=element.url, written=element.url, role=Role.POST) if element.url is not None else None
    yield Embed(
        document=document,
        kind=Kind.PLACEHOLDER if element.url is None else Kind.MARKUP,
        platform=post.platform if post else element.platform,
        **place,
        handle=post.handle if post else None,
        posted_at=post.posted_at if post else None,
        post_id=post.id if post else None,
        post_url=post.url if post else None,
        links=(address,) if address else (),
        blocked=blocked,
        rule=element.rule,
        confidence=element.confidence,
    )


def _blocked(source: str, element: BlockedElement | None) -> Blocked | None:
    """Return the note of a placeholder: what it shows, or where it shows nothing, the element itself.

    An element that no vendor's row knows and that shows nothing may be there only to be loaded later: it is no note.
    """
    if element is None or (element.vendor is None and element.note is None):
        return None
    start, end = element.note or (element.start, element.end)
    said = find_placeholders(page_text(source[start:end]).text) if element.note else ()
    return Blocked(
        quote=source[start:end],
        start=start,
        end=end,
        vendor=element.vendor,
        language=next((note.language for note in said if note.language), None),
    )
