"""Encoded embeds that survive in plain text: what a consent manager hid as base64, an extractor may have kept.

Borlabs Cookie 2 does so: https://github.com/adbar/trafilatura tests/eval/djz.de-amoklauf.html shows its markup.
"""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.detect.places import places
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The longest run that is decoded, in characters: an embed's markup is a few thousand.
_LONGEST: Final = 65_536
#: How `<iframe`, `<blockquote`, `<div`, `<p>` and `<script` begin in base64.
STARTS: Final = ("PGlmcmFtZ", "PGJsb2NrcXVvdGU", "PGRpdi", "PGRpdj", "PHA+", "PHNjcmlwd")
_PAYLOAD = pattern(
    rf"(?<![A-Za-z0-9+/])(?={'|'.join(map(re.escape, STARTS))})[A-Za-z0-9+/]{{24,65536}}={{0,2}}"
)


class Payload(NamedTuple):
    """A base64 run, its span in the text, and the HTML that it decodes to."""

    start: int
    end: int
    html: str


def find_payloads(text: str) -> Iterator[Payload]:
    """Yield the encoded pieces of HTML in a text in their order; what does not decode is left out.

    >>> [payload.html for payload in find_payloads("Video laden PGRpdj5iYXNlNjQgb2YgYSBibG9jazwvZGl2Pg== Mehr")]
    ['<div>base64 of a block</div>']
    """
    for run in _runs(text):
        html = _decode(run[0])
        if html is not None:
            yield Payload(run.start(), run.end(), html)


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_PAYLOAD``."""
    floor = 0
    for at in sorted(at for start in STARTS for at in places(text, start)):
        run = _PAYLOAD.match(text, at) if at >= floor else None
        if run is not None:
            floor = run.end()
            yield run


def _decode(run: str) -> str | None:
    # What was cut off at its end still holds the attributes at its beginning.
    data = run.rstrip("=")[:_LONGEST]
    data = data[: len(data) - 1] if len(data) % 4 == 1 else data
    try:
        html = binascii.a2b_base64(data + "=" * (-len(data) % 4)).decode("utf-8", "replace")
    except binascii.Error:
        return None
    return html if ">" in html and html.count("\ufffd") * 10 < len(html) else None
