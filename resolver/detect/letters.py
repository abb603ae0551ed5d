"""What the letters of a text tell: the script that it is in, and what it counts by the platform's rule."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from resolver.detect.columns import columns, is_wide
from resolver.patterns import pattern

if TYPE_CHECKING:
    import re

LINK_WEIGHT = 23

_LINK = pattern(
    r"\[([^\[\]]{0,300})\]\([^\s()]{1,600}\)|<?https?://[^\s<>]{1,600}>?|\bpic\.(?:twitter|x)\.com/\w{1,20}"
)
# None of the links above is without one of these.
_OF_LINKS = ("](", "://", "pic.")
#: What is no letter of Latin script, nor the punctuation that is used with it.
NOT_LATIN = pattern("[\u0250-\u1fff\u2065-\U0010ffff]")

# Each piece is asked the same for each place before it at which a post could begin.
_asked_again = lru_cache(maxsize=512)


@_asked_again
def script(text: str) -> str:
    """Return the script that most letters of a text are of: by its first code points' block, roughly.

    >>> script("Harbour"), script("港が開く"), script("2019")
    ('latin', 'wide', '')
    """
    letters = _without_links(text[:400])[:200]
    if NOT_LATIN.search(letters) is None:
        return "latin" if any(map(str.isalpha, letters)) else ""
    counts = {"latin": 0, "cyrillic": 0, "wide": 0, "other": 0}
    for character in letters:
        if character < "\u0250":
            counts["latin"] += character.isalpha()
        elif "\u0400" <= character <= "\u052f":
            counts["cyrillic"] += 1
        elif is_wide(character):
            counts["wide"] += 2 * character.isalpha()
        elif character.isalpha():
            counts["other"] += 1
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _without_links(text: str) -> str:
    return _LINK.sub("", text) if any(part in text for part in _OF_LINKS) else text


@_asked_again
def text_weight(text: str) -> int:
    """Return what a text counts by the platform's rule, about: wide letters twice, links 23 each.

    >>> text_weight("Open! https://t.co/AbCdEf1234"), text_weight("港")
    (29, 2)
    """
    if not any(part in text for part in _OF_LINKS):
        return columns(text)
    links = 0

    def counted(link: re.Match[str]) -> str:
        nonlocal links
        if link[1] is not None and not link[1].startswith(("http", "pic.")):
            return link[1]
        links += 1
        return ""

    rest = _LINK.sub(counted, text)
    return columns(rest) + links * LINK_WEIGHT
