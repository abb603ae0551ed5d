"""Which post an embed shows: what its links lead to, tested against what the article printed.

An address that a link leads to is not yet the answer: pic.twitter.com codes of a reused picture lead to the post
of whoever uploaded it first, and a link inside a post may lead to another post that it quotes. So each candidate
is tested. What disagrees is kept on both sides and said, never settled silently.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from resolver.models import AttestedBy, Check, Role
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from resolver.models import Embed, Link, Observation, Post

    PostRule = Callable[[str], Post | None]

#: What is left of the confidence for each test that fails.
DISAGREEMENT = 0.5

#: What is left of it where a link of the text names the post, which could be another one of that author and day.
MAY_BE_QUOTED = 0.8

# Addresses that the platform itself puts into a post's text lead to the post's own media, or to its whole text where
# it was cut; what people link to has neither.
_OWN_PAGE = pattern(r"/(?:photo|video)/[0-9]|//[^/]{1,60}/i/web/status/")

_PRINT_THE_UTC_DAY = frozenset({"twitter"})

#: Whose word a hop stands on where it is not what a server answered, or an address says of itself: by its ``via``.
_WORDS = {words.value: words for words in (AttestedBy.DUMP, AttestedBy.ARCHIVE)}


class _Candidate(NamedTuple):
    post: Post
    role: Role
    #: Where the link leads, as it was found, and on whose word.
    address: str
    attested_by: AttestedBy
    checks: tuple[Check, ...]

    @property
    def failed(self) -> int:
        return sum(not check.passed for check in self.checks)

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Its place among the candidates, the best first: few failed tests, then media, then many passed tests."""
        return self.failed, self.role is not Role.MEDIA, -len(self.checks)

    @property
    def may_be_quoted(self) -> bool:
        """Whether it may be another post of the same author and day that this one links to, as threads do."""
        return self.role is not Role.MEDIA and _OWN_PAGE.search(self.address) is None

    @property
    def names_the_post(self) -> bool:
        """Whether it may name the post.

        Its own media do unless all tests fail: then they are another post's, used again. Any other link must
        agree with all that was printed, since posts link to other posts.
        """
        if self.role is Role.MEDIA:
            return not self.checks or self.failed < len(self.checks)
        return bool(self.checks) and not self.failed


def identify(embed: Embed, observations: Mapping[str, Observation], post_of: PostRule) -> Embed:
    """Return the embed with what its followed links say: where each leads, and which post it is.

    *observations* are the newest ones by the address they followed; *post_of* reads a post's address. The result
    has ``post_id``, ``post_url``, ``posted_at`` and ``attested_by`` filled where a link leads to the post, one
    :class:`~resolver.models.Check` per test, and its confidence halved for each test that failed; it is also lowered
    where an ordinary link of the text names the post, since authors link to other posts of theirs. The printed
    author, handle and day stay as they are printed. Without observations it is the embed as it was.
    """
    links = tuple(_with_outcome(link, observations) for link in embed.links)
    candidates = list(_candidates(embed, observations, post_of))
    if embed.post_id is not None:
        return _compared(embed, links, candidates)
    checks = _distinct(candidates)
    best = _best(candidates)
    if best is None:
        # Media of which nothing agrees are another post's, used again: that is said, and makes the find less sure.
        disagrees = any(found.role is Role.MEDIA and found.failed for found in candidates)
        confidence = _share(embed.confidence, int(disagrees))
        return replace(embed, links=links, checks=checks, confidence=confidence)
    confidence = _lowered(embed.confidence, best.checks) * (MAY_BE_QUOTED if best.may_be_quoted else 1)
    return replace(
        embed,
        links=links,
        post_id=best.post.id,
        post_url=best.post.url,
        posted_at=best.post.posted_at,
        attested_by=best.attested_by,
        confidence=round(confidence, 4),
        checks=checks,
    )


