"""Links as the platform itself finds them in a text, with or without ``https://``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from resolver.entities.characters import CYRILLIC, LATIN_ACCENTED
from resolver.entities.domains import HostRun, host_runs, is_sendable, latin_hosts, may_begin
from resolver.entities.entity import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longer links are not links (the platform's own limit).
_LONGEST_URL = 4096

#: A t.co address with more letters than this is none; those given out have had 7 to 10.
_LONGEST_CODE = 40

#: They may stand in a path or query, but at its end they belong to the sentence.
_NOT_AT_END_OF_PATH = "!*';:,.$%[]–~@|&"
_NOT_AT_END_OF_QUERY = "!?*'@();:+$%[].,~|"

_QUERY_CHARACTER = r"[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]"


@cache
def _port() -> re.Pattern[str]:
    return re.compile(r":[0-9]++")


@cache
def _path() -> re.Pattern[str]:
    character = rf"[A-Za-z{CYRILLIC}0-9!*';:=+,.$/%#\[\]\-–_~@|&{LATIN_ACCENTED}]"
    # Two levels of brackets, as encyclopedias and session ids have them.
    brackets = rf"\((?:{character}++|{character}*+\({character}++\){character}*+)\)"
    return re.compile(rf"/(?:{character}++|{brackets})*+")


@cache
def _query() -> re.Pattern[str]:
    return re.compile(rf"\?{_QUERY_CHARACTER}++")


@cache
def _short_address() -> re.Pattern[str]:
    last = r"[A-Za-z0-9\-_&=#/]"
    return re.compile(
        rf"[Hh][Tt][Tt][Pp][Ss]?://[Tt]\.[Cc][Oo]/(?P<code>[A-Za-z0-9]++)(?:\?{_QUERY_CHARACTER}*{last})?"
    )


def _trimmed_end(found: re.Match[str], not_at_end: str) -> int:
    """Return where a path or query ends without what belongs to the sentence; its first character stays."""
    return found.start() + 1 + len(found[0][1:].rstrip(not_at_end))


def _tail(text: str, position: int) -> tuple[int, bool]:
    """Return where port, path and query behind a host end, and whether there is a path."""
    port = _port().match(text, position)
    position = port.end() if port else position
    path = _path().match(text, position)
    position = _trimmed_end(path, _NOT_AT_END_OF_PATH) if path else position
    query = _query().match(text, position)
    query_end = _trimmed_end(query, _NOT_AT_END_OF_QUERY) if query else position
    return (query_end if query_end > position + 1 else position), path is not None


def _scheme_start(text: str, host_start: int, lower: int) -> int | None:
    """Return where the ``http://`` or ``https://`` before a host begins, not before *lower*."""
    for scheme in ("https://", "http://"):
        start = host_start - len(scheme)
        if start >= lower and text[start:host_start].lower() == scheme and may_begin(text, start):
            return start
    return None


def _candidates(text: str) -> Iterator[tuple[int, tuple[int, int], int, bool]]:
    """Yield what is shaped like a link: its start, the span of its host, its end, and whether it has a path.

    As the platform has it, one begins at least one character behind the end of the one before.
    """
    lower = 0
    for run_start, run_end in host_runs(text):
        if run_end <= lower:
            continue
        run = HostRun.cut(text, run_start, run_end)
        while host := run.host(lower):
            scheme_start = _scheme_start(text, host[0], lower) if host[0] == run_start else None
            end, has_path = _tail(text, host[1])
            yield (host[0] if scheme_start is None else scheme_start), host, end, has_path
            lower = end + 1


def _with_scheme(text: str, start: int, end: int) -> tuple[Entity, ...]:
    short = _short_address().match(text, start, end)
    if short and len(short["code"]) > _LONGEST_CODE:
        return ()
    # What follows the code of a t.co address is not part of it.
    end = short.end() if short else end
    return (Entity(text[start:end], start, end),)


def _without_scheme(text: str, host: tuple[int, int], end: int | None) -> Iterator[Entity]:
    """Yield the links in a host; the last one goes on to *end*, where its path and query end, if given."""
    start, host_end = host
    if start and text[start - 1] in "-_./":
        return
    spans = latin_hosts(text[start:host_end])
    for index, (left, right) in enumerate(spans, 1):
        right_end = end if end is not None and index == len(spans) else start + right
        yield Entity(text[start + left : right_end], start + left, right_end)


def urls(text: str) -> tuple[Entity, ...]:
    """Return the links in the text, in their order, each with its value as it is written.

    A host without a scheme is a link if it ends in a known top-level domain (``rules/tlds.txt``). One departure:
    at the very beginning of a text the platform drops the first letter of such a host if it is not ASCII.

    >>> [url.value for url in urls("(https://example.com/a_(b)). Or example.org, not a.b or me@example.net")]
    ['https://example.com/a_(b)', 'example.org']
    """
    found: list[Entity] = []
    for start, host, end, has_path in _candidates(text):
        if end - start > _LONGEST_URL or not is_sendable(text[slice(*host)]):
            continue
        if start < host[0]:
            found.extend(_with_scheme(text, start, end))
        else:
            found.extend(_without_scheme(text, host, end if has_path else None))
    return tuple(found)
