"""One file per platform; :mod:`.registry` says which platform an address is of."""

from __future__ import annotations

from resolver.platforms.registry import names, platform, platform_at, post_of, post_on

__all__ = ["names", "platform", "platform_at", "post_of", "post_on"]
