"""Hashtags and cashtags."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from resolver.entities.characters import PUNCTUATION, SPACES
from resolver.entities.entity import Entity
from resolver.entities.urls import urls

_HASH_SIGNS = "#＃"

#: Beside letters, marks and digits: the underscore, the joiners, and what joins words in Slavonic, Hebrew,
#: Japanese, Tibetan and Catalan writing.
_JOINS_WORDS = frozenset(
    "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\xb7"
)

#: They ask for the look of the character before them, so they are not part of a word that follows.
_VARIATION_SELECTORS = "\ufe0e\ufe0f"

#: After a hash sign they make an emoji of it (a keycap).
_KEYCAP = "\ufe0f\u20e3"


@cache
def _cashtag() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\A|[{SPACES}])(?P<sign>\$)(?P<symbol>[A-Za-z]{{1,6}}(?:[._][A-Za-z]{{1,2}})?)"
        rf"(?=\Z|[{SPACES}\ufeff{PUNCTUATION}])"
    )


@cache
def _hash_sign() -> re.Pattern[str]:
    return re.compile(f"[{_HASH_SIGNS}]")


def _is_letter_or_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _may_stand_in_hashtag(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd" or character in _JOINS_WORDS


def _may_precede_hashtag(character: str) -> bool:
    return character in _VARIATION_SELECTORS or not (character == "&" or _may_stand_in_hashtag(character))


def _end_of_hashtag(text: str, start: int) -> int | None:
    """Return where the hashtag whose sign stands before *start* ends; ``None`` where it has no letter."""
    end = start
    has_letter = False
    while end < len(text) and _may_stand_in_hashtag(text[end]):
        has_letter = has_letter or _is_letter_or_mark(text[end])
        end += 1
    return end if has_letter and text[start] not in _KEYCAP else None


def _candidates(text: str) -> list[Entity]:
    found = []
    # The character before a sign must be its own: the last one of the hashtag before does not count.
    free_from = 0
    for sign in _hash_sign().finditer(text):
        start = sign.start()
        if start and (start == free_from or not _may_precede_hashtag(text[start - 1])):
            continue
        end = _end_of_hashtag(text, start + 1)
        if end is None:
            continue
        free_from = end
        if not text.startswith((*_HASH_SIGNS, "://"), end):
            found.append(Entity(text[start + 1 : end], start, end))
    return found


def hashtags(text: str) -> tuple[Entity, ...]:
    """Return the hashtags in the text, in their order; the fragment of a link (``/page#part``) is none.

    >>> hashtags("#Минск, see example.com/#top or #16")
    (Entity(value='Минск', start=0, end=6, list_slug=None),)
    """
    candidates = _candidates(text)
    if not candidates:
        return ()
    kept = []
    taken_to = 0
    for entity in sorted((*candidates, *urls(text)), key=lambda entity: entity.start):
        if entity.start < taken_to:
            continue
        taken_to = entity.end
        if text[entity.start] in _HASH_SIGNS:
            kept.append(entity)
    return tuple(kept)


def cashtags(text: str) -> tuple[Entity, ...]:
    """Return the ticker symbols in the text, in their order.

    >>> cashtags("$TWTR up, $5 down, US$X")
    (Entity(value='TWTR', start=0, end=5, list_slug=None),)
    """
    return tuple(
        Entity(found["symbol"], found.start("sign"), found.end()) for found in _cashtag().finditer(text)
    )


def is_valid_hashtag(text: str) -> bool:
    """Return whether the text is one hashtag with its sign and nothing else.

    >>> is_valid_hashtag("#1st"), is_valid_hashtag("#1")
    (True, False)
    """
    return [hashtag.value for hashtag in hashtags(text)] == [text[1:]]
