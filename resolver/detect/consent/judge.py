"""Whether sentences are a note of a held-back embed, by what they say together.

Publishers word these notes in a thousand ways, yet all say some of the same few things: what is held back, that it
is not shown, that this is about consent, what to do. News about consent says them too, but of others (*against*),
not to the reader of this very place (*near*, *you*). The figures are how sure each combination is.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.evidence import Evidence
from resolver.detect.consent.said import LABEL, SENTENCE, possible_names, where_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resolver.detect.consent.said import Said

#: The longest run of sentences that makes a note, and the longest that says only what there is and what to do.
LONGEST: Final = 360
SHORT: Final = 260
#: The most words of one or two short sentences, and of one that says what is broken.
_FEW: Final = 24
_ONE: Final = 12
#: How much less sure a note is that something speaks against.
_DOUBTED: Final = 0.2


class Combination(NamedTuple):
    """How sure it is that sentences are a note that say this (see ``Evidence.says``), in so many words."""

    sure: float
    says: str
    most: int = LONGEST
    least: int = 0


#: What names object, reason and reader: a note even amid other text.
_ADDRESSED: Final = (
    Combination(0.85, "held consent near"),
    Combination(0.85, "held consent you cookie|permit|platform|external"),
    Combination(0.8, "consent action shown direct near|named"),
)
#: What is too little amid other text, and enough in lines of its own.
_OF_ITS_OWN: Final = (
    Combination(0.75, "held consent action|external named|direct"),
    Combination(0.7, "consent action shown named direct|cookie|label"),
    Combination(0.55, "consent action shown named"),
    Combination(0.7, "held action near|external_content"),
    Combination(0.7, "held permit direct named|external"),
    Combination(0.6, "held action platform load here you"),
    Combination(0.6, "here platform content consent permit you"),
    Combination(0.65, "held consent stored direct|shown", most=_FEW),
    Combination(0.65, "held consent stored", most=LABEL),
    Combination(0.6, "permit you label named|near", least=LABEL + 1),
    Combination(0.7, "denied cookie you platform|near"),
    Combination(0.6, "consent platform near shown you|label|cookie"),
)
#: A line or two that say only what there is and what to do: "Instagram is disabled. Allow", "Show tweet".
_SHORT_ONES: Final = (
    Combination(0.65, "external_content load asked"),
    Combination(0.65, "external_content shown permit"),
    Combination(0.6, "external_content watch action near|platform|you"),
    Combination(0.65, "external_content near shown|consent"),
    Combination(0.65, "external_content near -asked"),
    Combination(0.6, "consent load near platform|external"),
    Combination(0.6, "content shown permit near"),
    Combination(0.6, "content shown consent action you"),
    Combination(0.6, "label consent load|held|watch", least=8),
    Combination(0.6, "content action load platform near"),
    Combination(0.6, "content action held consent", most=SENTENCE),
    Combination(0.5, "content platform load|permit", most=6),
    Combination(0.6, "content platform consent permit", most=LABEL),
    Combination(0.6, "platform consent permit", most=5),
    Combination(0.55, "content action platform permit", most=LABEL),
    Combination(0.55, "content action platform permit cookie|you", most=_FEW),
    Combination(0.5, "platform load first", most=3, least=3),
    Combination(0.6, "content held early near|external", most=LABEL),
    Combination(0.6, "content held early", most=4),
    Combination(0.55, "platform held early late", most=5, least=2),
)
#: What has no word for what is held back: "To see this, please enable functional cookies".
_UNNAMED: Final = (
    Combination(0.6, "unnamed cookie action|permit held|watch", most=_FEW),
    Combination(0.6, "here held cookie permit you -doubt", most=_FEW),
)
#: What was taken away, does not run in this browser, or is what a platform wrote around it.
_BROKEN: Final = (
    Combination(0.5, "script unsupported|held content|watch"),
    Combination(0.5, "script unsupported|held", most=7),
    Combination(0.5, "script action shown content"),
    Combination(0.5, "script action watch you", most=7),
    Combination(0.6, "edge platform content -script", most=LABEL),
    Combination(0.55, "gone_after near|here|sorry -script", most=LABEL),
    Combination(0.55, "gone_after -script", most=5),
    # "View this post on Instagram", and not "Click here to watch the video on YouTube".
    Combination(0.45, "platform content near shown -action -script", most=LABEL),
)


#: What is held back: a note of consent amid other text says it.
_HELD_BACK: Final = "content|platform"


class Most(NamedTuple):
    """Of how many words sentences may be at the most, to be a note; -1 where they are none."""

    #: As lines of their own; where these are short; amid other text.
    whole: int
    short: int
    amid: int


class Judgement(NamedTuple):
    """How sure it is that sentences are a note, from 0 to 1, and of which rule."""

    sure: float
    rule: str = "consent.general"


def judge(said: Evidence, *, length: int, whole: bool) -> Judgement | None:
    """Return how sure it is that sentences are a note, ``None`` for no note.

    *length* is theirs in characters, *whole* says that they are lines of their own.
    """
    if length > LONGEST or said.against >= 2 or said.is_diluted:
        return None
    sure = _of_consent(said, length, whole=whole)
    if sure is not None:
        return Judgement(sure)
    broken = _first(_BROKEN, said) if whole and not said.against and said.words <= _ONE else None
    return None if broken is None else Judgement(broken, "consent.broken")


def _of_consent(said: Evidence, length: int, *, whole: bool) -> float | None:
    """Judge what was held back by a choice of the reader."""
    if not said.says(_HELD_BACK):
        return _first(_UNNAMED, said) if whole and not said.against else None
    sure = _first(_ADDRESSED, said)
    if said.against >= 1:
        return sure - _DOUBTED if sure and said.says("near") else None
    if sure or not whole:
        return sure
    return _first(_OF_ITS_OWN, said) or (_first(_SHORT_ONES, said) if length <= SHORT else None)


def _first(combinations: Sequence[Combination], said: Evidence) -> float | None:
    return next(
        (one.sure for one in combinations if one.least <= said.words <= one.most and said.says(one.says)),
        None,
    )


def most_words(meanings: int) -> Most:
    """Return of how many words a note can be that says these *meanings* (of ``Meaning``) and maybe others.

    >>> most_words(0)
    Most(whole=-1, short=-1, amid=-1)
    """
    said = Evidence(possible_names(meanings), 0, 0)
    of_its_own = max(_most(_UNNAMED, said), min(_ONE, _most(_BROKEN, said)))
    if not said.says(_HELD_BACK):
        return Most(of_its_own, -1, -1)
    addressed = _most(_ADDRESSED, said)
    return Most(max(of_its_own, addressed, _most(_OF_ITS_OWN, said)), _most(_SHORT_ONES, said), addressed)


def where_amid(said: Said) -> int:
    """Return where a note amid other text can be that says this."""
    where = reduce(or_, (where_said(one.says, said) for one in _ADDRESSED))
    return where and where & where_said(_HELD_BACK, said)


def _most(combinations: Iterable[Combination], said: Evidence) -> int:
    return max((one.most for one in combinations if said.may_say(one.says)), default=-1)
