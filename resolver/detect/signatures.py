"""How flattened posts of single platforms end or begin: TikTok, Reddit, Bluesky, Mastodon."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from resolver.dates import find_date
from resolver.detect.found import Found
from resolver.detect.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

# "♬ original sound - Name": the note sign is the platform's own in every language.
_SOUND = re.compile(r"♬[^\S\n]{0,3}[^\n]{1,120}")
_TIKTOK_HANDLE = re.compile(r"@([A-Za-z0-9_.]{2,24})(?![A-Za-z0-9_.@])")
_REDDIT = re.compile(
    r"(?:(?<!\w)Comment )?(?<!\w)by\s{1,3}u/([A-Za-z0-9_-]{3,20})\s{1,3}(?:from discussion )?in\s{1,3}"
    r"(?:r/)?([A-Za-z0-9_]{2,21})"
)
# Searched for from its rarest part on: what it begins with stands everywhere.
_BEFORE_REDDIT = re.compile(r"(?:(?<!\w)Comment )?(?<!\w)by\s{1,3}u/\Z")
_LONGEST_BEFORE_REDDIT: Final = len("Comment by   u/")
# Taken out of the markup without spaces: where the name ends cannot be told.
_REDDIT_GLUED = re.compile(r"byu/[A-Za-z0-9_-]{3,44}")
# Handles of Bluesky are domain names (https://atproto.com/specs/handle).
_DOMAIN = re.compile(r"\(@((?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24})\)")
_BLUESKY = re.compile(r"[—–][^\S\n]{0,3}([^\n—–@]{1,80}?)\s{0,3}" + _DOMAIN.pattern)
_OWN_DOMAIN: Final = ".bsky.social"
#: The most that stands between its dash and the end of what stands before its handle.
_LONGEST_BEFORE_BLUESKY: Final = 3 + 80 + 3
_MASTODON = re.compile(
    r"(?<!\w)Post by @([A-Za-z0-9_.-]{1,30})@((?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24})"
)
_VIEW_ON_MASTODON = re.compile(r"\s{0,8}View on Mastodon")
_PARAGRAPH: Final = "\n\n"
_LONGEST_POST: Final = 2500


def find_signatures(text: str, *, today: date, worded: bool = True) -> Iterator[Found]:
    """Yield the posts that end or begin as single platforms' flattened embeds do; not in order, they may overlap.

    Without *worded*, only those are looked for that no wording tells of, but a handle in parentheses.

    >>> from datetime import date
    >>> text = "Rain again. — Jo (@jo.bsky.social) January 13, 2026 at 4:08 PM"
    >>> found, = find_signatures(text, today=date(2026, 2, 1))
    >>> text[found.text_start:found.text_end], found.handle, found.posted.isoformat()
    ('Rain again.', 'jo.bsky.social', '2026-01-13')
    """
    if worded and "♬" in text:
        yield from _tiktok(text)
    if worded and "u/" in text:
        yield from _reddit(text)
    yield from _bluesky(text, today)
    if worded and "Post by @" in text:
        yield from _mastodon(text)


def may_sign(text: str, start: int) -> bool:
    """Return whether a handle in parentheses that begins at a place may end a post of Bluesky.

    >>> [may_sign(f"— Jo (@{handle})", 5) for handle in ("jo", "jo.example", "jo.bsky.social")]
    [False, False, True]
    """
    before = text[max(0, start - _LONGEST_BEFORE_BLUESKY - 1) : start]
    handle = _DOMAIN.match(text, start) if "—" in before or "–" in before else None
    return handle is not None and (
        handle[1].endswith(_OWN_DOMAIN) or find_date(text, handle.end(), today=date.max) is not None
    )


def _paragraph(text: str, end: int) -> int:
    """Return where the paragraph begins that a place is in."""
    floor = max(0, end - _LONGEST_POST)
    start = text.rfind(_PARAGRAPH, floor, end)
    start = floor if start < 0 else start
    return end - len(text[start:end].lstrip())


def _tiktok(text: str) -> Iterator[Found]:
    for sound in _SOUND.finditer(text):
        start = _paragraph(text, sound.start())
        handle = _TIKTOK_HANDLE.match(text, start)
        if handle is None:
            continue
        name = sound[0].rpartition(" - ")[2].strip() if " - " in sound[0] else None
        words = handle.end(), sound.start()
        yield _found("tiktok.original_sound", 0.9, (start, sound.end()), words, text, handle[1], name)


def _reddit(text: str) -> Iterator[Found]:
    for line in _by_users(text):
        start = line.start()
        if not line[0].startswith("Comment"):
            start = max(_paragraph(text, start), text.rfind("\n", max(0, start - _LONGEST_POST), start) + 1)
        yield _found("reddit.by_user", 0.85, (start, line.end()), (start, line.start()), text, line[1], None)
    for line in _REDDIT_GLUED.finditer(text) if "byu/" in text else ():
        yield _found("reddit.by_user", 0.6, line.span(), (line.start(), line.start()), text, None, None)


def _by_users(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_REDDIT``."""
    floor = 0
    for at in places(text, "u/"):
        if not text[at - 1 : at].isspace():
            continue
        end = at + len("u/")
        before = _BEFORE_REDDIT.search(text, max(floor, end - _LONGEST_BEFORE_REDDIT), end)
        line = _REDDIT.match(text, before.start()) if before else None
        if line is not None:
            floor = line.end()
            yield line


def _with_domains(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_BLUESKY``."""
    floor = 0
    for sign in places(text, "@"):
        at = sign - 1
        if text[at:sign] != "(":
            continue
        within = max(floor, at - _LONGEST_BEFORE_BLUESKY - 1)
        dash = max(text.rfind(dash, within, at) for dash in "—–")
        line = _BLUESKY.match(text, dash) if dash >= 0 else None
        if line is not None:
            floor = line.end()
            yield line


def _bluesky(text: str, today: date) -> Iterator[Found]:
    for line in _with_domains(text):
        printed = find_date(text, line.end(), today=today)
        if printed is None and not line[2].endswith(_OWN_DOMAIN):
            continue
        start = _paragraph(text, line.start())
        body = text[start : line.start()].rstrip().removesuffix("[image or embed]").rstrip()
        yield Found(
            platform="bluesky",
            rule="bluesky.attribution",
            confidence=0.97 if printed else 0.8,
            start=start,
            end=printed.end_with_time if printed else line.end(),
            text_start=start,
            text_end=start + len(body),
            author=line[1].strip() or None,
            handle=line[2],
            posted=printed.date if printed else None,
            posted_text=printed.text if printed else None,
        )


def _mastodon(text: str) -> Iterator[Found]:
    for line in _MASTODON.finditer(text):
        view = _VIEW_ON_MASTODON.match(text, line.end())
        end = view.end() if view else line.end()
        confidence = 0.9 if view else 0.7
        handle = f"{line[1]}@{line[2]}"
        yield _found("mastodon.post_by", confidence, (line.start(), end), (end, end), text, handle, None)


def _found(
    rule: str,
    confidence: float,
    span: tuple[int, int],
    words: tuple[int, int],
    text: str,
    handle: str | None,
    author: str | None,
) -> Found:
    start = words[1] - len(text[words[0] : words[1]].lstrip())
    return Found(
        platform=rule.partition(".")[0],
        rule=rule,
        confidence=confidence,
        start=span[0],
        end=span[1],
        text_start=start,
        text_end=start + len(text[start : words[1]].rstrip()),
        author=author,
        handle=handle,
    )
