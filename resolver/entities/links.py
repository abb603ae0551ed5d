"""The links in a post's text, as extractors leave them: glued to words, wrapped, cut off, in Markdown.

Beyond what the platform itself links (:mod:`.urls`) this finds links glued to the word before them, short
links in all their forms (:mod:`.short_links`) and the rests of links that were cut off. It leaves out hosts
without a scheme and without a path: ``example.com`` in a post is more often a name than an address to follow.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from resolver.entities.addresses import read_address
from resolver.entities.short_links import SHORT_LINK, ellipsis, read_short_link, short_link
from resolver.entities.urls import urls
from resolver.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A line break inside a Markdown address (html2text breaks behind hyphens), with the next line's quote marks.
_BREAK = r"\r?\n[ \t>]{0,60}(?=[^\s>])"

_ADDRESS = r"(?ai:https?)://(?:[^\s()<>\[\]\\]++|\\.|\([^\s()<>\[\]]{0,200}\)|" + _BREAK + r")*+"

#: ``[visible](address "title")``; a text can end before the bracket closes. With ``!`` before it, a picture.
_MARKDOWN = (
    r"(?P<exclamation>!?)\[(?P<visible>[^\[\]]{0,300})\]"
    rf"\(<?(?P<address>{_ADDRESS})>?(?:\s{{1,4}}\"[^\"\[\]]{{0,300}}\")?(?:\)|\Z)"
)

#: Only the beginning of a picture's host is left. The text is compared with the hosts that there are.
_CUT_HOST = r"(?<![/=])(?P<beginning>pic\.[tx][a-z.]{0,10}?)(?:…|\.\.\.)"
_PICTURE_HOSTS = ("pic.twitter.com", "pic.x.com")

#: Where a link begins even if it is glued to a word.
_SCHEME = r"(?<![/=])(?ai:https?)(?=:)|(?<!\S)https?(?=…)"


class PostLink(NamedTuple):
    """A link in a post, and where it stands.

    ``start`` and ``end`` are half-open offsets in Unicode code points and enclose exactly ``written``: of a
    Markdown link its visible part, of a wrapped link its line break too, of one that is cut off its ellipsis.
    """

    #: The address to ask for; ``None`` where it is cut off. Where no scheme is written, ``https`` is put
    #: before a short link and ``http`` before any other, as the platform does.
    url: str | None
    written: str
    role: Role
    start: int
    end: int
    #: Whether it is cut off: then nobody can say where it leads.
    truncated: bool


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<markdown>{_MARKDOWN})|<(?P<bracketed>{_ADDRESS})>|(?P<short>{SHORT_LINK})|(?P<cut>{_CUT_HOST})"
        rf"|(?P<glued>{_SCHEME})"
    )


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(r"(?ai:https?://)")


@cache
def _cut_off() -> re.Pattern[str]:
    return re.compile(r"(?ai:https?):[^\s<>()\[\]\"…]{0,300}?(?:…|\.\.\.)|https?…")


@cache
def _escaped_rest() -> re.Pattern[str]:
    return re.compile(r"(?:\\[_*~]|[A-Za-z0-9/=&%+#?.,:;_\-]++)++")


@cache
def _escape_or_break() -> re.Pattern[str]:
    return re.compile(rf"\\(?P<escaped>.)|{_BREAK}")


def links_in_post(text: str) -> tuple[PostLink, ...]:
    """Return the links in a post's text, in their order; they do not overlap.

    >>> link, media = links_in_post("Seen:https://t.co/AbCdEf1234pic.x.com/GhIjKl5678")
    >>> media.url, media.written, str(media.role), (media.start, media.end)
    ('https://t.co/GhIjKl5678', 'pic.x.com/GhIjKl5678', 'media', (28, 48))
    >>> [link.url for link in links_in_post("[a post](https://x.com/jo/status/1), https://t.co/AbC…")]
    ['https://x.com/jo/status/1', None]
    """
    found: list[PostLink] = []
    plain_from = position = 0
    while marker := _marker().search(text, position):
        found.extend(_plain_links(text, plain_from, marker.start()))
        if marker.lastgroup == "glued":
            plain_from, position = marker.start(), marker.end()
            continue
        link, position = _marked_link(text, marker)
        plain_from = position
        if link:
            found.append(link)
    found.extend(_plain_links(text, plain_from, len(text)))
    return tuple(found)


def _marked_link(text: str, marker: re.Match[str]) -> tuple[PostLink | None, int]:
    """Return the link that a marker is, and where the text goes on behind it."""
    match marker.lastgroup:
        case "short":
            short = read_short_link(marker, text)
            return _link(text, (marker.start(), short.end), short.url, short.role), short.end
        case "markdown":
            link = None if marker["exclamation"] else _markdown_link(text, marker)
        case "bracketed":
            link = _link(text, marker.span("bracketed"), *read_address(_plain(marker["bracketed"])))
        case _:
            of_picture = any(host.startswith(marker["beginning"]) for host in _PICTURE_HOSTS)
            link = _link(text, marker.span(), None, Role.MEDIA) if of_picture else None
    return link, marker.end()


def _markdown_link(text: str, marker: re.Match[str]) -> PostLink:
    url, role = read_address(_plain(marker["address"]))
    visible = short_link(marker["visible"].strip())
    if not text.endswith(")", marker.start(), marker.end()):
        url, role = None, Role.LINK
    if visible:
        url = url or visible.url
        role = Role.MEDIA if visible.role is Role.MEDIA else role
    return _link(text, marker.span("visible" if marker["visible"] else "address"), url, role)


def _plain_links(text: str, start: int, end: int) -> Iterator[PostLink]:
    """Yield the links of a stretch of text without Markdown and short links, and with one scheme at most."""
    found = urls(text[start:end])
    taken_to = start
    if not (found and found[0].start == 0):
        cut = _cut_off().match(text, start, end)
        if cut:
            taken_to = cut.end()
            yield _link(text, cut.span(), None, Role.LINK)
    for url in found:
        if start + url.start >= taken_to:
            link = _plain_link(text, start + url.start, start + url.end, end)
            if link:
                taken_to = link.end
                yield link


def _plain_link(text: str, start: int, end: int, limit: int) -> PostLink | None:
    """Return the link that the platform's rules end at *end*; ``None`` if it is merely a host's name."""
    rest = _escaped_rest().match(text, end, limit) if text.startswith("\\", end) else None
    if rest:
        end += len(rest[0].rstrip(".,:;?"))
    inside = text.find("…", start, end)
    end = inside if inside >= 0 else end
    cut = ellipsis().match(text, end)
    span = (start, cut.end() if cut else end)
    address = _plain(text[slice(*span)])
    if not _scheme().match(address):
        if "/" not in address:
            return None
        address = f"http://{address}"
    return _link(text, span, *read_address(address))


def _plain(address: str) -> str:
    """Return a Markdown address without its escapes and line breaks."""
    return _escape_or_break().sub(lambda found: found["escaped"] or "", address)


def _link(text: str, span: tuple[int, int], url: str | None, role: Role) -> PostLink:
    return PostLink(url, text[slice(*span)], role, *span, truncated=url is None)
