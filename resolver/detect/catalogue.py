"""The rules that embeds are found by, as rows for people: what each is for, and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """One rule: its kind (``platform``, ``vendor`` or ``phrase``), its name or wording, and its source."""

    kind: str
    name: str
    #: ISO 639-1 for phrases, else ``None``.
    language: str | None
    source: str


def rules() -> Iterator[Rule]:
    """Yield all rules: platforms, consent managers and publishers, and the wordings of notes.

    >>> {rule.kind for rule in rules()} == {"platform", "vendor", "phrase"}
    True
    """
    from resolver.detect.blocked import vendor_rows
    from resolver.platforms import names
    from resolver.rules.consent_phrases import phrases

    for name in names():
        description = (import_module(f"resolver.platforms.{name}").__doc__ or "").strip().splitlines()[0]
        yield Rule("platform", name, None, description)
    for vendor in vendor_rows():
        yield Rule("vendor", vendor.name, None, vendor.source)
    for phrase in phrases():
        yield Rule("phrase", phrase.text, phrase.language, phrase.source)


def problems(path: Path) -> list[str]:
    """Return what is wrong with a file of new vendor rows, each in a sentence; empty where all samples work.

    Raises :class:`OSError` where the file cannot be read.
    """
    from resolver.detect.blocked import check_rows

    return check_rows(path)
