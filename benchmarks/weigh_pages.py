"""Pages of real posts between the paragraphs of other articles, flattened: to measure weights on more than there is."""

from __future__ import annotations

import random
import re
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, Final

from benchmarks.cases import ROOT, Case, Facts, read_rows
from benchmarks.made_pages import LAYOUTS, flatteners
from benchmarks.shared_cases import plain, tails

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Paragraphs as newspapers have them around embeds, written for this project.
PARAGRAPHS: Final = ROOT / "tests" / "samples" / "paragraphs.txt"

#: How many made contexts there are beside the real ones, and how many pages of each post.
CONTEXTS, PAGES = 40, 4

#: The extractor whose passages show where paragraphs end.
_WITH_PARAGRAPHS = "bs4_newline"


def pages(folder: Path, seed: int = 1) -> Iterator[Case]:
    """Yield texts made of the real embeds in a *folder*, as cases; a ``+`` ends the post's id in theirs."""
    chance = random.Random(seed)
    contexts = [*_real_contexts(folder), *_made_contexts(chance)]
    rows = (row for row in read_rows(folder / "embeds.jsonl") if _is_labelled(row))
    for number, row in enumerate(rows):
        for _ in range(PAGES):
            before, after = chance.choice(contexts)
            page = _page(row["html"], before, after, *chance.choice(list(LAYOUTS.values())))
            for name, flatten in flatteners(number).items():
                text = flatten(page)
                if text and tails(plain(text), row["truth"]["handle"], row["truth"]["date_text"]):
                    yield Case(id=f"{row['id']}+{name}", form=name, posts=(_facts(row["truth"]),), text=text)


def _is_labelled(row: dict[str, Any]) -> bool:
    truth = row["truth"]
    return row["platform"] == "twitter" and all(
        truth[name] for name in ("text", "handle", "date_text", "name")
    )


def _facts(truth: dict[str, Any]) -> Facts:
    printed = truth["date_iso_from_snowflake"]
    return Facts(
        platform="twitter",
        handle=truth["handle"],
        posted=date.fromisoformat(printed) if printed else None,
        text=truth["text"],
    )


def _real_contexts(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the paragraphs before and after the posts in real texts, of which the first and last may be cut off."""
    for row in read_rows(folder / "flattened.jsonl"):
        if row["extractor"] != _WITH_PARAGRAPHS:
            continue
        text, truth = row["text"], row["truth"]
        tail = text.find(f"(@{truth['handle']}")
        words = r"\s+".join(map(re.escape, truth["text"].split()[:4]))
        begun = [found.start() for found in re.finditer(words, text[: max(tail, 0)])]
        end = text.find("\n\n", text.find("\n", tail))
        if begun and end > 0:
            yield _whole(text[: begun[-1]])[1:][-6:], _whole(text[end:])[:-1][:4]


def _whole(text: str) -> list[str]:
    found = (" ".join(paragraph.split()) for paragraph in re.split(r"\n{2,}", text))
    return [paragraph for paragraph in found if paragraph and "(@" not in paragraph]


def _made_contexts(chance: random.Random) -> Iterator[tuple[list[str], list[str]]]:
    paragraphs = PARAGRAPHS.read_text(encoding="utf-8").splitlines()
    for _ in range(CONTEXTS):
        yield chance.sample(paragraphs, chance.randint(2, 5)), chance.sample(paragraphs, chance.randint(1, 3))


def _page(embed: str, before: list[str], after: list[str], apart: str, opens: str, closes: str) -> str:
    blocks = [*map(_block, before), f"{opens}{embed}{apart}{closes}", *map(_block, after)]
    body = apart.join(["<h1>News</h1>", *blocks, ""])
    return f"<html><head><title>News</title></head><body><article>{body}</article></body></html>"


def _block(paragraph: str) -> str:
    heading = len(paragraph) < 60 and not paragraph.endswith((".", ":", "!", "?"))
    return f"<h2>{escape(paragraph)}</h2>" if heading else f"<p>{escape(paragraph)}</p>"
