"""Whether sentences are a note of a held-back embed, by what they say together.

Publishers word these notes in a thousand ways, yet all say some of the same few things: what is held back, that it
is not shown, that this is about consent, what to do. News about consent says them too, but of others (*against*),
not to the reader of this very place (*here*, *you*). The figures are how sure each combination is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.detect.consent.evidence import LABEL

if TYPE_CHECKING:
    from resolver.detect.consent.evidence import Evidence

#: The longest run of sentences that makes a note.
LONGEST: Final = 600
_SHORT: Final = 260
#: The most words of a short sentence.
_SENTENCE: Final = 16
_DOUBTED: Final = 0.2


def judge(said: Evidence, *, length: int, whole: bool) -> float | None:
    """Return how sure it is that sentences are a note, ``None`` for no note.

    *length* is theirs in characters, *whole* says that they are lines of their own.
    """
    if length > LONGEST or said.against >= 2 or not (said.content or said.platform):
        return None
    if said.against >= 1:
        sure = _addressed(said)
        return sure - _DOUBTED if sure and said.here else None
    if sure := _addressed(said):
        return sure
    if not whole:
        return None
    return _of_its_own(said, length)


def _addressed(said: Evidence) -> float | None:
    """Judge what names object, reason and reader: a note even amid other text."""
    direct = said.here or said.you
    if said.blocked and said.consent and direct:
        return 0.85
    if said.consent and said.action and (said.load or said.watch) and direct:
        return 0.8 if said.here or said.external_content or said.platform else None
    return None


def _of_its_own(said: Evidence, length: int) -> float | None:
    """Judge what is too little amid other text, and enough in lines of its own."""
    named = said.external_content or said.platform
    direct = said.here or said.you
    if said.blocked and said.consent and (said.action or said.external) and (named or direct):
        return 0.75
    if said.consent and said.action and (said.load or said.watch) and named:
        return 0.7
    if said.blocked and said.action and (said.here or said.external_content):
        return 0.7
    return _short(said) if length <= _SHORT else None


def _short(said: Evidence) -> float | None:
    """Judge a line or two that say only what there is and what to do."""
    shown = said.load or said.watch
    asked = said.action or said.permit or said.consent
    if said.external_content and (
        (said.load and asked)
        or (shown and said.permit)
        or (said.place and (shown or said.consent or not asked))
    ):
        return 0.65
    if said.consent and said.load and said.here and (said.platform or said.external):
        return 0.6
    if (
        said.content
        and shown
        and ((said.permit and said.here) or (said.consent and said.action and said.you))
    ):
        return 0.6
    if said.action and said.content:
        unblocking = said.load and said.platform and said.here
        if unblocking or (said.blocked and said.consent and said.count <= _SENTENCE):
            return 0.6
    return _label(said) if said.count <= LABEL else None


def _label(said: Evidence) -> float | None:
    """Judge a line like "Instagram is disabled. Allow", "External content not available", "Show tweet"."""
    if said.platform and said.content and (said.load or said.permit) and said.count <= 5:
        return 0.5
    if said.platform and said.load and said.count == 3 and said.first_object == 0:
        return 0.5
    if not said.blocked or not 0 <= said.first_object <= 2:
        return None
    if said.content and (said.here or said.external or said.count <= 4):
        return 0.6
    if said.platform and 2 <= said.count <= 5 and said.last_blocked >= said.count - 2:
        return 0.55
    return None
