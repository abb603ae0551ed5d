"""Cases of linkedin with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case=("https://www.linkedin.com/embed/feed/update/urn:li:share:6729018118783479808?compact=1"),
        found={
            "id": "6729018118783479808",
            "url": "https://www.linkedin.com/feed/update/urn:li:share:6729018118783479808",
        },
    ),
    Sample(
        case="https://www.linkedin.com/posts/jo-doe_sea-tide-activity-6729018118783479808-AbCd",
        found={"id": "6729018118783479808", "handle": "jo-doe"},
    ),
    Sample(
        case="https://www.linkedin.com/in/jo-doe",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<iframe src="https://www.linkedin.com/embed/feed/update/urn:li:share:672901811'
            '8783479808" title="Embedded post"></iframe>'
        ),
        found={"rule": "linkedin.iframe", "post_id": "6729018118783479808"},
    ),
)
