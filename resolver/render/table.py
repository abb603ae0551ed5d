"""Embeds as a table for people, and what is to be followed, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resolver.render.terminal import safe, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from resolver.models import Embed

#: The columns and their widths in characters; ``None`` shares what is left. On a narrow terminal those that are
#: named last in ``_OPTIONAL`` go first.
_WIDTHS: dict[str, int | None] = {
    "document": None,
    "kind": 11,
    "platform": 9,
    "handle": 16,
    "posted": 10,
    "post": 19,
    "blocked": 7,
    "text": None,
}
_OPTIONAL = ("blocked", "platform", "post")
#: The least that the columns which share are given together, and the share of the first.
_SHARED, _FIRST = 40, 0.4


def table_lines(embeds: Iterable[Embed], *, width: int = 160) -> Iterator[str]:
    """Yield the lines of a table of *width* characters with one embed each, as they come; nothing for no embeds.

    >>> from resolver import scan
    >>> for line in table_lines(scan("Open! — Jo Doe (@jodoe) May 2, 2019")):
    ...     print(" ".join(line.split()))
    document kind platform handle posted post blocked text
    - leftover twitter @jodoe 2019-05-02 - - Open!
    """
    widths = _fitted(width)
    headings_due = True
    for embed in embeds:
        if headings_due:
            yield _line({name: name for name in widths}, widths)
            headings_due = False
        yield _line(_cells(embed), widths)


def _fitted(width: int) -> dict[str, int]:
    """Return the columns that fit into *width* characters, with their widths."""
    columns = dict(_WIDTHS)
    for name in reversed(_OPTIONAL):
        if _fixed(columns) + _SHARED > width:
            del columns[name]
    left = max(width - _fixed(columns), _SHARED)
    first = int(left * _FIRST)
    shares = iter((first, left - first))
    return {name: next(shares) if wide is None else wide for name, wide in columns.items()}


def _fixed(columns: Mapping[str, int | None]) -> int:
    return sum(wide or 0 for wide in columns.values()) + 2 * (len(columns) - 1)


def _cells(embed: Embed) -> dict[str, str | None]:
    return {
        "document": embed.document,
        "kind": embed.kind.value,
        "platform": embed.platform,
        "handle": f"@{embed.handle}" if embed.handle else None,
        "posted": embed.posted.isoformat() if embed.posted else None,
        "post": embed.post_id,
        "blocked": (embed.blocked.language or "yes") if embed.blocked else None,
        "text": embed.text,
    }


def _line(cells: Mapping[str, str | None], widths: Mapping[str, int]) -> str:
    fitted = (shorten(cells[name] or "-", width).ljust(width) for name, width in widths.items())
    return "  ".join(fitted).rstrip()


def announcement(urls: Iterable[str], seconds: Callable[[Iterable[int]], float]) -> str | None:
    """Return how many links will be followed, to which hosts, and about how long it takes; ``None`` for none.

    *seconds* estimates the time from how many links each host has.

    >>> announcement(["https://t.co/a", "https://t.co/b"], lambda counts: 120.0)
    '2 links to follow, about 2 min: t.co 2.'
    """
    hosts = Counter(map(host_of, urls))
    if not hosts:
        return None
    named = ", ".join(f"{safe(host)} {count:,}" for host, count in hosts.most_common(5))
    more = f", and {number(len(hosts) - 5, 'other host')}" if len(hosts) > 5 else ""
    return f"{number(hosts.total(), 'link')} to follow, about {_duration(seconds(hosts.values()))}: {named}{more}."


def host_of(url: str) -> str:
    """Return the host of an address, as it is written.

    >>> host_of("https://t.co/AbCdEf1234")
    't.co'
    """
    return url.partition("://")[2].partition("/")[0]


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def number(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> number(1, "link"), number(1200, "link")
    ('1 link', '1,200 links')
    """
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
