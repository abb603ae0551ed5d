"""What a page must hold for a rule to find an embed in its markup, made from the rows of platforms and vendors."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from resolver.detect.blocked.net import BASE64_STARTS, HOSTS
from resolver.detect.blocked.rows import vendor_rows
from resolver.detect.blocked.targets import literals as embed_literals
from resolver.detect.markup.shortcodes import ANY, is_in_brackets
from resolver.detect.prefilter.conditions import Condition, escapes, flattened, notes
from resolver.detect.prefilter.traces import Trace
from resolver.platforms import names, platform
from resolver.platforms.wrappers import COMMENTS, WRAPPERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.platforms.rows import Element

# `<` as it is, and as JSON, scripts and references write it.
_ESCAPED_LESS: Final = rb"(?:\\{1,8}(?:u003|x3)[cC]|&(?:amp;){0,3}(?:lt|#0{0,4}60|#[xX]0{0,4}3[cC]);)"
_LESS: Final = b"(?:<|" + _ESCAPED_LESS + b")"
_FRAMES: Final = (b"iframe", b"embed", b"oembed", b"object", b"frame", b"amp-iframe")
#: Tags that pages have for many other things.
_EVERYDAY: Final = frozenset({"a", "blockquote", "div", "embed", "iframe", "script", "section", "span"})


@cache
def of_pages(*, with_notes: bool = True) -> tuple[Condition, ...]:
    """Return what a page must hold."""
    markup = (Condition(Trace.MARKUP, pattern) for pattern in dict.fromkeys(_markup()))
    frames = (Condition(Trace.FRAME, b"(?i:<" + name + rb"[\s/\\])") for name in _FRAMES)
    of_text = (*flattened(html=True), *(notes(html=True) if with_notes else ()))
    return (*of_text, *markup, *frames, *_held_back(), escapes(), _references())


def _references() -> Condition:
    """Return references to letters, digits and the signs in the patterns, which are not patterns of their own."""
    decimal = rb"0{0,4}(?:4[5-9]|5[0-8]|6[5-9]|[789][0-9]|1[01][0-9]|12[0-2])"
    hexadecimal = rb"[xX]0{0,4}(?:2[dDeEfF]|3[0-9aA]|[4-7][0-9a-fA-F])"
    named = rb"(?:sol|period|colon|lowbar|hyphen|dash);"
    return Condition(
        Trace.REFERENCES, rb"&(?:#(?:" + decimal + b"|" + hexadecimal + rb")[;\D]|" + named + b")"
    )


def _markup() -> Iterator[bytes]:
    """Yield what tells the elements, shortcodes and wrappers of all platforms from others."""
    for name in names():
        for element in platform(name).elements:
            yield from _element(element, platform(name).literals)
    yield from _shortcodes()
    yield from _wrappers()
    # An escaped frame may say where it leads in any coding.
    yield _ESCAPED_LESS + rb"(?:iframe|IFRAME)"
    yield from (b"(?i:" + _word(literal) + b")" for literal in embed_literals())


def _element(element: Element, literals: tuple[str, ...]) -> Iterator[bytes]:
    own = [name for name in element.tags if name not in _EVERYDAY]
    yield from (rb"(?i:" + _LESS + re.escape(name.encode()) + rb"[\s/>\\])" for name in own)
    if len(own) == len(element.tags):
        return
    if element.attributes and "id" not in element.attributes:
        yield from (b"(?i:" + _word(name) + b")" for name in element.attributes)
    elif element.classes:
        yield from (_word(name) for name in element.classes)
    elif not set(element.tags) <= {"iframe", "embed"}:
        yield from (_word(literal) for literal in literals)


def _word(text: str) -> bytes:
    return re.escape(text.encode())


def _shortcodes() -> Iterator[bytes]:
    each = {*ANY, *(name for one in names() for name in platform(one).shortcodes)}
    either = b"(?:" + b"|".join(_word(name) for name in sorted(each)) + b")"
    longer = b"(?:" + b"|".join(_word(name) for name in sorted(filter(is_in_brackets, each))) + b")"
    # Code has many names in brackets, but no address behind them.
    yield rb"(?i:\[" + longer + rb"(?:[=\s]|\\[nrt]|\](?:\s|\\[nrt]){0,9}https?:))"
    yield rb"(?i:\{%-?\s{0,9}" + either + rb"\s)"
    yield rb"(?i:\{\{(?:[<%]|&lt;)\s{0,9}" + either + rb"\s)"
    yield rb"(?i:::\s?" + either + rb"[\[{\s\\])"


def _wrappers() -> Iterator[bytes]:
    for wrapper in WRAPPERS:
        if wrapper.may_be_bare:
            yield from (_word(name) for name in wrapper.classes)
            if not wrapper.classes:
                yield b"(?i:<" + _word(wrapper.tag) + rb"[\s>])"
    for comment in COMMENTS:
        if comment.may_be_bare:
            yield rb"<!--(?:\s|\\[nrt]){0,9}" + comment.begins.partition("(?=")[0].encode()


def _held_back() -> Iterator[Condition]:
    """Yield the triggers of vendors' rows, and addresses and coded texts, which the net looks for.

    HTML that is hidden as it is has the marks of markup that is not.
    """
    patterns = [_word(trigger) for row in vendor_rows() for trigger in row.triggers]
    patterns.append(rb">(?:\s|\\[nrt]){0,64}(?:" + b"|".join(map(_word, BASE64_STARTS)) + b")")
    patterns.append(rb"(?i:<script\b[^<>]*type\s*=\s*\\{0,2}[\"']?\s*text\\{0,8}/(?:[^j]|j[^a]))")
    yield from (Condition(Trace.HELD_BACK, pattern) for pattern in dict.fromkeys(patterns))
    yield from (Condition(Trace.HOST, _word(word)) for word in (*HOSTS, *BASE64_STARTS))
    yield Condition(Trace.QUOTE, rb"(?i:<\\{0,8}/?blockquote)")
