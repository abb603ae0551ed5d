"""LinkedIn: its post addresses, the time in its ids, its embed frames.

The upper bits of an id are the milliseconds since 1970. The rule is not the platform's own word: it was only seen to
hold for posts of known weeks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolver.platforms.clock import since_1970
from resolver.platforms.rows import FRAME, Form, Platform

if TYPE_CHECKING:
    from datetime import datetime


def posted_at(post_id: str) -> datetime | None:
    """Return the time (UTC) in an id of 19 digits; ``None`` for the older, shorter ones.

    >>> posted_at("6729018118783479808").date().isoformat()
    '2020-11-02'
    """
    return since_1970(milliseconds=int(post_id) >> 22) if len(post_id) == 19 else None


_ID = r"(?P<id>[1-9][0-9]{8,18})(?![0-9])"
_KIND = r"(?P<kind>share|ugcPost|activity)"

PLATFORM: Final = Platform(
    name="linkedin",
    posted_at=posted_at,
    literals=("linkedin",),
    profile_path=r"/in/(?P<handle>[^/?#\s]{1,100})/?(?=[?#]|\Z)",
    forms=(
        Form(
            path=rf"/(?:embed/)?feed/update/urn(?::|%3A)li(?::|%3A){_KIND}(?::|%3A){_ID}",
            url="https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
        ),
        Form(
            path=rf"/posts/(?P<handle>[^/_?#\s]{{1,100}})_[^/?#\s]{{0,400}}?-?{_KIND}-{_ID}",
            url="https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
        ),
    ),
    # https://www.linkedin.com/help/linkedin/answer/a519262
    elements=(FRAME,),
)
