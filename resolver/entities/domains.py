"""Host names in running text: where one begins, and at which of its dots the top-level domain stands.

A name is found by hand, not by one expression: with names in all scripts every character can begin one, and
an expression that tries each takes quadratic time on text without spaces. Here each dot is looked at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from resolver.entities.characters import DIRECTIONAL, LATIN_ACCENTED, NONCHARACTERS, OUTSIDE_HOSTS, SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest label of a host name, in the form that is sent (RFC 1035, 2.3.4).
_LONGEST_LABEL = 63

#: A link or host may not directly follow one of these.
_NOT_BEFORE = rf"A-Za-z0-9@＠$#＃{NONCHARACTERS}"

#: They stand inside a label, never at its ends.
_HYPHENS = "-_"


@cache
def _top_level_domains() -> frozenset[str]:
    lines = (Path(__file__).parents[1] / "rules" / "tlds.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def _lengths_beyond_ascii() -> tuple[int, ...]:
    """Return the lengths of names with letters beyond ASCII, longest first: one can begin with another."""
    return tuple(sorted({len(name) for name in _top_level_domains() if not name.isascii()}, reverse=True))


@cache
def _run() -> re.Pattern[str]:
    # The look-behind lets each run be tried at its beginning only.
    outside = f"{OUTSIDE_HOSTS}{SPACES}{NONCHARACTERS}{DIRECTIONAL}"
    return re.compile(rf"(?<![^{outside}])[^{outside}.]*+\.[^{outside}]++")


@cache
def _first_character() -> re.Pattern[str]:
    return re.compile(rf"(?<![{_NOT_BEFORE}])[^\-_]")


@cache
def _free_place() -> re.Pattern[str]:
    return re.compile(rf"(?<![{_NOT_BEFORE}])")


@cache
def _ascii_word() -> re.Pattern[str]:
    return re.compile(r"[0-9A-Za-z@+\-]++")


@cache
def _punycode() -> re.Pattern[str]:
    return re.compile(r"[Xx][Nn]--[\-0-9A-Za-z]++")


@cache
def _dot() -> re.Pattern[str]:
    return re.compile(r"\.")


@cache
def _latin_labels() -> re.Pattern[str]:
    return re.compile(rf"(?:[\-0-9A-Za-z{LATIN_ACCENTED}]++\.)++")


def may_begin(text: str, start: int) -> bool:
    """Return whether a link may begin at *start*, by the character before it.

    >>> may_begin("(t.co)", 1), may_begin("@t.co", 1)
    (True, False)
    """
    return _free_place().match(text, start) is not None


def _top_level_end(text: str, start: int) -> int | None:
    """Return where the top-level domain that begins at *start* ends; ``None`` where none does."""
    word = _ascii_word().match(text, start)
    if word and word[0].lower() in _top_level_domains():
        return word.end()
    punycode = _punycode().match(text, start)
    if punycode:
        return punycode.end()
    lengths = _lengths_beyond_ascii()
    if text[start : start + lengths[0]].isascii():
        return None
    for length in lengths:
        name = text[start : start + length].lower()
        end = start + len(name)
        if name in _top_level_domains() and not _ascii_word().match(text, end):
            return end
    return None


def _ends_beyond(
    text: str, labels: tuple[tuple[int, int], ...], near: tuple[int | None, ...]
) -> tuple[int | None, ...]:
    """Return for each label where a host that begins in it and holds the whole next one ends, at most."""
    beyond: list[int | None] = [None] * len(labels)
    for index in range(len(labels) - 2, -1, -1):
        start, end = labels[index + 1]
        if start == end or text[start] in _HYPHENS or text[end - 1] in _HYPHENS:
            continue
        beyond[index] = beyond[index + 1]
        # The label right before the top-level domain is the registered name, and has no underscore.
        if beyond[index] is None and "_" not in text[start:end]:
            beyond[index] = near[index + 1]
    return tuple(beyond)


class HostRun(NamedTuple):
    """A stretch of text that may hold hosts: no spaces, no punctuation but dots, hyphens and underscores."""

    text: str
    #: Where each label, that is what stands between two dots, begins and ends.
    labels: tuple[tuple[int, int], ...]
    #: For each label, where a top-level domain right behind it ends; ``None`` where there is none.
    near: tuple[int | None, ...]
    #: The same for the last one that can be reached over more labels.
    beyond: tuple[int | None, ...]

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> HostRun:
        """Return the run from *start* to *end* with what can be said of each of its labels."""
        dots = [dot.start() for dot in _dot().finditer(text, start, end)]
        labels = tuple((left + 1, right) for left, right in pairwise((start - 1, *dots, end)))
        near = (*(_top_level_end(text, left) for left, _ in labels[1:]), None)
        return cls(text, labels, near, _ends_beyond(text, labels, near))

    def host(self, lower: int) -> tuple[int, int] | None:
        """Return where the first host that begins at *lower* or later begins and ends, or ``None``."""
        first = bisect_right(self.labels, lower, key=itemgetter(1))
        for index in range(first, len(self.labels)):
            end = self.beyond[index] or self.near[index]
            if end is None:
                continue
            start = self._start(index, lower)
            if start is not None:
                return start, end
        return None

    def _start(self, index: int, lower: int) -> int | None:
        """Return where inside the label a host can begin, at *lower* or later."""
        start, end = self.labels[index]
        start = max(start, lower)
        if self.text[end - 1] in _HYPHENS:
            return None
        if self.beyond[index] is None:
            start = max(start, self.text.rfind("_", start, end) + 1)
        found = _first_character().search(self.text, start, end)
        return found.start() if found else None


def host_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each stretch of the text that may hold a host, that is has a dot inside.

    >>> list(host_runs("See example.com/a.b. Or not."))
    [(4, 15), (16, 20)]
    """
    return (run.span() for run in _run().finditer(text))


def latin_hosts(host: str) -> tuple[tuple[int, int], ...]:
    """Return where in a host as written the hosts in Latin letters stand, which is what a reader means by it.

    >>> ["例えばexample.com"[start:end] for start, end in latin_hosts("例えばexample.com")]
    ['example.com']
    """
    found = []
    position = 0
    while labels := _latin_labels().search(host, position):
        position = labels.end()
        for dot in reversed([dot.end() for dot in _dot().finditer(host, *labels.span())]):
            end = _top_level_end(host, dot)
            if end is not None:
                found.append((labels.start(), end))
                position = end
                break
    return tuple(found)


def is_sendable(host: str) -> bool:
    """Return whether each label of a host as written, in its xn-- form if need be, is short enough.

    >>> is_sendable("bücher.example"), is_sendable("xn--bücher.example"), is_sendable("a" * 64 + ".example")
    (True, False, False)
    """
    if host.startswith("xn--") and not latin_hosts(host):
        return False
    return all(_fits(label) for label in host.split("."))


def _fits(label: str) -> bool:
    if label.isascii() or len(label) > _LONGEST_LABEL:
        return 0 < len(label) <= _LONGEST_LABEL
    return len("xn--") + len(label.encode("punycode")) <= _LONGEST_LABEL
