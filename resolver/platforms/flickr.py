"""Flickr: its photo addresses and its embed markup. Its ids are counted up and carry no time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_PERSON = r"/photos/(?P<handle>[A-Za-z0-9@_-]{1,60})"

PLATFORM: Final = Platform(
    name="flickr",
    handle=r"[A-Za-z0-9@_-]{1,60}",
    literals=("flickr",),
    profile_path=r"/(?:photos|people)/(?P<handle>[A-Za-z0-9@_-]{1,60})/?(?=[?#]|\Z)",
    forms=(
        Form(
            path=rf"{_PERSON}/(?P<id>[0-9]{{4,14}})(?![0-9])",
            url="https://www.flickr.com/photos/{handle}/{id}/",
        ),
        Form(
            path=rf"{_PERSON}/(?:sets|albums)/(?P<id>[0-9]{{4,20}})(?![0-9])",
            url="https://www.flickr.com/photos/{handle}/albums/{id}",
        ),
    ),
    elements=(
        Element(
            rule="photo", tags=("a",), attributes=("data-flickr-embed",), sources=(Source(attribute="href"),)
        ),
        FRAME,
    ),
)
