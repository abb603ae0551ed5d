"""A post of which only author, day and words are left, found among an archive's copies of that author's posts.

After Zaki, Nelson and Weigle, who did so from screenshots (https://arxiv.org/abs/2510.22939). The ids of X hold the
time of posting, so that the day names a range of them; the captured text decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.archive.shown import texts_of
from resolver.models import AttestedBy, Check
from resolver.platforms import post_of
from resolver.platforms.twitter import FIRST_SNOWFLAKE, SNOWFLAKE_EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from resolver.archive.archive import Archive
    from resolver.archive.captures import CdxRecord
    from resolver.findings import Memento
    from resolver.models import Embed, Post

#: How alike, of 100, the captured text must be, and how far ahead of that of any other post.
LEAST: Final = 85.0
AHEAD: Final = 10.0
#: Posts whose copies are read, at most; an author with more captured posts on one day is left alone.
MOST_CANDIDATES: Final = 40
#: Characters of a text, without its links, below which several posts could have it.
SHORTEST: Final = 20

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_BITS: Final = 22
#: The last digits of an id that vary within a day: 86,400,000 ms shifted by 22 bits is a number of 15 digits.
_VARYING: Final = 10**15
_HOSTS: Final = ("twitter.com",)
_LINK = re.compile(r"(?:https?://|pic\.(?:twitter|x)\.com/)\S{1,2000}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPost:
    """A post that an archive's copy names."""

    post_id: str
    #: The address as it was captured.
    post_url: str
    memento: Memento
    #: How alike the texts are, of 100, and the same of the next best post; 0 where there is no other.
    score: float
    next_score: float


class _Candidate(NamedTuple):
    post_id: str
    record: CdxRecord
    score: float


def find_post(
    archive: Archive,
    *,
    handle: str,
    day: date,
    text: str,
) -> FoundPost | None:
    """Return the post of an author's day that has a text; ``None`` where none clearly is it, or none can be asked."""
    wanted = plain(text)
    if len(wanted) < SHORTEST:
        return None
    records = _captured(archive, handle, day)
    if len(records) > MOST_CANDIDATES:
        return None
    candidates = []
    for post_id, record in records.items():
        page = archive.page(record)
        if page is not None:
            score = best_score(wanted, texts_of(page.body))
            candidates.append(_Candidate(post_id, record, score))
    return _clear_winner(archive, sorted(candidates, key=lambda each: each.score, reverse=True))


def named_by_copy(embed: Embed, post: Post, found: FoundPost) -> Embed:
    """Return an embed as the post that an archive's copy names, with a check that keeps how alike the texts are."""
    check = Check(
        name="text_in_archive",
        printed=embed.text or "",
        found=f"{found.score:g} of 100 alike in {found.memento.url}; the next best post {found.next_score:g}",
        passed=True,
        post_url=post.url,
    )
    return replace(
        embed,
        post_id=post.id,
        post_url=post.url,
        posted_at=post.posted_at,
        attested_by=AttestedBy.ARCHIVE,
        confidence=round(embed.confidence * found.score / 100, 4),
        checks=(*embed.checks, check),
    )


def ids_of_day(day: date) -> tuple[int, int]:
    """Return the first and the last id of X of a UTC day; an empty range before there were such ids.

    >>> from datetime import date
    >>> first, last = ids_of_day(date(2020, 8, 15))
    >>> first <= 1294729362470051840 <= last
    True
    """
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC)
    milliseconds = [
        (at - _EPOCH) // timedelta(milliseconds=1) - SNOWFLAKE_EPOCH
        for at in (begins, begins + timedelta(days=1))
    ]
    first, beyond = (each << _TIME_BITS for each in milliseconds)
    return max(first, FIRST_SNOWFLAKE), beyond - 1


def prefixes_of_day(day: date) -> tuple[str, ...]:
    """Return the digits with which all ids of a day begin: one or two prefixes, instead of all posts of an author.

    >>> from datetime import date
    >>> prefixes_of_day(date(2020, 8, 15))
    ('1294',)
    """
    first, last = ids_of_day(day)
    if first > last:
        return ()
    if len(str(first)) != len(str(last)) or first < _VARYING:
        return ("",)
    return tuple(str(number) for number in range(first // _VARYING, last // _VARYING + 1))


def plain(text: str) -> str:
    """Return a post's text as it can be compared: without links, in lower case, with single spaces.

    >>> plain("The  bridge\\nis OPEN! https://t.co/AbCdEf1234")
    'the bridge is open!'
    """
    return _SPACE.sub(" ", _LINK.sub(" ", text)).strip().lower()


def best_score(wanted: str, texts: Sequence[str]) -> float:
    """Return how alike the most similar of *texts* is, from 0 to 100. *wanted* is a :func:`plain` text."""
    from rapidfuzz import fuzz

    return max((fuzz.ratio(wanted, plain(each)) for each in texts), default=0.0)


def _captured(archive: Archive, handle: str, day: date) -> dict[str, CdxRecord]:
    """Return one capture of each post of the author's day, by the post's id."""
    first, last = ids_of_day(day)
    found: dict[str, CdxRecord] = {}
    for record in _listed(archive, handle, day):
        post = post_of(record.original)
        if post is None or post.handle is None or post.handle.lower() != handle.lower():
            continue
        if record.statuscode == 200 and first <= int(post.id) <= last:
            found.setdefault(post.id, record)
    return found


def _listed(archive: Archive, handle: str, day: date) -> Iterator[CdxRecord]:
    for host in _HOSTS:
        for prefix in prefixes_of_day(day):
            address = f"https://{host}/{handle}/status/{prefix}"
            yield from archive.captures(address, status="200", prefix=True) or ()


def _clear_winner(archive: Archive, candidates: Sequence[_Candidate]) -> FoundPost | None:
    if not candidates:
        return None
    best, next_score = candidates[0], candidates[1].score if len(candidates) > 1 else 0.0
    memento = archive.memento(best.record)
    if memento is None or best.score < LEAST or best.score - next_score < AHEAD:
        return None
    return FoundPost(
        post_id=best.post_id,
        post_url=best.record.original,
        memento=memento,
        score=round(best.score, 1),
        next_score=round(next_score, 1),
    )
