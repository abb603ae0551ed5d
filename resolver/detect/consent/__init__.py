"""Notes that stand in a text where an embed was held back: by known wordings, and by what a note has to say."""

from __future__ import annotations

from resolver.detect.consent.finder import find_placeholders
from resolver.detect.consent.placeholder import Placeholder

__all__ = ["Placeholder", "find_placeholders"]
