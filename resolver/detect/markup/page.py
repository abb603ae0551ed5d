"""All embeds of one page, each post once at each place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.detect.markup.elements import claims, may_claim, read_element
from resolver.detect.markup.escaped import escaped_runs
from resolver.detect.markup.placed import Placed, apart
from resolver.detect.markup.provided import provided
from resolver.detect.markup.shortcodes import shortcodes
from resolver.detect.markup.tags import Ends, in_lower_case, start_tags
from resolver.detect.markup.wrapping import with_wrappers
from resolver.platforms import names, platform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from resolver.detect.markup.reading import Reading
    from resolver.detect.markup.tags import StartTag
    from resolver.models import Embed
    from resolver.platforms.rows import Element, Platform

    #: The forms of elements to look for, by the names of their tags.
    Forms = dict[str, list[tuple[Platform, Element]]]

#: One of these is in every page that embeds something of a provider without a file of its own.
_EMBEDDING = (
    "<iframe",
    "<IFRAME",
    "<embed",
    "<oembed",
    "embedly-card",
    "wp-block-embed",
    "wp:embed",
    "[embed",
    "% embed",
)

#: How deep elements that look like embeds, and are none, are read one within another.
DEEPEST = 6


def find_markup(document: str, source: str, *, today: date) -> Iterator[Embed]:
    """Yield the embeds whose element stands in an HTML *source*, in their order; they do not overlap.

    The same post in elements within one another is one embed, with the outermost span. *today* bounds which
    printed dates are possible. Raises nothing, whatever the source is.

    >>> from datetime import date
    >>> source = '<p>See:</p><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
    >>> embed, = find_markup("a", source, today=date(2026, 1, 1))
    >>> embed.rule, embed.post_id, source[embed.start : embed.end] == embed.quote
    ('youtube.iframe', 'dQw4w9WgXcQ', True)
    """
    met = [
        platform(name) for name in names() if any(literal in source for literal in platform(name).literals)
    ]
    if not met and not any(literal in source for literal in _EMBEDDING):
        return
    plain = list(apart([*_elements(source, met, today), *shortcodes(source, met), *provided(source)]))
    found = with_wrappers(source, apart([*plain, *_escaped(source, met, plain, today)]))
    for placed in found:
        yield placed.reading.embed(document, source, placed.start, placed.end)


def _elements(source: str, met: Sequence[Platform], today: date) -> Iterator[Placed]:
    """Yield the embed elements in a source; of those within one another the outermost that names a post."""
    forms: Forms = {}
    lowered = in_lower_case(source)
    for one in met:
        for element in one.elements:
            for name in element.tags if may_claim(element, lowered) else ():
                forms.setdefault(name, []).append((one, element))
    if not forms:
        return
    ends = Ends(source)
    floor = 0
    within: list[int] = []
    for tag in start_tags(source, forms):
        claimed = [form for form in forms[tag.name] if claims(tag, *form)] if tag.start >= floor else []
        within = [end for end in within if end > tag.start] if claimed else within
        if not claimed or len(within) >= DEEPEST:
            continue
        end = ends.end(tag)
        reading = _first(tag, source[tag.start : end], claimed, today)
        if reading is None:
            within.append(end)
        else:
            yield Placed(tag.start, end, reading)
            floor = end


def _first(
    tag: StartTag, fragment: str, claimed: Sequence[tuple[Platform, Element]], today: date
) -> Reading | None:
    readings = (read_element(tag, fragment, *form, today=today) for form in claimed)
    return next((reading for reading in readings if reading is not None), None)


def _escaped(source: str, met: Sequence[Platform], plain: Sequence[Placed], today: date) -> Iterator[Placed]:
    """Yield the posts in escaped markup, each once, and only those that the page does not show itself."""
    shown = {placed.reading.shows for placed in plain}
    for run in escaped_runs(source):
        for placed in _elements(run.markup, met, today):
            if placed.reading.shows not in shown:
                shown.add(placed.reading.shows)
                yield Placed(run.start, run.end, placed.reading.less_sure(0.9))
