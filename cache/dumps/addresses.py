"""Addresses of a dump of short links: brought to one form, to be found, and cut in two, to take little room."""

from __future__ import annotations

import re

#: The longest address that is kept, in characters.
LONGEST = 2000

#: What is in no address: blanks, control characters, halves of surrogate pairs.
_NOT = r"\s\x00-\x20\x7f\ud800-\udfff"
#: Scheme (http or https), host with its port, and the rest.
_SHORT = re.compile(rf"(?:https?://)?([^/?#{_NOT}]{{1,253}})([/?#][^{_NOT}]{{0,2000}})?", re.IGNORECASE)
_LONG = re.compile(rf"(https?://[^/?#{_NOT}]{{1,253}})([/?#][^{_NOT}]{{0,2000}})?", re.IGNORECASE)


def short_key(url: str) -> tuple[str, str] | None:
    """Return the host in lower case and the rest of a short link; ``None`` for what is none.

    The scheme does not count: services answer both alike. The rest does to the letter, since codes are
    case-sensitive.

    >>> short_key("http://T.co/AbC"), short_key("t.co/AbC"), short_key("t.co"), short_key("a b")
    (('t.co', '/AbC'), ('t.co', '/AbC'), None, None)
    """
    found = _SHORT.fullmatch(url) if len(url) <= LONGEST else None
    if found is None or found[2] is None:
        return None
    return found[1].lower(), found[2]


def split_target(url: str) -> tuple[str, str] | None:
    """Return scheme and host, and the rest, of where a short link leads; ``None`` for what cannot be an expansion.

    >>> split_target("https://example.org/ferry?day=2"), split_target("javascript:alert(1)")
    (('https://example.org', '/ferry?day=2'), None)
    """
    found = _LONG.fullmatch(url) if len(url) <= LONGEST else None
    return None if found is None else (found[1], found[2] or "")
