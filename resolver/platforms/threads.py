"""Threads: its post addresses and its embed markup. Its codes are made like Instagram's."""

from __future__ import annotations

from typing import Final

from resolver.platforms.instagram import posted_at
from resolver.platforms.rows import FRAME, Element, Form, Platform, Source

_CODE = r"(?P<id>[A-Za-z0-9_-]{5,64})(?![A-Za-z0-9_-])"

PLATFORM: Final = Platform(
    name="threads",
    posted_at=posted_at,
    handle=r"[A-Za-z0-9_.]{1,30}",
    literals=("text-post-media", "threads.net", "threads.com"),
    profile_path=r"/@(?P<handle>[A-Za-z0-9_.]{1,30})/?(?=[?#]|\Z)",
    forms=(
        Form(
            path=rf"/@(?P<handle>[A-Za-z0-9_.]{{1,30}})/post/{_CODE}",
            url="https://www.threads.com/@{handle}/post/{id}",
        ),
        Form(path=rf"/t/{_CODE}", url="https://www.threads.com/t/{id}"),
    ),
    # https://developers.facebook.com/docs/threads/tools-and-resources/embed-a-threads-post
    elements=(
        Element(
            rule="blockquote",
            tags=("blockquote",),
            classes=("text-post-media",),
            sources=(
                Source(attribute="data-text-post-permalink"),
                Source(
                    attribute="id", value=r"ig-tp-([A-Za-z0-9_-]{5,64})", url="https://www.threads.com/t/{0}"
                ),
            ),
            layout="whole",
        ),
        FRAME,
    ),
    shortcodes=("threads",),
    wording=(r"view on threads", r"auf threads ansehen", r"voir sur threads", r"ver en threads"),
)
