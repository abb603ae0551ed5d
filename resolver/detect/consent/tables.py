"""What ``python -m scripts.make_consent_tables`` has written: the phrases by how they are found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from resolver import rules

if TYPE_CHECKING:
    from resolver.detect.consent.known import Index


def known_literals() -> tuple[str, ...]:
    """Return :func:`resolver.detect.consent.known.literals` of all phrases.

    >>> len(known_literals()) > 50
    True
    """
    return tuple(json.loads(_table("literals.json")))


def known_index() -> Index:
    """Return :func:`resolver.detect.consent.known.index_of` all phrases."""
    index: Index = json.loads(_table("phrases.json"))
    return index


def _table(name: str) -> str:
    return (Path(rules.__file__).with_name("consent_tables") / name).read_text(encoding="utf-8")
