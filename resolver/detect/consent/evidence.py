"""What sentences say of a held-back embed, read by their words in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.consent.combinations import ANY_OF, NAMES, OBJECT, SHOWING, parsed
from resolver.rules.consent_names import EVERYDAY_NAMES
from resolver.rules.consent_words import UNSPACED, Meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.consent.reading import Reading

_AGAINST: Final = Meaning.ANTI | Meaning.SOURCE | Meaning.DOUBT | Meaning.VETO | Meaning.USE
#: The most words of a button that says what it is of, and of one that does not.
_LABEL: Final = 5
_BUTTON: Final = 2
#: The most words before the one for what is held back.
_EARLY: Final = 4
_FIRST: Final = 3
#: From how many words on a note has to say little else, and how many of its words say something of it at least: of
#: the notes known, none of more than 20 words has less than 0.24, and of passages that were taken for notes, most have.
_MANY: Final = 24
_LEAST_TELLING: Final = 0.24


class Evidence(NamedTuple):
    """What sentences say together, in one language."""

    #: Names of what they say: those of ``Meaning`` in small letters, and
    #:
    #: - ``external_content``: "content of third parties", the two words side by side;
    #: - ``held``: that it is blocked, not shown or loaded, or only after something is done;
    #: - ``near``: "this video", "click here", that it speaks of this very place (``here``: of any place);
    #: - ``unnamed``: "see this", shown or not, of this place, without a word for what it is;
    #: - ``gone_after``: "the post was deleted", what it is, and then that it was taken away;
    #: - ``denied``: "not accepted";
    #: - ``unsupported``: "does not support";
    #: - ``label``: beside other sentences, one like "Load map" or "Accept and watch video";
    #: - ``first``, ``early``: that what is held back is its first word, or one of the first three;
    #: - ``late``: that it ends with being blocked;
    #: - ``shown``, ``named``, ``direct``, ``asked``, ``stored``: any of some of these (see ``ANY_OF``).
    names: frozenset[str]
    #: How many words speak against a note: of news, policies, the page's own banner.
    against: float
    #: How many words there are.
    words: int
    #: Whether they are many, and few of them say anything of a note.
    is_diluted: bool = False

    def says(self, combination: str) -> bool:
        """Return whether they say all of a *combination*: names with spaces between, of ``a|b`` one, of ``-a`` none.

        >>> said = Evidence(frozenset({"content", "held"}), 0, 4)
        >>> said.says("content held|cookie -action"), said.says("content cookie")
        (True, False)
        """
        _, refused = parsed(combination)
        return self.names.isdisjoint(refused) and self.may_say(combination)

    def may_say(self, combination: str) -> bool:
        """Return whether they say all of a *combination* that has to be said, whatever of it must not be.

        >>> Evidence(frozenset({"content", "action"}), 0, 2).may_say("content -action")
        True
        """
        return not any(self.names.isdisjoint(one) for one in parsed(combination)[0])


def is_of_other_matter(meanings: int) -> bool:
    """Return whether words speak against a note so plainly that ``judge`` finds none."""
    return bool(meanings & Meaning.VETO or (meanings & Meaning.ANTI and not meanings & Meaning.HERE))


def evidence(readings: Sequence[Reading], language: str) -> Evidence:
    """Return what sentences say together, in one language."""
    masks = [mask for reading in readings for mask in reading.masks(language)]
    is_label = len(readings) > 1 and any(not one.mark and _is_label(one.masks(language)) for one in readings)
    return evidence_of(masks, language, is_label=is_label, is_named=_is_named(readings))


def evidence_of(masks: Sequence[int], language: str, *, is_label: bool, is_named: bool) -> Evidence:
    """Return what words say together that mean this in one language, in their order.

    *is_label* says that a sentence of them is a label, *is_named* that a platform is named, by no everyday word.
    """
    if language in UNSPACED:
        masks = [mask for mask in masks if mask]
    union = 0
    for mask in masks:
        union |= mask
    words = _count(masks, language)
    names = {name for value, name in NAMES.items() if union & value}
    if "content" not in names and not is_named:
        names.discard("platform")
    names |= _side_by_side(masks, union) | _in_order(masks, union, words)
    if is_label:
        names.add("label")
    names |= {name for name, any_of in ANY_OF.items() if not names.isdisjoint(any_of.split())}
    telling = sum(bool(mask & ~Meaning.WORDS) for mask in masks)
    is_diluted = words > _MANY and telling < _LEAST_TELLING * words
    return Evidence(frozenset(names), _against(masks, union), words, is_diluted)


def _side_by_side(masks: Sequence[int], union: int) -> set[str]:
    """Return what words say by standing beside one another."""
    pairs = (
        ("external_content", Meaning.EXTERNAL, 3, 3, OBJECT),
        ("near", Meaning.HERE, 2, 4, OBJECT),
        ("near", Meaning.HERE, 3, 2, Meaning.ACTION),
        ("unnamed", Meaning.HERE, 3, 3, SHOWING),
        ("denied", Meaning.NEGATION, 4, 4, Meaning.PERMIT),
        ("unsupported", Meaning.NEGATION, 4, 4, Meaning.SUPPORT),
        ("held", Meaning.NEGATION, 6, 6, SHOWING),
        ("held", Meaning.ONLY if union & Meaning.ACTION else 0, 6, 6, SHOWING),
    )
    return {name for name, meaning, *near in pairs if _all_near(masks, union, meaning, *near)}


def _in_order(masks: Sequence[int], union: int, words: int) -> set[str]:
    """Return what words say by where they stand."""
    names = {"held"} if union & Meaning.BLOCKED else set()
    first = next((at for at, mask in enumerate(masks) if mask & OBJECT), len(masks))
    names |= {"first"} if first == 0 else set()
    names |= {"early"} if first < _FIRST else set()
    blocked = [at for at, mask in enumerate(masks) if mask & Meaning.BLOCKED]
    blocked += _all_near(masks, union, Meaning.NEGATION, 6, 6, SHOWING)
    names |= {"late"} if max(blocked, default=-words) >= words - 2 else set()
    names |= {"gone_after"} if union & Meaning.GONE and _gone_after(masks) else set()
    return names


def _is_named(readings: Sequence[Reading]) -> bool:
    """Return whether a platform is named, by a name that is no everyday word."""
    return any(
        word.everywhere & Meaning.PLATFORM and name not in EVERYDAY_NAMES
        for reading in readings
        for name, word in zip(reading.words, reading.meant, strict=True)
    )


def _gone_after(masks: Sequence[int]) -> bool:
    first = next((at for at, mask in enumerate(masks) if mask & Meaning.CONTENT), len(masks))
    return first <= _EARLY and any(mask & Meaning.GONE for mask in masks[first:])


def _is_label(masks: Sequence[int]) -> bool:
    """Return whether words are no more than what there is and that it is to be shown or accepted."""
    union = 0
    for mask in masks:
        union |= mask
    asked = union & (SHOWING | Meaning.PERMIT | Meaning.ACTION)
    named = union & OBJECT or len(masks) <= _BUTTON
    return len(masks) <= _LABEL and bool(named and asked) and not union & Meaning.NEGATION


def _count(masks: Sequence[int], language: str) -> int:
    """Return how many words there are; of those that are not parted, the ones that say something."""
    return sum(mask != Meaning.WORDS for mask in masks) if language in UNSPACED else len(masks)


def _all_near(
    masks: Sequence[int], union: int, meaning: int, before: int, after: int, wanted: int
) -> list[int]:
    """Return where words of a *meaning* stand with one that is *wanted* so many words before or after them."""
    if not (union & meaning and union & wanted):
        return []
    return [
        at
        for at, mask in enumerate(masks)
        if mask & meaning
        and (
            any(near & wanted for near in masks[max(0, at - before) : at])
            or any(near & wanted for near in masks[at + 1 : at + 1 + after])
        )
    ]


def _against(masks: Sequence[int], union: int) -> float:
    if not union & _AGAINST:
        return 0
    news = sum(bool(mask & Meaning.ANTI) for mask in masks)
    sources = sum(bool(mask & Meaning.SOURCE) for mask in masks)
    to_settings = len(_all_near(masks, union, Meaning.SOURCE, 4, 4, Meaning.SETTING))
    doubts = sum(bool(mask & Meaning.DOUBT) for mask in masks)
    # "This content uses cookies", and not "This site uses cookies".
    of_this_content = _all_near(masks, union, Meaning.HERE, 2, 3, Meaning.CONTENT)
    own_banner = not of_this_content and bool(_all_near(masks, union, Meaning.USE, 0, 4, Meaning.COOKIE))
    return news + sources - to_settings + doubts / 2 + own_banner + 2 * bool(union & Meaning.VETO)
