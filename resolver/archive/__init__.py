"""Stage 5: what web archives hold of an address, asked politely.

>>> from resolver.archive import layout_of
>>> layout_of("https://web.archive.org").index
'https://web.archive.org/cdx/search/cdx'
"""

from __future__ import annotations

from resolver.archive.archive import Archive
from resolver.archive.layout import Kind, Layout, layout_of
from resolver.archive.pace import Pace, shared_pace
from resolver.archive.posts import find_post, named_by_copy

__all__ = ["Archive", "Kind", "Layout", "Pace", "find_post", "layout_of", "named_by_copy", "shared_pace"]
