"""What a combination of notes is made of: names of what sentences say, and what of their words says it."""

from __future__ import annotations

from functools import cache
from typing import Final

from resolver.rules.consent_words import Meaning

#: What is held back; and that it is shown.
OBJECT: Final = Meaning.CONTENT | Meaning.PLATFORM
SHOWING: Final = Meaning.LOAD | Meaning.WATCH

#: Each meaning, with the name for it.
NAMES: Final = {value: name.lower() for name, value in vars(Meaning).items() if name.isupper()}
MEANINGS: Final = {name: value for value, name in NAMES.items()}
#: Names for any of some others.
ANY_OF: Final = {
    "shown": "load watch",
    "named": "external_content platform",
    "direct": "near you",
    "asked": "action permit consent",
    "stored": "setting cookie",
}

#: What sentences must mean to say more than single words do: of each of these at least one.
POSSIBLE: Final = (
    ("external_content", Meaning.EXTERNAL, OBJECT),
    ("near", Meaning.HERE, OBJECT | Meaning.ACTION),
    ("unnamed", Meaning.HERE, SHOWING),
    ("denied", Meaning.NEGATION, Meaning.PERMIT),
    ("unsupported", Meaning.NEGATION, Meaning.SUPPORT),
    ("held", Meaning.BLOCKED | Meaning.NEGATION, Meaning.BLOCKED | SHOWING),
    ("held", Meaning.ONLY, Meaning.ACTION, SHOWING),
    ("gone_after", Meaning.GONE, Meaning.CONTENT),
    ("first",),
    ("early",),
    ("late",),
    ("label", SHOWING | Meaning.PERMIT | Meaning.ACTION),
)


@cache
def parsed(combination: str) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """Return the names that a *combination* needs, one of each set, and those that it refuses.

    >>> parsed("content held|cookie -action")[1]
    frozenset({'action'})
    """
    words = combination.split()
    needed = tuple(frozenset(word.split("|")) for word in words if not word.startswith("-"))
    return needed, frozenset(word[1:] for word in words if word.startswith("-"))
