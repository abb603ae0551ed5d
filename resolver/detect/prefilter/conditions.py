"""What an embed's document must hold for a rule to find it, as patterns of bytes that are made from the rules' rows.

Each condition is necessary: whatever its rules find has a hit in it. Where a rule is a regular expression, the
condition restates what of it is rare, and a test draws texts from the rule's own expression to hold it to that.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.payloads import STARTS
from resolver.detect.prefilter.traces import Trace
from resolver.detect.prefilter.written import (
    SLASH,
    around,
    folded_wordings,
    odd_letters,
    sign,
    spaces,
    tags,
    wording,
)
from resolver.platforms.registry import host_literals
from resolver.rules.boilerplate import LINES, VIEW_POST

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What handles and domains are made of in texts, also with Markdown's backslashes, and what is around them.
_NAME: Final = rb"[A-Za-z0-9_.\\\-\t-\r\x1c-\x20>\x80-\xff]"
_SLOT: Final = re.compile(r"\{[a-z]{1,20}\}")


class Condition(NamedTuple):
    """A pattern of bytes, and what it is a trace of."""

    trace: Trace
    pattern: bytes


@cache
def of_texts(*, with_notes: bool = True) -> tuple[Condition, ...]:
    """Return what a text must hold."""
    of_notes = notes(html=False) if with_notes else ()
    return (*flattened(html=False), *of_notes, escapes())


def escapes() -> Condition:
    r"""Return the escapes of JSON but for those of control characters, of Latin-1 and of U+20xx: quotes, dashes."""
    return Condition(Trace.ESCAPES, rb"\\u(?:00[2-7]|0[1-9a-fA-F]|[13-9a-fA-F]|2[1-9a-fA-F])")


def flattened(*, html: bool) -> Iterator[Condition]:
    """Yield the conditions of posts of which flattened text is left."""
    yield from (Condition(Trace.TAIL, pattern) for pattern in _tails(html=html))
    yield from (Condition(Trace.LINK, pattern) for pattern in _links(html=html))
    yield from (Condition(Trace.WORDING, pattern) for pattern in _wordings(html=html))
    yield Condition(Trace.ADDRESS, _address(html=html))
    if html:
        yield from (Condition(Trace.LINK | Trace.ADDRESS, pattern) for pattern in _broken())
    yield from (Condition(Trace.PAYLOAD, re.escape(start.encode())) for start in STARTS)


def _tails(*, html: bool) -> Iterator[bytes]:
    """Yield a handle in parentheses (attribution, Bluesky, Instagram), and a date linked to a post.

    In a text that is all: where a hit stands is looked at before the text is read (:mod:`.in_texts`).
    """
    handle = b"(?:" + sign("@", html=html) + b"|" + wording("＠", html=html) + b")"
    name = b"" if html else _NAME + rb"+[)\]]"
    yield sign("(", html=html) + around(html=html) + rb"\[?" + handle + name
    yield rb"\]\(https?:" + SLASH * 2 + rb"(?:[a-z]{1,10}\.)?(?:twitter|x)\.com" + (b"" if html else SLASH)


def _links(*, html: bool) -> Iterator[bytes]:
    """Yield the addresses that the platform makes for links and media in posts."""
    code = b"" if html else b"[A-Za-z0-9]{10}"
    yield _scheme(html=html) + rb"t\.co" + tags(html=html) + SLASH + code
    yield rb"pic\." + tags(html=html) + rb"(?:twitter|x)\.com" + tags(html=html) + SLASH + code


def _wordings(*, html: bool) -> Iterator[bytes]:
    """Yield what platforms print around posts; in a page, a handle in parentheses tells of the lines that print one."""
    for text in VIEW_POST:
        yield wording(text, most_spaces=3, html=html)
    for line in LINES:
        if not (html and "{handle}" in line.text):
            yield wording(max(_SLOT.split(line.text), key=len).strip(), most_spaces=3, html=html)
    yield wording("♬", html=html)
    yield b"by" + spaces(3, html=html, least=0) + b"u" + SLASH
    yield wording("Post by ", html=html) + sign("@", html=html)


def _address(*, html: bool) -> bytes:
    """Return the host of an address that can be a post's, with what stands before and behind it.

    In a page, an address that is shown has no quotation mark before it, and tags may stand in it.
    """
    hosts = b"|".join(re.escape(host.encode()) for host in sorted(host_literals()))
    before = rb"(?:^|[\s>;*_\x80-\xff]|\\[nrt]|:\s?\")" if html else b""
    below = rb"(?:[a-z0-9-]{1,63}\." + tags(html=html) + b"){0,3}"
    behind = rb"(?:[:.a-z]|" + tags(html=html) + SLASH + b")"
    return b"(?i:" + before + _scheme(html=html) + below + b"(?:" + hosts + b")" + behind + b")"


def _broken() -> Iterator[bytes]:
    """Yield the hosts of posts that tags break at a dot, where browsers may break a line."""
    names: dict[str, set[str]] = {}
    for host in (*host_literals(), "t.co"):
        name, _, rest = host.partition(".")
        names.setdefault(rest, set()).add(name)
    for rest, each in sorted(names.items()):
        either = b"|".join(re.escape(name.encode()) for name in sorted(each))
        yield (
            rb"(?i:[./>\s](?:"
            + either
            + rb")(?:\.(?:<[^<>]*>)+|(?:<[^<>]*>)+\.)"
            + re.escape(rest.encode())
            + b")"
        )


def _scheme(*, html: bool) -> bytes:
    """Return how an address begins; platforms put it in an element of its own, which is not seen."""
    between = tags(html=html)
    return rb"https?:" + between + SLASH * 2 + between


def notes(*, html: bool) -> Iterator[Condition]:
    """Yield the words of which a note has at least one near it."""
    from resolver.detect.consent.known import known_literals
    from resolver.rules.consent_triggers import TRIGGERS

    wordings = (folded_wordings(word, html=html) for word in (*TRIGGERS, *known_literals()))
    for pattern in dict.fromkeys((*chain.from_iterable(wordings), *odd_letters(html=html))):
        yield Condition(Trace.NOTE, pattern)
