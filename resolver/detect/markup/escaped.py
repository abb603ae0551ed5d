r"""Embed markup that is escaped in a page: in JSON within scripts, in attributes, in text.

Pages that are built by scripts, and those that wait for consent, hold their embeds as ``\u003cblockquote``,
``<blockquote class=\"`` or ``&lt;blockquote``, sometimes escaped twice.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from resolver.detect.markup.samples_of_code import is_sample_of_code
from resolver.detect.markup.tags import LONGEST_ELEMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How often markup is escaped one time over another.
MOST_LAYERS = 4

_LESS = r"(?:\\{1,8}(?:u003|x3)[cC]|&(?:amp;){0,3}(?:lt|#0{0,4}60|#[xX]0{0,4}3[cC]);)"
_GREATER = r"(?:\\{1,8}(?:u003|x3)[eE]|&(?:amp;){0,3}(?:gt|#0{0,4}62|#[xX]0{0,4}3[eE]);|>)"
_QUOTE = r"(?:\\{1,8}(?:[\"']|u002[27])|&(?:amp;){0,3}(?:quot|#34|#39|#[xX]2[27]);)"
_NAMES = ("blockquote", "iframe")

#: The most characters that stand for `<`, with the slash of an end tag, before its name.
LONGEST_LESS = 40


@dataclass(frozen=True)
class EscapedRun:
    """A span of the source, and the markup that is escaped in it."""

    start: int
    end: int
    markup: str


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?P<less>{_LESS}|<)(?:\\{{0,8}}(?P<slash>/))?\Z")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        rf"\s?(?P<greater>{_GREATER})|\s[^<>\"'&\\=]{{0,200}}=\s?(?P<quote>{_QUOTE})|(?![a-zA-Z0-9-])"
    )


@cache
def _unicode() -> re.Pattern[str]:
    return re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))")


def escaped_runs(source: str) -> Iterator[EscapedRun]:
    r"""Yield the escaped elements of a source, from their start tag to their end tag, in their order.

    >>> run, = escaped_runs('"html": "<blockquote class=\\"a\\">b<\\/blockquote>"')
    >>> run.markup
    '<blockquote class="a">b</blockquote>'
    """
    opened: dict[str, int] = {}
    for start, end, name, closes in sorted(chain.from_iterable(_tags(source, one) for one in _NAMES)):
        if not closes:
            opened[name] = start
            continue
        begun = opened.pop(name, None)
        if begun is not None and end - begun <= LONGEST_ELEMENT and not is_sample_of_code(source, begun):
            yield EscapedRun(begun, end, _markup(source[begun:end]))


def _tags(source: str, name: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield the escaped tags of a name: their spans, the name, and whether they are end tags."""
    for written in (name, name.upper()):
        place = source.find(written)
        while place >= 0:
            ahead = max(0, place - LONGEST_LESS)
            before = _before().search(source[ahead:place])
            after = _after().match(source, place + len(written))
            place = source.find(written, place + 1)
            if before is None or after is None:
                continue
            if before["slash"] and after["greater"]:
                yield ahead + before.start(), after.end(), name, True
            elif not before["slash"] and (before["less"] != "<" or after["quote"]):
                yield ahead + before.start(), after.end(), name, False


def _markup(escaped: str) -> str:
    for _ in range(MOST_LAYERS):
        head = escaped[:400].partition(">")[0]
        if head.startswith("&") or "&quot;" in head or "&#34;" in head:
            escaped = html.unescape(escaped)
        elif "\\" in head:
            escaped = _without_backslashes(escaped)
        else:
            break
    return escaped


def _without_backslashes(escaped: str) -> str:
    decoded = _unicode().sub(_character, escaped)
    # Characters beyond the first plane are escaped as two halves.
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    if digits:
        return chr(int(digits, 16))
    return {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "\f"}.get(found[3], found[3])
