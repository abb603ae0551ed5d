"""Instagram: its post addresses, the time in its short codes, its embed markup.

A short code is the post's number in base 64. Its upper bits are the milliseconds since the platform's own epoch
(https://instagram-engineering.com/sharding-ids-at-instagram-1cf5a71e5a5c); 14 of 14 real embeds with a machine-
readable time agree to the second. Codes of private posts are longer, and codes of before that scheme shorter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.platforms.clock import since_1970
from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

if TYPE_CHECKING:
    from datetime import datetime

#: 24 August 2011, the zero of the codes' clock, in milliseconds since 1970.
EPOCH: Final = 1_314_220_021_721

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def posted_at(code: str) -> datetime | None:
    """Return the time (UTC) at which a post's number was given, ``None`` for codes of before September 2011.

    >>> posted_at("Bw-eOMwAiNU").isoformat(timespec="seconds")
    '2019-05-02T22:00:10+00:00'
    >>> posted_at("AbCd") is None
    True
    """
    if len(code) < 10:
        return None
    number = 0
    for letter in code[:11]:
        number = number * 64 + _ALPHABET.index(letter)
    return since_1970(milliseconds=(number >> 23) + EPOCH)


_CODE = r"(?P<id>[A-Za-z0-9_-]{5,64})(?![A-Za-z0-9_-])"
_NAME = r"(?P<name>[^\n()]{0,80}?)\s{0,2}\([@＠](?P<handle>[A-Za-z0-9_.]{1,30})\)"
_BARE_HANDLE = r"(?P<handle>[A-Za-z0-9_.]{1,30})(?= on|\s{0,9}\Z)"

PLATFORM: Final = Platform(
    name="instagram",
    posted_at=posted_at,
    handle=r"[A-Za-z0-9_.]{1,30}",
    literals=("instagram", "instagr.am"),
    hashtag_path=r"/explore/tags/",
    profile_path=r"/(?P<handle>[A-Za-z0-9_.]{1,30})/?(?=[?#]|\Z)",
    forms=(
        Form(
            path=rf"/(?!explore/|stories/)(?P<handle>[A-Za-z0-9_.]{{1,30}})/(?P<kind>p|reel|tv)/{_CODE}",
            url="https://www.instagram.com/{kind}/{id}/",
        ),
        Form(path=rf"/(?P<kind>p|reel|tv)/{_CODE}", url="https://www.instagram.com/{kind}/{id}/"),
        Form(path=rf"/reels/(?!audio/|videos/){_CODE}", url="https://www.instagram.com/reel/{id}/"),
    ),
    # https://developers.facebook.com/docs/instagram-platform/oembed
    elements=(
        Element(
            rule="blockquote",
            tags=("blockquote",),
            classes=("instagram-media",),
            sources=(Source(attribute="data-instgrm-permalink"), Source(attribute="cite")),
            layout="byline",
        ),
        Element(
            rule="rendered",
            tags=("iframe",),
            classes=("instagram-media",),
            sources=(Source(attribute="src"), Source(attribute="data-instgrm-permalink")),
        ),
        Element(
            rule="amp",
            tags=("amp-instagram",),
            sources=(
                Source(
                    attribute="data-shortcode",
                    value=r"([A-Za-z0-9_-]{5,64})",
                    url="https://www.instagram.com/p/{0}/",
                ),
            ),
        ),
        Element(
            rule="component",
            tags=("instagram", "instagramembed"),
            sources=(
                Source(
                    attribute="instagramid",
                    value=r"([A-Za-z0-9_-]{5,64})",
                    url="https://www.instagram.com/p/{0}/",
                ),
                Source(attribute="url"),
            ),
        ),
        FRAME,
    ),
    shortcodes=("instagram", "instagram_simple"),
    shortcode_ids=Source(
        attribute="id", value=r"([A-Za-z0-9_-]{5,64})", url="https://www.instagram.com/p/{0}/"
    ),
    # What stands before the caption, in the language of the person who copied the code.
    wording=(
        r"view (?:this|the) (?:post|photo|video|profile|reel) on instagram",
        r"sieh dir diesen beitrag auf instagram an|instagram[ -]beitrag",
        r"voir cette publication sur instagram",
        r"visualizza questo post su instagram",
        r"ver esta publicación en instagram",
        r"ver (?:esta|essa) (?:publicação|foto) no instagram",
        r"dit bericht op instagram bekijken",
        r"посмотреть эту публикацию в instagram",
        r"bu gönderiyi instagram'da gör",
        r"この投稿をinstagramで見る",
        r"在 instagram (?:查看|檢視)這則貼文|在 instagram 查看这篇帖子",
        r"instagram에서 이 게시물 보기",
        r"wyświetl ten post na instagramie",
        r"visa det här inlägget på instagram",
    ),
    bylines=(
        rf"A (?:post|photo|video|reel) (?:shared|posted) by {_NAME}(?: on)?",
        rf"A (?:post|photo|video|reel) (?:shared|posted) by (?P<name>){_BARE_HANDLE}(?: on)?",
        rf"(?:Ein (?:Beitrag|Foto|Video) geteilt von|Ein von) {_NAME}(?: gepostetes (?:Foto|Video))?(?: am)?",
        rf"Une (?:publication|photo|vidéo) (?:partagée|publiée) par {_NAME}(?: le)?",
        rf"Un(?:a)? (?:post|foto|video) (?:condivis[oa]|pubblicat[oa]) da {_NAME}(?: in data:?)?",
        rf"Una? (?:publicación|foto|vídeo|video) (?:compartid[oa]|publicad[oa]) (?:por|de) {_NAME}(?: el)?",
        rf"Uma? (?:publicação|post|foto|vídeo) (?:compartilhad[oa]|partilhad[oa]|publicad[oa]) por {_NAME}(?: em)?",
        rf"Een bericht gedeeld door {_NAME}(?: op)?",
        rf"Публикация от {_NAME}",
        rf"{_NAME}'(?:in|ın|un|ün|nin|nın|nun|nün) paylaştığı bir gönderi",
        rf"{_NAME}がシェアした投稿(?:\s{{0,2}}[–-])?",
        rf"{_NAME}\s?分享的貼文(?:\s?（?於)?",
        rf"{_NAME}\s?님의 공유 게시물(?:님,)?",
        rf"Post udostępniony przez {_NAME}",
        rf"Ett inlägg delat av {_NAME}",
    ),
)
