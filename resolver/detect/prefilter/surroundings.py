"""Whether a hit stands where a rule looks: most addresses of platforms in pages are links, most frames are of others.

The tag is looked for a little before the hit, without reading the page up to it. Where that cannot tell, the rule is
asked: too much may be found, never too little.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from resolver.detect.blocked.candidates import HIDING
from resolver.detect.blocked.net import OPEN
from resolver.detect.prefilter.traces import Trace
from resolver.platforms import names, platform
from resolver.platforms.providers import host_literals

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How many bytes before a hit its tag may begin.
_BEFORE: Final = 2_000
# The attribute that an end of a tag stands in.
_ATTRIBUTE = re.compile(
    rb"[\s\"'/]([^\s\"'<>/=]{1,200}+)\s{0,9}+=\s{0,9}+\\{0,2}(?:\"[^\"]*+|'[^']*+|[^\s\"'>]*+)\Z"
)
_NAME = re.compile(rb"<([a-zA-Z]{1,20})")
_CLOSING = re.compile(rb"/.{10}[\s/>]")
_REST_OF_TAG = re.compile(rb"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
# What an escaped frame is told by: its first value is quoted by escaped marks.
_ESCAPED = re.compile(rb"[^<>\"'&=]{0,250}=\s?[\\&]")
_HOST = re.compile(rb"//([a-z0-9.-]{4,253})")
_OPEN: Final = frozenset(name.encode() for name in OPEN)
_HIDING: Final = frozenset({b"textarea", *(name.encode() for name in HIDING)})


def may_hide(page: bytes, end: int) -> bool:
    """Return whether a host or coded text that ends at *end* may be part of what hides an embed.

    It is not where it stands in a link or in another attribute that hides nothing, in code, or in text. HTML that
    stands within an attribute as it is has marks of its own, and so have scripts that are no code.

    >>> page = b'<a href="https://twitter.com/jo">x</a> <div data-embed="https://twitter.com/jo">'
    >>> [may_hide(page, match.end()) for match in re.finditer(rb"twitter[.]com", page)]
    [False, True]
    """
    start = page.rfind(b"<", max(0, end - _BEFORE), end)
    if start < 0:
        return True
    attribute = _ATTRIBUTE.search(page, start, end)
    if attribute is not None:
        return attribute[1].lower() not in _OPEN
    name = _NAME.match(page, start)
    return name is not None and name[1].lower() in _HIDING


def is_quoted(page: bytes, hits: Iterable[tuple[int, int]]) -> bool:
    """Return whether a host among the *hits* stands in a block quotation: there a link is what tells an embed.

    The HTML of an embed may be hidden as it is, so that its quotation is read as one of the page.

    >>> page = b"<div data-html='<blockquote><b>Jo</b> <a href=//x.com/jo>2 May</a></blockquote>'>//x.com"
    >>> begin, end = (27, int(Trace.QUOTE)), (78, int(Trace.QUOTE))
    >>> is_quoted(page, [begin, (53, int(Trace.HOST)), end]), is_quoted(page, [begin, end, (88, int(Trace.HOST))])
    (True, False)
    """
    depth = 0
    for end, trace in sorted(hits):
        if trace == Trace.HOST and depth:
            return True
        if trace == Trace.QUOTE:
            depth = max(0, depth - 1) if _CLOSING.match(page, end - len("/blockquote")) else depth + 1
    return False


def may_embed(page: bytes, end: int) -> bool:
    """Return whether a frame, whose tag is read up to *end*, may be of a platform or another known provider.

    >>> may_embed(b'<iframe src="https://www.youtube.com/embed/x">', 7), may_embed(b'<iframe src="/map">', 7)
    (True, False)
    """
    if _ESCAPED.match(page, end - 1) is not None:
        return True
    rest = _REST_OF_TAG.match(page, end)
    tag = rest[0].lower() if rest else b""
    if any(literal in tag for literal in _literals()):
        return True
    return any(_is_provider(host[1]) for host in _HOST.finditer(tag))


def _is_provider(host: bytes) -> bool:
    parts = host.split(b".")
    return any(b".".join(parts[at:]) in _hosts() for at in range(len(parts) - 1))


@cache
def _literals() -> tuple[bytes, ...]:
    return tuple(literal.lower().encode() for name in names() for literal in platform(name).literals)


@cache
def _hosts() -> frozenset[bytes]:
    return frozenset(host.encode() for host in host_literals())
