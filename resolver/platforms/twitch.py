"""Twitch: its addresses of videos and clips, and its players. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Form, Platform

_PARAMETERS = r"(?:[^\s#&]{0,400}&){0,20}?(?:amp;)?"
_VIDEO = "https://www.twitch.tv/videos/{id}"
_CLIP = "https://clips.twitch.tv/{id}"
_SLUG = r"(?P<id>[A-Za-z][A-Za-z0-9_-]{5,120})"

PLATFORM: Final = Platform(
    name="twitch",
    handle=r"[A-Za-z0-9_]{3,25}",
    literals=("twitch",),
    forms=(
        Form(host=r"player\.twitch\.tv", path=rf"/\?{_PARAMETERS}video=v?(?P<id>[0-9]{{5,12}})", url=_VIDEO),
        Form(
            host=r"twitch\.tv",
            path=r"/(?:[A-Za-z0-9_]{3,25}/)?(?:videos|video|v)/(?P<id>[0-9]{5,12})",
            url=_VIDEO,
        ),
        Form(host=r"clips\.twitch\.tv", path=rf"/embed\?{_PARAMETERS}clip={_SLUG}", url=_CLIP),
        Form(host=r"clips\.twitch\.tv", path=rf"/(?!embed){_SLUG}", url=_CLIP),
        Form(host=r"twitch\.tv", path=rf"/(?P<handle>[A-Za-z0-9_]{{3,25}})/clip/{_SLUG}", url=_CLIP),
    ),
    # https://dev.twitch.tv/docs/embed
    elements=(FRAME,),
)
