"""Stage 3: follows links, hop by hop, and tells how each of them ended.

>>> from resolver.expand import Policy
>>> Policy().redirects
20
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resolver.expand.policy import Policy

if TYPE_CHECKING:
    from resolver.expand.client import Client

__all__ = ["Client", "Policy"]


def __getattr__(name: str) -> Any:
    """Import the client when it is first asked for: asyncio alone takes longer to import than a scan."""
    if name == "Client":
        from resolver.expand.client import Client

        return Client
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
