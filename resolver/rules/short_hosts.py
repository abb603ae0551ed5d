"""Hosts that do nothing but lead on, so that a page of theirs that leads nowhere is a failure.

Only what changes how a link is followed is here; a short host that redirects needs no row. The list is not a
copy of any of the published ones, whose licences forbid it: it names the hosts seen most in posts of news.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: What follows the slash in nearly all of them.
_CODE = r"/[A-Za-z0-9_-]{2,40}"
#: What follows it where the kind of a page is said, and its language.
_PAGE_CODE = r"/p/[A-Za-z0-9]{2,20}(?:/[a-z]{2})?"


@dataclass(frozen=True, kw_only=True)
class ShortHost:
    """How one of them behaves where it does not redirect."""

    host: str
    #: A pattern for the paths that are short links; its other pages are pages.
    codes: str = _CODE
    #: Its page says nothing but the target, in the title as well: another title is another page.
    only_target: bool = False
    #: Its page shows the target as a link that the reader has to click, marked as LinkedIn marks it.
    click: bool = False
    source: str
    #: A path that is a short link, and one that is none, where there are such.
    sample: tuple[str, str | None] = ("/AbCd12", "/")


_LIST = "https://github.com/PeterDaveHello/url-shorteners names it"

SHORT_HOSTS: Final = (
    # 301 to plain clients and a page to browsers; that page has also been a warning, and a notice of an outage.
    ShortHost(
        host="t.co",
        codes=r"/.*",
        only_target=True,
        source="https://github.com/sparklemotion/mechanize/pull/294",
        sample=("/AbCdEf1234", None),
    ),
    # 301 or a page, as it likes.
    ShortHost(host="lnkd.in", click=True, source="https://github.com/marirs/urlexpand/pull/7"),
    # Since 2025 links of free accounts may show a page between.
    *(
        ShortHost(host=host, source="https://support.bitly.com, interstitial pages")
        for host in ("bit.ly", "bitly.com", "j.mp")
    ),
    # Links that nobody used in 2024 have stopped to work.
    ShortHost(
        host="goo.gl",
        source="https://developers.googleblog.com/en/google-url-shortener-links-will-no-longer-be-available",
    ),
    # 301 to plain clients, a page to others.
    ShortHost(host="fb.me", source="https://blog.thomaspuppe.de/url-unshortening"),
    # The Guardian and Deutsche Welle.
    *(
        ShortHost(host=host, codes=_PAGE_CODE, source=source, sample=("/p/4xbc5", "/p/"))
        for host, source in (("gu.com", "https://www.theguardian.com links to itself by it"), ("p.dw.com", _LIST))
    ),
    *(
        ShortHost(host=host, source=_LIST)
        for host in (
            "amzn.to", "buff.ly", "clck.ru", "cutt.ly", "dlvr.it", "eepurl.com", "ift.tt", "is.gd", "linkd.in",
            "lnk.to", "migre.me", "ow.ly", "rb.gy", "rebrand.ly", "shorturl.at", "smarturl.it", "snip.ly",
            "spr.ly", "t.ly", "tiny.cc", "tinyurl.com", "trib.al", "v.gd", "vk.cc", "wp.me",
            # of newspapers and stations
            "abcn.ws", "aje.io", "ampr.gs", "apne.ws", "bbc.in", "bloom.bg", "bzfd.it", "cbsloc.al", "cbsn.ws",
            "cnb.cx", "cnet.co", "cnn.it", "cnnmon.ie", "cort.as", "dailym.ai", "econ.st", "es.pn", "fxn.ws",
            "gizmo.do", "hill.cm", "huff.to", "huffp.st", "ind.pn", "interc.pt", "lat.ms", "lemde.fr",
            "n.pr", "nbcnews.to", "nydn.us", "nyer.cm", "nyp.st", "nyti.ms", "on.ft.com", "on.mktw.net",
            "on.wsj.com", "onforb.es", "politi.co", "propub.li", "read.bi", "reut.rs", "rol.st",
            "sc.mp", "tcrn.ch", "tgam.ca", "thetim.es", "ti.me", "tnw.to", "toi.in", "usat.ly", "wapo.st",
            "washex.am", "yhoo.it", "zd.net",
        )
    ),
)  # fmt: skip
