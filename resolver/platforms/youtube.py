"""YouTube: its video addresses and its players. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

# `videoseries` and `live_stream` stand where the id of a video would: they show a list, and what a channel sends now.
_ID = r"(?P<id>(?!videoseries|live_stream)[A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
_URL = "https://www.youtube.com/watch?v={id}"
_SOURCE = Source(attribute="videoid", value=r"([A-Za-z0-9_-]{11})", url="https://www.youtube.com/watch?v={0}")

PLATFORM: Final = Platform(
    name="youtube",
    literals=("youtu",),
    forms=(
        Form(path=rf"/(?:embed|v|e|shorts|live|vi)/{_ID}", url=_URL),
        Form(path=rf"/watch(?:/|\.php)?\?(?:[^\s#&]{{0,999}}&){{0,40}}?(?:amp;)?v={_ID}", url=_URL),
        # A list of videos is shown like one, and named by the list.
        Form(
            path=r"/(?:embed/videoseries|playlist)\?(?:[^\s#&]{0,999}&){0,40}?(?:amp;)?list=(?P<id>[A-Za-z0-9_-]{2,64})",
            url="https://www.youtube.com/playlist?list={id}",
        ),
        Form(host=r"youtu\.be", path=rf"/{_ID}", url=_URL),
    ),
    # https://developers.google.com/youtube/player_parameters, https://amp.dev/documentation/components/amp-youtube
    elements=(
        FRAME,
        Element(
            rule="amp",
            tags=("amp-youtube",),
            sources=(Source(attribute="data-videoid", value=_SOURCE.value, url=_SOURCE.url),),
        ),
        # Stand-ins that load the player when they are clicked: lite-youtube-embed and its kin, and MDX components.
        Element(
            rule="lite",
            tags=("lite-youtube", "youtube-video", "youtube", "youtubeembed", "liteyoutubeembed"),
            sources=(
                _SOURCE,
                Source(attribute="youtubeid", value=_SOURCE.value, url=_SOURCE.url),
                Source(attribute="id", value=_SOURCE.value, url=_SOURCE.url),
                Source(attribute="src"),
                Source(attribute="url"),
            ),
        ),
    ),
    shortcodes=("youtube", "youtube_simple", "youtubeid"),
    shortcode_ids=_SOURCE,
)
