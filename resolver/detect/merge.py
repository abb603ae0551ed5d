"""The embeds of a page and of its extracted text, each post once, with what each of the two knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resolver.models import Embed

#: How much of their words two texts must share to be one post's: extractors lose links, and add neighbours.
_SHARED = 0.5

#: With how many embeds that have something in common one is compared at the most, for each thing in common.
_MOST = 20

_WORD = pattern(r"\w+")


def merge(in_text: Iterable[Embed], in_html: Iterable[Embed]) -> tuple[Embed, ...]:
    """Return the embeds of both, the same post as one: that of the page, with what only the text knows.

    Spans stay those of the page; ``rule`` names the rule of the page and that of the text, joined by ``+``, since
    either alone would have found it. What is found in one of the two only is kept as it is, the text's first.
    """
    pages = list(in_html)
    by_key: dict[object, list[int]] = {}
    for number, page in enumerate(pages):
        for key in _keys(page):
            by_key.setdefault(key, []).append(number)
    partners: dict[int, Embed] = {}
    alone = []
    for embed in in_text:
        buckets = (by_key.get(key, []) for key in _keys(embed))
        likely = (number for bucket in buckets for number in bucket[:_MOST] if number not in partners)
        same = next((number for number in likely if _same(embed, pages[number])), None)
        if same is None:
            alone.append(embed)
        else:
            partners[same] = embed
    return (*alone, *(_joined(page, partners.get(number)) for number, page in enumerate(pages)))


def _keys(embed: Embed) -> Iterator[object]:
    """Yield what embeds of one post have in common, one of these at least: so that few are compared with few."""
    if embed.post_id is not None:
        yield embed.post_id
    if embed.handle is not None:
        words = _WORD.findall((embed.text or "").casefold())
        yield embed.handle.casefold(), tuple(words[:2])
        yield embed.handle.casefold(), tuple(words[-2:])
        yield embed.handle.casefold(), embed.posted
    if embed.kind == "placeholder":
        yield embed.quote


def _joined(page: Embed, text: Embed | None) -> Embed:
    if text is None:
        return page
    named = page if page.post_id is not None else text
    return replace(
        page,
        platform=page.platform or text.platform,
        text=page.text or text.text,
        author=page.author or text.author,
        handle=page.handle or text.handle,
        posted=page.posted or text.posted,
        posted_text=page.posted_text or text.posted_text,
        posted_at=named.posted_at or page.posted_at or text.posted_at,
        post_id=named.post_id,
        post_url=named.post_url,
        links=page.links or text.links,
        hashtags=page.hashtags or text.hashtags,
        mentions=page.mentions or text.mentions,
        blocked=page.blocked or text.blocked,
        rule=f"{page.rule}+{text.rule}",
        confidence=max(page.confidence, text.confidence),
    )


def _same(one: Embed, other: Embed) -> bool:
    """Whether two embeds are of one post: the same id, or author and day that do not differ and words that agree."""
    if one.kind != other.kind and "placeholder" in {one.kind, other.kind}:
        return False
    if one.post_id is not None and other.post_id is not None:
        return one.post_id == other.post_id
    if one.kind == "placeholder":
        return one.platform == other.platform and one.quote == other.quote
    if _differ(one.platform, other.platform) or one.handle is None or other.handle is None:
        return False
    if one.handle.casefold() != other.handle.casefold() or _differ(one.posted, other.posted):
        return False
    return one.text is None or other.text is None or _likeness(one.text, other.text) >= _SHARED


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _likeness(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, from 0 to 1.

    >>> _likeness("The bridge opens", "The bridge opens early")
    0.8571428571428571
    """
    words, others = Counter(_WORD.findall(one.casefold())), Counter(_WORD.findall(other.casefold()))
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 1.0
