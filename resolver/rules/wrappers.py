"""Addresses that carry the address they lead to, and the pages that stand before others, row by row.

The facts of a row were read in public code and documentation that handles such addresses; ``source`` says where
to look. Addresses that only *may* carry another one are asked like any other where they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What stands at the address."""

    #: Nothing but a way to count clicks or to hide where they come from.
    WRAPPER = "wrapper"
    #: A page that asks for consent or a login before it lets its reader on.
    WALL = "wall"
    #: A page that warns of the address that it carries.
    WARNING = "warning"


class Carried(StrEnum):
    """Where the address is carried."""

    #: In one of the query's parameters.
    PARAMETER = "parameter"
    #: The whole query is the address.
    QUERY = "query"
    #: In the path: the groups of the pattern, put into ``template``.
    PATH = "path"
    #: Proofpoint's codes: https://help.proofpoint.com, "URL Defense Decoder".
    PROOFPOINT_2 = "proofpoint_2"
    PROOFPOINT_3 = "proofpoint_3"


@dataclass(frozen=True, kw_only=True)
class Wrapper:
    """One form of such addresses."""

    #: A pattern for the host and the path, without case in the host; it must match all of both.
    address: str
    #: The parameters that may hold the address, the first that does counts.
    parameters: tuple[str, ...] = ()
    carried: Carried = Carried.PARAMETER
    template: str = ""
    kind: Kind = Kind.WRAPPER
    source: str
    #: Such an address, and what it carries; ``None`` where it carries none.
    sample: tuple[str, str | None]


#: Google's hosts by country: google.com, google.nl, google.co.uk, google.com.au.
_GOOGLE = r"google\.(?:com|cat|(?:com?\.)?[a-z]{2})"
_STORY = "https://news.example/story?a=1"
_CODED = "https%3A%2F%2Fnews.example%2Fstory%3Fa%3D1"
_CLEARURLS = "https://docs.clearurls.xyz/latest/specs/rules/#redirections"

