"""SoundCloud: its track and playlist addresses and its players. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_SOURCE = Source(
    attribute="data-trackid", value=r"([0-9]{1,12})", url="https://api.soundcloud.com/tracks/{0}"
)

PLATFORM: Final = Platform(
    name="soundcloud",
    handle=r"[a-z0-9_-]{1,60}",
    literals=("soundcloud",),
    forms=(
        # The player names a track by its number, the site by its person and title.
        Form(
            host=r"api\.soundcloud\.com",
            path=r"/(?P<kind>tracks|playlists)/(?:soundcloud(?::|%3A)(?:tracks|playlists)(?::|%3A))?(?P<id>[0-9]{1,12})",
            url="https://api.soundcloud.com/{kind}/{id}",
        ),
        Form(
            host=r"soundcloud\.com",
            path=r"/(?P<handle>(?!discover/|search/|you/|tags/|pages/|charts/)[a-z0-9_-]{1,60})/(?P<id>sets/[a-z0-9_-]{1,200}|(?!tracks|sets|albums|likes|followers|following|reposts)[a-z0-9_-]{1,200})",
            url="https://soundcloud.com/{handle}/{id}",
        ),
    ),
    # https://developers.soundcloud.com/docs/api/html5-widget
    elements=(
        FRAME,
        Element(
            rule="amp",
            tags=("amp-soundcloud",),
            sources=(
                _SOURCE,
                Source(
                    attribute="data-playlistid",
                    value=r"([0-9]{1,12})",
                    url="https://api.soundcloud.com/playlists/{0}",
                ),
            ),
        ),
    ),
    shortcodes=("soundcloud",),
)
