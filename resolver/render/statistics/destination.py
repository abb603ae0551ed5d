"""The host that a link leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from resolver.findings import Finding


def destination(finding: Finding) -> str | None:
    """Return the host at the end of a link's chain, in lower case and without ``www.``; ``None`` where there is none.

    >>> from resolver.findings import Finding, Verdict
    >>> destination(Finding(url="https://t.co/a", verdict=Verdict.DEAD, expanded_url="https://www.Harbour.example/a"))
    'harbour.example'
    """
    try:
        host = urlsplit(finding.expanded_url or finding.url).hostname
    except ValueError:  # brackets that hold no IPv6 address
        return None
    return host.removeprefix("www.") if host and host.isprintable() else None
