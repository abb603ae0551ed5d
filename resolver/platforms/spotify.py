"""Spotify: its addresses of tracks, albums, lists and episodes, and its players. Its ids carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Form, Platform

_KIND = r"(?P<kind>track|album|playlist|artist|episode|show)"
_ID = r"(?P<id>[A-Za-z0-9]{22})(?![A-Za-z0-9])"
_URL = "https://open.spotify.com/{kind}/{id}"

PLATFORM: Final = Platform(
    name="spotify",
    literals=("spotify",),
    forms=(
        Form(
            path=rf"/(?:intl-[a-z-]{{2,5}}/)?(?:embed(?:-podcast)?/)?(?:user/[^/?#\s]{{1,100}}/)?{_KIND}/{_ID}",
            url=_URL,
        ),
        Form(
            path=rf"/(?:embed/)?\?(?:[^\s#&]{{0,400}}&){{0,20}}?uri=spotify(?::|%3A){_KIND}(?::|%3A){_ID}",
            url=_URL,
        ),
    ),
    # https://developer.spotify.com/documentation/embeds
    elements=(FRAME,),
    shortcodes=("spotify",),
)
