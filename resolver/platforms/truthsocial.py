"""Truth Social: its post addresses and its embed frames. It runs Mastodon's software, so its ids carry the time."""

from __future__ import annotations

from typing import Final

from resolver.platforms.mastodon import posted_at
from resolver.platforms.rows import FRAME, Form, Platform

_ID = r"(?P<id>[0-9]{1,18})(?![0-9A-Za-z])"

PLATFORM: Final = Platform(
    name="truthsocial",
    posted_at=posted_at,
    literals=("truthsocial",),
    profile_path=r"/@(?P<handle>[A-Za-z0-9_]{1,40})/?(?=[?#]|\Z)",
    forms=(
        Form(
            path=rf"/@(?P<handle>[A-Za-z0-9_]{{1,40}})/(?:posts/)?{_ID}",
            url="https://truthsocial.com/@{handle}/{id}",
        ),
    ),
    elements=(FRAME,),
)
