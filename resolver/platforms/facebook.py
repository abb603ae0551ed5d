"""Facebook: its post addresses and its embed markup. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_HANDLE = r"(?P<handle>(?!plugins/|groups/|watch/|events/)[A-Za-z0-9.%_-]{1,100})"
_ID = r"(?P<id>[0-9]{5,25}|pfbid[A-Za-z0-9]{20,100})(?![A-Za-z0-9])"
_PARAMETERS = r"(?:[^\s#&]{0,999}&){0,40}?(?:amp;)?"
_SOURCES = (Source(attribute="data-href"), Source(attribute="cite"), Source(attribute="href"))

PLATFORM: Final = Platform(
    name="facebook",
    handle=r"[A-Za-z0-9.]{5,60}",
    literals=("facebook", "fb-post", "fb-video", "fb.watch"),
    hashtag_path=r"/hashtag/",
    profile_path=r"/(?!photo|permalink|watch|story)(?P<handle>[A-Za-z0-9.]{1,60})/?(?=[?#]|\Z)",
    forms=(
        Form(
            path=rf"/{_HANDLE}/posts/(?:[^/?#\s]{{1,400}}/)?{_ID}",
            url="https://www.facebook.com/{handle}/posts/{id}",
        ),
        Form(
            path=rf"/{_HANDLE}/videos/(?:[^/?#\s]{{1,400}}/){{0,2}}{_ID}",
            url="https://www.facebook.com/{handle}/videos/{id}",
        ),
        Form(
            path=rf"/{_HANDLE}/photos/(?:[^/?#\s]{{1,400}}/){{0,2}}{_ID}",
            url="https://www.facebook.com/{handle}/photos/{id}",
        ),
        Form(
            path=rf"/groups/(?P<group>[A-Za-z0-9._-]{{1,100}})/(?:posts|permalink)/{_ID}",
            url="https://www.facebook.com/groups/{group}/posts/{id}/",
        ),
        Form(
            path=rf"/(?:watch/?|watch/live/?|video\.php|video/video\.php)\?{_PARAMETERS}v={_ID}",
            url="https://www.facebook.com/watch/?v={id}",
        ),
        Form(
            path=rf"/photo(?:\.php|/)?\?{_PARAMETERS}fbid={_ID}",
            url="https://www.facebook.com/photo/?fbid={id}",
        ),
        Form(
            path=rf"/(?:permalink|story)\.php\?{_PARAMETERS}story_fbid={_ID}(?:[^\s#]{{0,400}}?[?&;]id=(?P<owner>[0-9]{{5,25}}))",
            url="https://www.facebook.com/permalink.php?story_fbid={id}&id={owner}",
        ),
        Form(path=r"/reel/(?P<id>[0-9]{5,25})", url="https://www.facebook.com/reel/{id}"),
        Form(
            host=r"(?:www\.)?facebook\.com",
            path=r"/share/(?P<kind>p|v|r)/(?P<id>[A-Za-z0-9]{6,30})",
            url="https://www.facebook.com/share/{kind}/{id}/",
        ),
        Form(host=r"fb\.watch", path=r"/(?P<id>[A-Za-z0-9_-]{6,30})", url="https://fb.watch/{id}/"),
    ),
    # https://developers.facebook.com/docs/plugins/embedded-posts and embedded-video-player
    elements=(
        Element(rule="post", tags=("div",), classes=("fb-post",), sources=_SOURCES, layout="linked_author"),
        Element(rule="video", tags=("div",), classes=("fb-video",), sources=_SOURCES, layout="linked_author"),
        Element(
            rule="blockquote",
            tags=("blockquote",),
            classes=("fb-xfbml-parse-ignore",),
            sources=_SOURCES,
            layout="linked_author",
        ),
        Element(rule="fbml", tags=("fb:post", "fb:video"), sources=_SOURCES),
        Element(rule="amp", tags=("amp-facebook",), sources=_SOURCES),
        FRAME,
    ),
    shortcodes=("facebook",),
)