WRAPPERS: Final = (
    # Links of platforms
    Wrapper(
        address=r"(?:[lm]|lm|www)\.(?:facebook|instagram|messenger|threads)\.(?:com|net)/(?:l\.php|l/|flx/warn/)",
        parameters=("u",),
        source=_CLEARURLS,
        sample=(f"https://l.facebook.com/l.php?u={_CODED}&h=AT0x", _STORY),
    ),
    Wrapper(
        address=r"(?:www\.)?youtube\.com/redirect",
        parameters=("q", "url"),
        source=_CLEARURLS,
        sample=(f"https://www.youtube.com/redirect?event=video_description&q={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"out\.reddit\.com/.{0,100}",
        parameters=("url",),
        source=_CLEARURLS,
        sample=(f"https://out.reddit.com/t3_abc?url={_CODED}&token=x", _STORY),
    ),
    Wrapper(
        address=r"t\.umblr\.com/redirect",
        parameters=("z",),
        source=_CLEARURLS,
        sample=(f"https://t.umblr.com/redirect?z={_CODED}&t=x", _STORY),
    ),
    Wrapper(
        address=r"go\.bsky\.app/redirect",
        parameters=("u",),
        source="https://github.com/bluesky-social/social-app, src/lib/strings/url-helpers.ts",
        sample=(f"https://go.bsky.app/redirect?u={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"(?:[a-z]{2,3}\.)?(?:www\.)?linkedin\.com/(?:safety/go|redir/redirect|redir/general-malware-page)/?",
        parameters=("url",),
        source="https://github.com/obsidianforensics/unfurl/issues/179",
        sample=(f"https://www.linkedin.com/safety/go?url={_CODED}&trk=x", _STORY),
    ),
    Wrapper(
        address=r"(?:www\.|m\.)?vk\.com/away\.php",
        parameters=("to",),
        source=_CLEARURLS,
        sample=(f"https://vk.com/away.php?to={_CODED}&cc_key=", _STORY),
    ),
    Wrapper(
        address=r"weibo\.cn/sinaurl",
        parameters=("u", "toasturl"),
        source="https://github.com/tiansh/yawf/pull/221",
        sample=(f"https://weibo.cn/sinaurl?u={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"t\.me/iv",
        parameters=("url",),
        source="https://instantview.telegram.org/docs",
        sample=(f"https://t.me/iv?url={_CODED}&rhash=x", _STORY),
    ),
    Wrapper(
        address=r"steamcommunity\.com/linkfilter/?",
        parameters=("u", "url"),
        source=_CLEARURLS,
        sample=(f"https://steamcommunity.com/linkfilter/?url={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"(?:www\.)?(?:deviantart\.com/users/outgoing|href\.li/|anonym\.to/|dereferer\.org/|nullrefer\.com/)",
        carried=Carried.QUERY,
        source=_CLEARURLS,
        sample=("https://href.li/?https://news.example/story?a=1", _STORY),
    ),
    Wrapper(
        address=r"pic\.(?:twitter|x)\.com/([A-Za-z0-9]{1,15})",
        carried=Carried.PATH,
        template="https://t.co/{0}",
        source="https://developer.x.com/en/docs/tweets/data-dictionary/overview/entities-object",
        sample=("https://pic.twitter.com/AbCdEf1234", "https://t.co/AbCdEf1234"),
    ),
    # Links of search engines and readers
    Wrapper(
        address=rf"(?:www\.|news\.|plus\.)?{_GOOGLE}/url",
        parameters=("q", "url"),
        source=_CLEARURLS,
        sample=(f"https://www.google.co.uk/url?sa=t&url={_CODED}&usg=x", _STORY),
    ),
    Wrapper(
        address=rf"(?:www\.)?{_GOOGLE}/amp/s/(.{{1,4000}})",
        carried=Carried.PATH,
        template="https://{0}",
        source=_CLEARURLS,
        sample=("https://www.google.com/amp/s/news.example/story%3Fa=1", "https://news.example/story%3Fa=1"),
    ),
    Wrapper(
        address=r"[a-z0-9-]{1,63}\.cdn\.ampproject\.org/[a-z]/s/(.{1,4000})",
        carried=Carried.PATH,
        template="https://{0}",
        source="https://amp.dev/documentation/guides-and-tutorials/learn/amp-caches-and-cors/amp-cache-urls",
        sample=(
            "https://news-example.cdn.ampproject.org/c/s/news.example/story",
            "https://news.example/story",
        ),
    ),
    Wrapper(
        address=r"(?:www\.)?duckduckgo\.com/l/?",
        parameters=("uddg",),
        source=_CLEARURLS,
        sample=(f"https://duckduckgo.com/l/?uddg={_CODED}&rut=x", _STORY),
    ),
    # Links of mail filters
    Wrapper(
        address=r"[a-z0-9]{1,20}\.safelinks\.protection\.(?:outlook\.com|office365\.us)/.{0,20}",
        parameters=("url",),
        source="https://learn.microsoft.com/en-us/defender-office-365/safe-links-about",
        sample=(f"https://eur01.safelinks.protection.outlook.com/?url={_CODED}&data=05", _STORY),
    ),
    Wrapper(
        address=r"urldefense\.proofpoint\.com/v1/url",
        parameters=("u",),
        source="https://help.proofpoint.com, URL Defense Decoder",
        sample=(f"https://urldefense.proofpoint.com/v1/url?u={_CODED}&k=x", _STORY),
    ),
    Wrapper(
        address=r"urldefense\.(?:proofpoint\.)?com/v2/url",
        parameters=("u",),
        carried=Carried.PROOFPOINT_2,
        source="https://help.proofpoint.com, URL Defense Decoder",
        sample=(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__news.example_story-3Fa-3D1&d=DwMFaQ",
            _STORY,
        ),
    ),
    Wrapper(
        address=r"urldefense\.(?:proofpoint\.)?(?:com|us)/v3/.{1,8000}",
        carried=Carried.PROOFPOINT_3,
        source="https://help.proofpoint.com, URL Defense Decoder",
        sample=(
            "https://urldefense.com/v3/__https://lore.example/x/Ykqg0kr0F*2Fyzk2XW@infradead.example/__;JQ!!ACWV!MwAZ$",
            "https://lore.example/x/Ykqg0kr0F%2Fyzk2XW@infradead.example/",
        ),
    ),
    # Links of advertising networks
    Wrapper(
        address=r"(?:go\.skimresources\.com|redirect\.viglink\.com|go\.redirectingat\.com|www\.awin1\.com)/.{0,50}",
        parameters=("url", "u", "ued", "p"),
        source=_CLEARURLS,
        sample=(f"https://go.skimresources.com/?id=1X2&url={_CODED}", _STORY),
    ),
    # Warnings
    Wrapper(
        address=r"(?:www\.|mobile\.)?(?:twitter|x)\.com/safety/unsafe_link_warning",
        parameters=("unsafe_link",),
        kind=Kind.WARNING,
        source="https://help.x.com/en/safety-and-security/phishing-spam-and-malware-links",
        sample=(f"https://twitter.com/safety/unsafe_link_warning?unsafe_link={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"(?:www\.)?bitly\.com/a/warning",
        parameters=("url",),
        kind=Kind.WARNING,
        source="https://support.bitly.com, why a link is blocked",
        sample=(f"https://bitly.com/a/warning?hash=2om6hZ4&url={_CODED}", _STORY),
    ),
    # Walls
    Wrapper(
        address=rf"consent\.(?:youtube\.com|{_GOOGLE})/.{{0,20}}",
        parameters=("continue",),
        kind=Kind.WALL,
        source="https://github.com/itteco/iframely/issues/326",
        sample=(f"https://consent.youtube.com/m?continue={_CODED}&gl=NL&m=0&pc=yt&hl=nl&src=1", _STORY),
    ),
    Wrapper(
        address=rf"(?:accounts\.google\.com/(?:ServiceLogin|v3/signin/.{{1,30}})|(?:www|ipv[46])\.{_GOOGLE}/sorry/.{{0,20}})",
        parameters=("continue",),
        kind=Kind.WALL,
        source="https://support.google.com/websearch/answer/86640",
        sample=(f"https://www.google.com/sorry/index?continue={_CODED}&q=x", _STORY),
    ),
    Wrapper(
        address=r"(?:guce|consent)\.[a-z0-9-]{1,40}\.(?:com|net)/(?:v2/)?(?:consent|collectConsent|copyConsent)",
        parameters=("done",),
        kind=Kind.WALL,
        source="https://legal.yahoo.com, its consent pages; the second one only knows a session",
        sample=(f"https://guce.yahoo.com/consent?brandType=eu&gcrumb=x&lang=nl-NL&done={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"guce\.advertising\.com/collectIdentifiers",
        kind=Kind.WALL,
        source="https://legal.yahoo.com, its consent pages",
        sample=("https://guce.advertising.com/collectIdentifiers?sessionId=3_cc-session", None),
    ),
    Wrapper(
        address=r"(?:myprivacy|cmp)\.dpgmedia\.(?:nl|be|net|dk)/.{0,50}",
        parameters=("callbackUrl", "callbackurl"),
        kind=Kind.WALL,
        source="https://github.com/uBlockOrigin/uAssets/pull/31776",
        sample=(f"https://myprivacy.dpgmedia.nl/consent?siteKey=x&callbackUrl={_CODED}", _STORY),
    ),
    # What DPG's consent page returns to, on the newspaper's own host; it carries the article's path.
    Wrapper(
        address=r"[a-z0-9.-]{4,100}/(?:privacy-?gate(?:-confirm|/accept-tcf2)?|privacy/accept)",
        parameters=("redirectUri", "redirecturi", "originalUrl"),
        kind=Kind.WALL,
        source="https://github.com/uBlockOrigin/uAssets/pull/31776",
        sample=(
            "https://www.news.example/privacygate-confirm?redirectUri=%2Fstory",
            "https://www.news.example/story",
        ),
    ),
    Wrapper(
        address=r"(?:www\.|m\.|mbasic\.|[a-z]{2}-[a-z]{2}\.)?facebook\.com/login(?:\.php|/|/web/)?",
        parameters=("next",),
        kind=Kind.WALL,
        source="https://developers.facebook.com, its login page",
        sample=(f"https://www.facebook.com/login/?next={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"(?:www\.)?instagram\.com/accounts/login/?",
        parameters=("next",),
        kind=Kind.WALL,
        source="https://github.com/instaloader/instaloader, its handling of redirects to the login page",
        sample=(
            "https://www.instagram.com/accounts/login/?next=%2Fjo%2Fabout%2F",
            "https://www.instagram.com/jo/about/",
        ),
    ),
    Wrapper(
        address=r"(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:i/flow/|account/)?login",
        parameters=("redirect_after_login",),
        kind=Kind.WALL,
        source="https://x.com/i/flow/login, as linked on the web",
        sample=("https://x.com/i/flow/login?redirect_after_login=%2Fjo%2Flists", "https://x.com/jo/lists"),
    ),
    Wrapper(
        address=r"(?:www\.)?x\.com/x/migrate",
        kind=Kind.WALL,
        source="https://github.com/dimdenGD/OldTwitter/issues/816",
        sample=("https://x.com/x/migrate?tok=7b2265", None),
    ),
    Wrapper(
        address=r"(?:[a-z]{2,3}\.)?(?:www\.)?linkedin\.com/(?:authwall|uas/login|login)/?",
        parameters=("sessionRedirect", "session_redirect"),
        kind=Kind.WALL,
        source="https://www.linkedin.com/authwall, as linked on the web",
        sample=(f"https://www.linkedin.com/authwall?trk=bf&sessionRedirect={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"(?:www\.|old\.)?reddit\.com/login/?",
        parameters=("dest",),
        kind=Kind.WALL,
        source="https://www.reddit.com/login, as linked on the web",
        sample=(f"https://www.reddit.com/login/?dest={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"medium\.com/m/(?:global-identity(?:-2)?|signin)",
        parameters=("redirectUrl", "redirect"),
        kind=Kind.WALL,
        source="https://help.medium.com, custom domains share one login",
        sample=(f"https://medium.com/m/global-identity-2?redirectUrl={_CODED}", _STORY),
    ),
    Wrapper(
        address=r"www\.washingtonpost\.com/gdpr-consent/?",
        parameters=("next_url", "destination"),
        kind=Kind.WALL,
        source="https://github.com/uBlockOrigin/uAssets, its rules for the paper",
        sample=(f"https://www.washingtonpost.com/gdpr-consent/?next_url={_CODED}", _STORY),
    ),
)
