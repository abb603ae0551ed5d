"""Pages that send their reader on: which are read, and what they say.

A page is only read to learn where it leads, so two kinds are: the one that a short link answers with, as a
whole; and the first :data:`HEAD_BYTES` of any other HTML page, for a meta refresh stands in its head. The
latter costs no further packet as a rule, and the parser is only called when a refresh is mentioned at all.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from resolver.expand.address import LONGEST, host_of
from resolver.rules.short_hosts import SHORT_HOSTS

if TYPE_CHECKING:
    from bs4 import Tag

    from resolver.rules.short_hosts import ShortHost

_SHORT_HOSTS = {row.host: row for row in SHORT_HOSTS}

SHORT_LINK_BYTES = 256 * 1024
HEAD_BYTES = 16 * 1024

_HTML = ("text/html", "application/xhtml+xml")

#: A page without any of them says nothing that is read here.
_MENTION = re.compile(
    rb"http-equiv[\s=\"']{1,8}refresh|location\.replace\(|external_url_click|spammy or unsafe", re.IGNORECASE
)

#: What t.co's page says where it warns of the target without naming it.
#: https://help.x.com/en/safety-and-security/phishing-spam-and-malware-links
_WARNING = "potentially spammy or unsafe"

#: ``0; URL='https://news.example/'``, by the "shared declarative refresh steps" of the HTML standard.
_REFRESH = re.compile(r"(\d{1,9})(?:\.[\d.]*)?[\s;,]+(.+)", re.DOTALL)
_REFRESH_URL = re.compile(r"url\s*=\s*(.+)", re.DOTALL | re.IGNORECASE)

#: ``location.replace("https:\/\/news.example\/")``: a JavaScript string, whose escapes are those of JSON.
_REPLACE = re.compile(rf'location\.replace\(("(?:[^"\\\n]|\\[^\n]){{1,{LONGEST}}}")\)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How much of an answer's body is read, and whether the answer is worthless without it."""

    most: int
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """One ``<meta http-equiv=refresh>`` that names an address."""

    #: The address, as written.
    address: str
    #: After how many seconds a browser goes there.
    seconds: int
    #: Whether only browsers without JavaScript go there.
    noscript: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says about where it leads."""

    refreshes: tuple[Refresh, ...] = ()
    title: str | None = None
    #: What its script replaces the page's address by.
    replacement: str | None = None
    #: Where the link leads that its reader has to click to go on, on LinkedIn's page between.
    click: str | None = None
    #: Whether it warns of the target instead of leading there.
    warning: bool = False


def short_link(address: str) -> ShortHost | None:
    """Return how the host of a short link behaves; ``None`` for all other addresses.

    >>> short_link("https://t.co/AbCdEf1234").only_target
    True
    >>> short_link("https://bit.ly/") is None
    True
    """
    host = _SHORT_HOSTS.get(host_of(address).removeprefix("www."))
    return host if host and re.fullmatch(host.codes, urlsplit(address).path) else None


def reading(address: str, status: int, content_type: str) -> Reading:
    """Return how much is to be read of an answer with this head.

    >>> reading("https://news.example/story", 200, "text/html; charset=utf-8")
    Reading(most=16384, required=False)
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if status != 200:
        return Reading(most=0, required=False)
    if short_link(address):
        return Reading(most=SHORT_LINK_BYTES if media_type in {*_HTML, ""} else 0, required=True)
    return Reading(most=HEAD_BYTES if media_type in _HTML else 0, required=False)


def read(body: bytes) -> Page:
    r"""Return what the page says, or an empty :class:`Page`. Never fails, whatever the bytes are.

    >>> read(b'<noscript><META http-equiv="refresh" content="0;URL=https://news.example/"></noscript>').refreshes
    (Refresh(address='https://news.example/', seconds=0, noscript=True),)
    >>> read(rb'<script>location.replace("https:\/\/news.example\/")</script>').replacement
    'https://news.example/'
    """
    if not _MENTION.search(body):
        return Page()
    # Imported here because most runs never meet such a page, and the import takes longer than many of them.
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    # html.parser and html5lib take time quadratic in the length of a hostile page; lxml does not.
    text = _text(body)
    soup = BeautifulSoup(text, "lxml", parse_only=SoupStrainer(["a", "meta", "noscript", "script", "title"]))
    click = soup.find("a", attrs={"data-tracking-control-name": "external_url_click", "href": True})
    found = (_refresh(tag) for tag in soup.find_all("meta"))
    scripts = (_replacement(tag.get_text()) for tag in soup.find_all("script"))
    return Page(
        refreshes=tuple(refresh for refresh in found if refresh is not None),
        title=(soup.title.get_text(strip=True) or None) if soup.title else None,
        replacement=next((address for address in scripts if address is not None), None),
        click=str(click["href"]) if click else None,
        warning=_WARNING in text.lower(),
    )


def _refresh(tag: Tag) -> Refresh | None:
    if str(tag.get("http-equiv", "")).strip().lower() != "refresh":
        return None
    timed = _REFRESH.match(str(tag.get("content", "")).strip()[: LONGEST + 100])
    if timed is None:
        return None
    named = _REFRESH_URL.match(timed[2])
    written = named[1] if named else timed[2]
    if written[0] in "'\"":
        written = written[1:].partition(written[0])[0]
    if not written.strip():
        return None
    noscript = tag.find_parent("noscript") is not None
    return Refresh(address=written.strip(), seconds=int(timed[1]), noscript=noscript)


def _replacement(script: str) -> str | None:
    found = _REPLACE.search(script)
    try:
        return str(json.loads(found[1])) if found else None
    except ValueError:
        return None


def _text(body: bytes) -> str:
    """Return the page's text. Its declared encoding is not used: codecs chosen by strangers are a danger.

    Addresses are ASCII nearly always, which all encodings on the web share but UTF-16: that one mentions nothing.
    """
    try:
        body[:-3].decode("utf-8")  # a character may be cut in two at the end
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return body.decode("windows-1252", "replace")
    return body.decode("utf-8", "replace")
