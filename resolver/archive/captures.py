"""What archives list of an address: the answers of CDX servers and TimeMaps, whatever their dialect."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from resolver.archive.layout import time_and_original

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: The columns of a plain line of the Wayback Machine's CDX server, in their order:
#: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server
_PLAIN: Final = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")

#: One link of a TimeMap: RFC 6690 by way of RFC 7089 5.
_LINK = re.compile(
    r"<(?P<target>[^<>]{1,8192})>(?P<parameters>(?:;[^,;\"]{0,100}(?:\"[^\"]{0,500}\")?){0,20})"
)
_PARAMETER = re.compile(
    r";\s{0,9}(?P<name>[a-z]{1,20})\s{0,9}=\s{0,9}(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^;,\s]{1,100}))"
)


class CdxRecord(NamedTuple):
    """One capture, by the names that CDX servers give its fields."""

    #: 14 digits, UTC.
    timestamp: str
    #: The address as it was captured.
    original: str
    #: 0 where the archive does not say.
    statuscode: int
    mimetype: str = ""


class Listed(NamedTuple):
    """One memento that a TimeMap lists."""

    #: The address of the copy.
    url: str
    #: The archived address, where that of the copy names it; else that of the whole TimeMap.
    original: str
    captured_at: datetime


def read_cdx(body: bytes) -> list[CdxRecord]:
    """Return the captures that a CDX server lists; what is none is left out. Never fails.

    Understood are JSON arrays with a line of names (Wayback Machine), an object a line and CDXJ (pywb), and plain
    lines.

    >>> read_cdx(b'[["urlkey","timestamp","original","statuscode"],'
    ...          b'["co,t)/x","20150301100005","https://t.co/X","301"]]')
    [CdxRecord(timestamp='20150301100005', original='https://t.co/X', statuscode=301, mimetype='')]
    >>> read_cdx(b'co,t)/x 20150301100005 {"url": "https://t.co/X", "status": "301"}')[0].original
    'https://t.co/X'
    """
    text = body.decode("utf-8", "replace").strip()
    rows = _of_array(text) if text.startswith("[") else _of_lines(text.splitlines())
    return [record for row in rows if (record := _record(row)) is not None]


def read_timemap(body: bytes) -> list[Listed]:
    """Return the mementos that a TimeMap in link format lists. Never fails.

    >>> read_timemap(b'<https://t.co/X>; rel="original",\\n'
    ...     b'<https://a.example/web/20150301100005/https://t.co/X>; rel="memento"; '
    ...     b'datetime="Sun, 01 Mar 2015 10:00:05 GMT"')[0].captured_at.year
    2015
    """
    text = body.decode("utf-8", "replace")
    original, listed = "", []
    for link in _LINK.finditer(text):
        found = _PARAMETER.finditer(link["parameters"])
        parameters = {each["name"]: each["quoted"] or each["plain"] or "" for each in found}
        relations = parameters.get("rel", "").split()
        captured_at = _http_date(parameters.get("datetime", ""))
        if "original" in relations:
            original = link["target"]
        elif "memento" in relations and captured_at is not None:
            named = time_and_original(link["target"])
            listed.append(Listed(link["target"], named[1] if named else original, captured_at))
    return listed


def is_same_address(original: str, asked: str) -> bool:
    """Return whether an archived address is the one that was asked for, its path and query to the letter.

    The keys of archives are in lower case: t.co/AbC and t.co/aBc share one, and are two links. Scheme, port, a
    leading ``www.`` and a fragment do not count.

    >>> is_same_address("http://t.co:80/AbC", "https://t.co/AbC"), is_same_address("https://t.co/abc", "https://t.co/AbC")
    (True, False)
    """
    try:
        one, other = urlsplit(original), urlsplit(asked)
        hosts = {(parts.hostname or "").removeprefix("www.") for parts in (one, other)}
    except ValueError:
        return False
    return len(hosts) == 1 and (one.path or "/", one.query) == (other.path or "/", other.query)


def time_of(timestamp: str) -> datetime | None:
    """Return the time (UTC) of 14 digits; ``None`` for others.

    >>> time_of("20150301100005").isoformat()
    '2015-03-01T10:00:05+00:00'
    """
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _of_array(text: str) -> Iterator[Mapping[str, Any]]:
    rows = _json(text)
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], list):
        return
    names = [str(name) for name in rows[0]]
    for row in rows[1:]:
        if isinstance(row, list):
            yield dict(zip(names, row, strict=False))


def _of_lines(lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    for line in lines:
        before, brace, rest = line.partition("{")
        if not brace:
            yield dict(zip(_PLAIN, line.split(" "), strict=False))
            continue
        row = _json(brace + rest)
        if isinstance(row, dict):
            keys = before.split(" ")
            yield {"timestamp": keys[1], **row} if len(keys) > 1 and keys[1] else row


def _record(row: Mapping[str, Any]) -> CdxRecord | None:
    timestamp = str(row.get("timestamp", ""))
    # pywb gives the fields other names than the Wayback Machine.
    original = row.get("original", row.get("url"))
    status = str(row.get("statuscode", row.get("status", "")))
    if time_of(timestamp) is None or not isinstance(original, str):
        return None
    known = status.isascii() and status.isdigit() and len(status) == 3
    return CdxRecord(
        timestamp, original, int(status) if known else 0, str(row.get("mimetype", row.get("mime", "")))
    )


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (IndexError, OverflowError, TypeError, ValueError):
        return None


def nearest_first(records: Sequence[CdxRecord], near: datetime) -> list[CdxRecord]:
    """Return captures, those nearest to a time first; of two as near, the later one.

    >>> near = datetime(2015, 3, 2, tzinfo=UTC)
    >>> [record.timestamp[:8] for record in nearest_first(
    ...     [CdxRecord("20140101000000", "", 200), CdxRecord("20150301000000", "", 200)], near)]
    ['20150301', '20140101']
    """
    later_first = sorted(records, key=lambda record: record.timestamp, reverse=True)
    return sorted(later_first, key=lambda record: abs((time_of(record.timestamp) or near) - near))