def _compared(embed: Embed, links: tuple[Link, ...], candidates: list[_Candidate]) -> Embed:
    """Return an embed whose post the article names, with a test of that against where its media lead."""
    media = (found.post for found in candidates if found.role is Role.MEDIA)
    tests = tuple(
        dict.fromkeys(
            Check(
                name="post_of_media",
                printed=embed.post_id or "",
                found=post.id,
                passed=post.id == embed.post_id,
                post_url=post.url,
            )
            for post in media
        )
    )
    confidence = _lowered(embed.confidence, tests)
    return replace(embed, links=links, checks=embed.checks + tests, confidence=confidence)


def _distinct(candidates: list[_Candidate]) -> tuple[Check, ...]:
    return tuple(dict.fromkeys(check for candidate in candidates for check in candidate.checks))


def verify(embed: Embed, post_of: PostRule) -> Embed:
    """Return an embed whose post the article itself names, with that address tested against what is printed.

    Each failed test halves the confidence. An embed without ``post_url`` is returned as it is.
    """
    post = post_of(embed.post_url) if embed.post_url is not None else None
    if post is None:
        return embed
    checks = check(embed, post)
    return replace(embed, checks=checks, confidence=_lowered(embed.confidence, checks))


def check(embed: Embed, post: Post) -> tuple[Check, ...]:
    """Return the tests of what an embed prints against a post: ``day_of_id`` and ``handle_in_url``.

    A test is made only where both sides are known. The printed day of a tweet is the UTC day of its id (329 of 329
    real samples); other platforms print the day of some other zone, which may be the one before or after. Handles are
    compared without case, as the platforms do.
    """
    checks = []
    if embed.posted is not None and post.posted_at is not None:
        day = post.posted_at.date()
        checks.append(
            Check(
                name="day_of_id",
                printed=embed.posted.isoformat(),
                found=day.isoformat(),
                passed=abs((day - embed.posted).days) <= (0 if post.platform in _PRINT_THE_UTC_DAY else 1),
                post_url=post.url,
            )
        )
    if embed.handle is not None and post.handle is not None:
        checks.append(
            Check(
                name="handle_in_url",
                printed=embed.handle,
                found=post.handle,
                passed=post.handle.casefold() == embed.handle.casefold(),
                post_url=post.url,
            )
        )
    return tuple(checks)


def _lowered(confidence: float, checks: tuple[Check, ...]) -> float:
    return _share(confidence, sum(not check.passed for check in checks))


def _share(confidence: float, failed: int) -> float:
    return float(round(confidence * DISAGREEMENT**failed, 4))


def _best(candidates: list[_Candidate]) -> _Candidate | None:
    """Return the one candidate that names the post; ``None`` where none does, or where equals name several."""
    naming = [candidate for candidate in candidates if candidate.names_the_post]
    first = min(naming, key=lambda candidate: candidate.rank, default=None)
    equals = {candidate.post.id for candidate in naming if first is not None and candidate.rank == first.rank}
    return first if len(equals) == 1 else None


def _with_outcome(link: Link, observations: Mapping[str, Observation]) -> Link:
    observation = observations.get(link.url) if link.url is not None else None
    if observation is None:
        return link
    instead = next((hop.connected_to for hop in observation.hops if hop.connected_to), None)
    return replace(
        link,
        expanded_url=observation.expanded_url,
        canonical_url=observation.canonical_url,
        outcome=observation.outcome,
        answered_by=instead,
    )


def _candidates(
    embed: Embed, observations: Mapping[str, Observation], post_of: PostRule
) -> Iterator[_Candidate]:
    for link in embed.links:
        observation = observations.get(link.url) if link.url is not None else None
        if observation is None or observation.expanded_url is None:
            continue
        post = post_of(observation.expanded_url)
        if post is not None and post.platform == embed.platform:
            word = _word_of(observation)
            yield _Candidate(post, link.role, observation.expanded_url, word, check(embed, post))


def _word_of(observation: Observation) -> AttestedBy:
    """Return on whose word it stands where a link leads: that of a table or an archive, if one was taken for it."""
    return next((_WORDS[hop.via] for hop in observation.hops if hop.via in _WORDS), AttestedBy.REDIRECT)
