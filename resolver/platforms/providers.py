"""Who provides what an address shows, for addresses of none of the platforms that have a file here.

The list of providers is not ours: ``resolver/rules/providers.json`` is written by ``scripts/make_providers.py`` from
the one that is kept for oEmbed (https://oembed.com/). It says that an address *can* be embedded, not that one is: that
must be known from where the address stands.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from resolver.patterns import pattern
from resolver.platforms.registry import LONGEST_ADDRESS, platform_at

_ADDRESS = pattern(
    r"\s{0,9}(?:https?:)?//(?P<host>[a-z0-9.-]{4,253})(?::[0-9]{1,5})?(?P<path>/[^\s<>\"]*)",
    re.IGNORECASE | re.ASCII,
)
_NO_LETTER = pattern(r"[^a-z0-9]+")


def provider_at(url: str) -> str | None:
    """Return the name of who provides what an address shows, in lower case; ``None`` where nobody is known to.

    Addresses of the platforms that are known better (:func:`resolver.platforms.platform_at`) have none here.

    >>> provider_at("https://codepen.io/jodoe/pen/abcdef")
    'codepen'
    >>> provider_at("https://news.example/codepen.io/"), provider_at("https://twitter.com/nasa")
    (None, None)
    """
    address = _ADDRESS.match(url[:LONGEST_ADDRESS])
    if address is None or platform_at(url) is not None:
        return None
    host, path = address["host"].lower(), address["path"]
    parts = host.split(".")
    for at in range(len(parts) - 1):
        for name, below, pieces in _schemes().get(".".join(parts[at:]), ()):
            # A scheme may be for the hosts below one; www is the same host.
            if (at == 0 or below or parts[:at] == ["www"]) and _fits(path, pieces):
                return name
    return None


def _fits(path: str, pieces: tuple[str, ...]) -> bool:
    """Whether a path is the *pieces* with anything between them."""
    first, *others = pieces
    if not path.startswith(first):
        return False
    place = len(first)
    for piece in others:
        found = path.find(piece, place) if piece else place
        if found < 0:
            return False
        place = found + len(piece)
    return not others or not others[-1] or path.endswith(others[-1]) or "?" in path[place:]


def host_literals() -> tuple[str, ...]:
    """Return strings one of which is the end of the host of every address that a provider is known for."""
    return tuple(_schemes())


@cache
def _schemes() -> dict[str, list[tuple[str, bool, tuple[str, ...]]]]:
    """Return by host: the provider's name, whether it is for the hosts below, and the pieces of the path."""
    file = Path(__file__).parents[1] / "rules" / "providers.json"
    found: dict[str, list[tuple[str, bool, tuple[str, ...]]]] = {}
    for name, schemes in json.loads(file.read_text(encoding="utf-8"))["providers"].items():
        slug = _NO_LETTER.sub("-", name.casefold()).strip("-")
        for scheme in schemes:
            host, _, path = scheme.partition("/")
            known = host.removeprefix("*.").removeprefix("www.").lower()
            found.setdefault(known, []).append((slug, host.startswith("*."), tuple(f"/{path}".split("*"))))
    return found
