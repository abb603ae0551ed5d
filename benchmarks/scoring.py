"""How right a finder is: which of its finds is which labelled post, and what each says of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.cases import Case, Facts

#: What is counted, in the order of the tables. ``text`` is right where all its tokens are; its F1 is kept beside.
FIELDS: Final = ("handle", "author", "posted", "post_id", "codes", "hashtags", "mentions", "start", "text")

#: From this F1 of the texts on, a find is of the labelled post even if handle or date are wrong.
SAME_TEXT: Final = 0.5

#: How many tokens must agree where a text begins.
FIRST_TOKENS: Final = 4

_TOKEN = re.compile(r"\w+")


@dataclass
class Score:
    """Counts over the cases of one form, by one finder. Posts that were not found count as wrong in every field."""

    posts: int = 0
    found: int = 0
    #: Finds in exhaustively labelled documents that are none of their posts.
    extra: int = 0
    right: Counter[str] = field(default_factory=Counter)
    #: Of how many posts the field is labelled.
    total: Counter[str] = field(default_factory=Counter)
    #: The sum of the texts' F1; their mean is over ``total["text"]``.
    f1: float = 0.0

    def add(self, case: Case, finds: Sequence[Facts]) -> None:
        """Count one document."""
        pairs = match(case.posts, finds)
        for post, find in pairs:
            self.posts += 1
            self.found += find is not None
            for name in labelled(post):
                self.total[name] += 1
                self.right[name] += find is not None and name not in wrong(post, find)
            if post.text is not None and find is not None:
                self.f1 += token_f1(post.text, find.text or "")
        if case.exhaustive:
            self.extra += len(finds) - sum(find is not None for _, find in pairs)


def tokens(text: str) -> Counter[str]:
    r"""Return the bag of ``\w+`` tokens of a text, in lower case."""
    return Counter(_TOKEN.findall(text.casefold()))


def token_f1(expected: str, found: str) -> float:
    """Return the harmonic mean of precision and recall over the bags of tokens; 1 for two texts without any.

    >>> token_f1("The bridge is open", "the bridge is closed")
    0.75
    >>> token_f1("Open!", ""), token_f1("👏", "")
    (0.0, 1.0)
    """
    there, claimed = tokens(expected), tokens(found)
    if not there and not claimed:
        return 1.0
    return 2 * (there & claimed).total() / (there.total() + claimed.total())


def match(posts: Sequence[Facts], finds: Sequence[Facts]) -> list[tuple[Facts, Facts | None]]:
    """Return each labelled post with the find that is of it, each find taken once, the surest pairs first."""
    grades = (
        (grade, -number, -claim)
        for number, post in enumerate(posts)
        for claim, find in enumerate(finds)
        if (grade := likeness(post, find)) is not None
    )
    taken: dict[int, int] = {}
    for _, number, claim in sorted(grades, reverse=True):
        if -number not in taken and -claim not in taken.values():
            taken[-number] = -claim
    return [(post, finds[taken[number]] if number in taken else None) for number, post in enumerate(posts)]


def likeness(post: Facts, find: Facts) -> tuple[bool, bool, float] | None:
    """Return how sure it is that a find is of a labelled post (to be compared), ``None`` where it is not.

    It is by the id, by handle and date, by the handle alone where one side has no date, or by the text: so that a
    wrong handle or date counts as wrong, and not as a post that was missed.
    """
    if post.platform and find.platform and post.platform != find.platform:
        return None
    by_id = post.post_id is not None and post.post_id == find.post_id
    same_handle = post.handle is not None and _same(post.handle, find.handle)
    dated = post.posted is not None and find.posted is not None
    by_name = same_handle and (post.posted == find.posted or not dated)
    f1 = token_f1(post.text, find.text) if post.text and find.text else 0.0
    return (by_id, by_name, f1) if by_id or by_name or f1 >= SAME_TEXT else None


def labelled(post: Facts) -> list[str]:
    """Return the fields that can be counted for a post.

    Links, hashtags and mentions of posts that have none count too: to claim some there is wrong.
    """
    has_text = post.text is not None
    return [name for name in FIELDS if (has_text if name == "start" else getattr(post, name) is not None)]


def wrong(post: Facts, find: Facts) -> list[str]:
    """Return the labelled fields in which a find is not as the label says."""
    return [name for name in labelled(post) if not _agrees(name, post, find)]


def _agrees(name: str, post: Facts, find: Facts) -> bool:
    if name == "start":
        return _first_tokens(post.text or "") == _first_tokens(find.text or "")
    if name == "text":
        return tokens(post.text or "") == tokens(find.text or "")
    if name == "handle":
        return _same(post.handle, find.handle)
    if name == "author":
        return " ".join((post.author or "").split()) == " ".join((find.author or "").split())
    expected, claimed = getattr(post, name), getattr(find, name)
    return bool(expected == (claimed or frozenset() if isinstance(expected, frozenset) else claimed))


def _first_tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())[:FIRST_TOKENS]


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.casefold() == other.casefold()


def per_thousand(finds: int, documents: int) -> float:
    """Return how many finds there are in 1,000 documents, 0 where there are no documents.

    >>> per_thousand(3, 1500)
    2.0
    """
    return 1000 * finds / documents if documents else 0.0


def sum_scores(scores: Iterable[Score]) -> Score:
    """Return the counts of several forms together."""
    whole = Score()
    for score in scores:
        whole.posts += score.posts
        whole.found += score.found
        whole.extra += score.extra
        whole.right += score.right
        whole.total += score.total
        whole.f1 += score.f1
    return whole
