"""What a rule finds in a text: a post, by spans of that text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime

    from resolver.models import Link, Post


class Found(NamedTuple):
    """A post of which flattened text is left. Spans are offsets into the text that was read."""

    platform: str | None
    #: ``<platform>.<rule>``, and how sure it is, from 0 to 1.
    rule: str
    confidence: float
    #: The whole of what is left of the post: its words, its attribution, the platform's own wording.
    start: int
    end: int
    #: The post's own words; of no length where none are left.
    text_start: int
    text_end: int
    author: str | None = None
    #: Without the ``@``.
    handle: str | None = None
    #: The printed day, and as it is printed.
    posted: date | None = None
    posted_text: str | None = None
    #: An exact time (UTC) that the text itself gives in a machine-readable form.
    posted_at: datetime | None = None
    #: The post, where its address survived in the text.
    post: Post | None = None
    #: Links that stand outside the post's own words, such as the one to the post.
    links: tuple[Link, ...] = ()
