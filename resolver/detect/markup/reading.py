"""What an embed element says of its post."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from resolver.detect.contents import contents
from resolver.detect.spans import quote
from resolver.models import Embed, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from resolver.models import Link, Post


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A post as one element shows it. Fields that an Embed has too mean the same there."""

    platform: str
    rule: str
    confidence: float
    post: Post | None
    text: str | None = None
    author: str | None = None
    handle: str | None = None
    posted: date | None = None
    posted_text: str | None = None
    #: Machine-readable, to the second or better; ``None`` where only the post's id tells the time.
    posted_at: datetime | None = None
    links: tuple[Link, ...] = ()
    #: Those that are links, where the text alone does not show them.
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()

    @property
    def shows(self) -> tuple[object, ...]:
        """What is equal for two readings of the same post."""
        return (self.platform, self.post.id) if self.post else (self.platform, self.text, self.links)

    @property
    def richness(self) -> tuple[bool, int]:
        """By which the better of two readings of the same post is chosen."""
        return self.posted_text is not None, len(self.text or "")

    def less_sure(self, factor: float) -> Reading:
        """Return the reading with its confidence lowered by *factor*."""
        return replace(self, confidence=round(self.confidence * factor, 4))

    def embed(self, document: str, source: str, start: int, end: int) -> Embed:
        """Return the embed that stands at *start* to *end* of the *source* of a *document*."""
        post = self.post
        handle = self.handle or (post.handle if post else None)
        inside = contents(self.text or "", handle)
        written = "\n".join(link.written for link in self.links)
        loose = (link for link in inside.links if link.written not in written)
        return Embed(
            document=document,
            kind=Kind.MARKUP,
            platform=self.platform,
            **quote(source, start, end),
            text=self.text,
            author=self.author,
            handle=handle,
            posted=self.posted,
            posted_text=self.posted_text,
            posted_at=self.posted_at or (post.posted_at if post else None),
            post_id=post.id if post else None,
            post_url=post.url if post else None,
            links=(*self.links[:-1], *loose, *self.links[-1:]) if post else (*self.links, *loose),
            hashtags=_merged(self.text or "", "#", inside.hashtags, self.hashtags),
            mentions=_merged(
                self.text or "",
                "@",
                inside.mentions,
                [name for name in self.mentions if name.casefold() != (handle or "").casefold()],
            ),
            rule=self.rule,
            confidence=self.confidence,
        )


def _merged(text: str, sign: str, in_text: tuple[str, ...], linked: Iterable[str]) -> tuple[str, ...]:
    """Return the values each once, but for case, in the order in which they stand in the text."""
    known = {value.casefold() for value in in_text}
    more = {value.casefold(): value for value in linked if value.casefold() not in known}
    if not more:
        return in_text
    folded = text.casefold()
    places = {value: folded.find(f"{sign}{value.casefold()}") for value in (*in_text, *more.values())}
    return tuple(sorted(places, key=lambda value: places[value] % (len(folded) + 1)))
