"""Addresses that may stand in a link."""

from __future__ import annotations

import re

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def web_address(url: str | None) -> str | None:
    """Return an address if it is one of the web that can be shown whole; ``None`` for every other.

    >>> web_address("https://harbour.example/"), web_address("javascript:alert(1)")
    ('https://harbour.example/', None)
    """
    return url if url and _WEB.match(url) and url.isprintable() else None
