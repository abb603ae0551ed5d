"""What the tests of the prefilter read: every sample that a rule has, and real cases."""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from resolver.detect.blocked import vendor_rows
from resolver.platforms import names
from resolver.platforms.wrappers import COMMENTS, WRAPPERS
from resolver.rules.boilerplate import LINES, VIEW_POST
from resolver.rules.consent_phrases import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parents[1] / "../shared/cases"


@cache
def texts() -> tuple[str, ...]:
    """The samples of the wordings of notes and posts, and, where they are there, every other real flattened text."""
    known = [phrase.sample for phrase in phrases()] + [line.sample for line in LINES] + list(VIEW_POST)
    return tuple(dict.fromkeys([*known, *_cases("flattened.jsonl", "text")]))


@cache
def pages() -> tuple[str, ...]:
    """The samples of platforms, wrappers and consent managers, and, where they are there, real embeds."""
    known = [row.sample for row in vendor_rows()] + [one.sample for one in (*WRAPPERS, *COMMENTS)]
    return tuple(dict.fromkeys([*known, *_of_platforms(), *_cases("embeds.jsonl", "html")]))


def _of_platforms() -> Iterator[str]:
    for name in names():
        module = import_module(f"resolver.platforms.samples.{name}")
        yield from (sample.case for sample in (*module.ADDRESSES, *module.EMBEDS) if sample.found)


def _cases(name: str, column: str) -> list[str]:
    path = CASES / name
    if not path.exists():
        return []
    return [json.loads(line)[column] for line in path.read_text(encoding="utf-8").splitlines()[::2]]
