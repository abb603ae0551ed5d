"""What an address itself says about where it leads, so that nobody has to be asked."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections import deque
from dataclasses import dataclass
from functools import cache
from html import unescape
from string import ascii_lowercase, ascii_uppercase, digits
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from resolver.expand.address import decode
from resolver.rules.wrappers import WRAPPERS, Carried, Kind, Wrapper

#: What a carried address looks like: what is anything else is left to the server.
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)

#: Proofpoint 3: the address with ``*`` for each replaced character, and what they are, in base64.
_PROOFPOINT_3 = re.compile(r".{0,100}?/v3/__(.{1,8000}?)__;([A-Za-z0-9_=-]{0,4000})!")
_REPLACED = re.compile(r"\*(?:\*(.))?")
#: How many characters one of these stands for behind two stars: 2, 3 ...
_RUNS = {letter: number for number, letter in enumerate(f"{ascii_uppercase}{ascii_lowercase}{digits}-_", 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwrapped:
    """What an address is."""

    kind: Kind
    #: The address that it carries, as a reference seen from it; ``None`` where it is a wall that hides it.
    target: str | None


def unwrap(address: str) -> Unwrapped | None:
    """Return what an absolute address carries; ``None`` where it is one that has to be asked.

    Only absolute http and https addresses count, and for walls paths of their own host as well.

    >>> unwrap("https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2F&h=AT0")
    Unwrapped(kind=<Kind.WRAPPER: 'wrapper'>, target='https://news.example/')
    >>> unwrap("https://x.com/i/flow/login?redirect_after_login=%2Fjo")
    Unwrapped(kind=<Kind.WALL: 'wall'>, target='/jo')
    >>> unwrap("https://news.example/?url=https://other.example/") is None
    True
    """
    parts = urlsplit(address)
    found = _pattern().fullmatch(f"{(parts.hostname or '').lower()}{parts.path}")
    if found is None or found.lastgroup is None:
        return None
    wrapper = WRAPPERS[int(found.lastgroup[1:])]
    target = _carried(wrapper, found, address, parts.query)
    if target is not None and (
        _ABSOLUTE.match(target) or (wrapper.kind is Kind.WALL and re.match(r"/(?!/)", target))
    ):
        return Unwrapped(kind=wrapper.kind, target=target)
    return Unwrapped(kind=wrapper.kind, target=None) if wrapper.kind is Kind.WALL else None


@cache
def _pattern() -> re.Pattern[str]:
    # The group of a row closes after those within it, so that it is the last one.
    rows = (f"(?P<w{number}>{wrapper.address})" for number, wrapper in enumerate(WRAPPERS))
    return re.compile("|".join(rows), re.ASCII | re.DOTALL)


def _carried(wrapper: Wrapper, found: re.Match[str], address: str, query: str) -> str | None:
    if wrapper.carried is Carried.QUERY:
        return unquote(query) if not _ABSOLUTE.match(query) else query
    if wrapper.carried is Carried.PATH:
        groups = found.groups()[found.re.groupindex[found.lastgroup or ""] :]
        return wrapper.template.format(*groups)
    if wrapper.carried is Carried.PROOFPOINT_3:
        return _proofpoint_3(address)
    values = _parameters(query)
    value = next((values[name] for name in wrapper.parameters if values.get(name)), None)
    if value is not None and wrapper.carried is Carried.PROOFPOINT_2:
        return unescape(unquote(value.translate({ord("-"): "%", ord("_"): "/"})))
    # Coded twice, as by those who pass an address through two wrappers.
    return unquote(value) if value is not None and re.match(r"https?%3a", value, re.IGNORECASE) else value


def _parameters(query: str) -> dict[str, str]:
    """Return the parameters of a query, the first of each name, by the rules of forms."""
    found: dict[str, str] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        # What is not UTF-8 stays coded: it names another resource than its replacement would.
        found.setdefault(unquote(name), decode(unquote_to_bytes(value.replace("+", " "))))
    return found


def _proofpoint_3(address: str) -> str | None:
    found = _PROOFPOINT_3.match(address)
    if found is None:
        return None
    coded, characters = found.groups()
    try:
        replaced = deque(urlsafe_b64decode(characters + "=" * (-len(characters) % 4)).decode())
        # Mail programs fold the two slashes into one.
        written = _REPLACED.sub(lambda star: _original(star, replaced), coded)
    except (binascii.Error, UnicodeDecodeError, IndexError, KeyError):
        return None
    return re.sub(r"^(https?):/(?!/)", r"\1://", written, flags=re.IGNORECASE)


def _original(star: re.Match[str], replaced: deque[str]) -> str:
    count = 1 if star[1] is None else _RUNS[star[1]]
    return "".join(replaced.popleft() for _ in range(count))
