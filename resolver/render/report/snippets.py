"""What to paste in the place of a link that is dead: a Robust Link, and the same in plain words.

The attributes are those of https://robustlinks.mementoweb.org/spec/: the address that was linked to, its archived copy,
and the day of that copy.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from resolver.render.report.address import web_address
from resolver.render.report.wording import day
from resolver.render.terminal import safe

if TYPE_CHECKING:
    from resolver.findings import Occurrence


class Snippet(NamedTuple):
    """What to paste, as HTML and as plain text."""

    html: str
    text: str


def snippet(occurrence: Occurrence) -> Snippet | None:
    """Return what to paste for a link; ``None`` where no archived copy of it is known.

    Also where an address is not one of the web: nobody is told to paste ``javascript:``.
    """
    memento, finding = occurrence.finding.memento, occurrence.finding
    copy = web_address(memento.url) if memento else None
    original = web_address(finding.expanded_url or finding.url)
    if memento is None or copy is None or original is None:
        return None
    shown = safe(occurrence.written or original)
    html = (
        f'<a href="{escape(copy)}" data-originalurl="{escape(original)}" data-versionurl="{escape(copy)}" '
        f'data-versiondate="{memento.captured_at:%Y-%m-%d}">{escape(shown)}</a>'
    )
    return Snippet(html, f"{shown} (copy of {day(memento.captured_at)}: {copy}; it was {original})")
