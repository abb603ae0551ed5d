"""Real cases in a folder beside the repository: embed markup, and texts that extractors made of such pages.

``embeds.jsonl`` has rows with ``id``, ``platform``, ``html`` (one embed's element) and ``truth``; ``flattened.jsonl``
has ``id``, ``extractor``, ``text`` (the passage around a post) and ``truth``. A truth has ``name``, ``handle``,
``status_id``, ``date_text``, ``date_iso_from_snowflake``, ``tco_links``, ``pic_links``, ``hashtags``, ``mentions`` and
``text``.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks.cases import Case, Facts, names, read_rows, short_codes
from benchmarks.scoring import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TWEETS = "HTML, tweets"
OTHER_PLATFORMS = "HTML, other platforms"

#: From this share of its own words before the handle on, the labelled post is the one that stands there (authors write
#: much the same twice a day); from the second on, all of its text is there to be found; the third is for posts whose
#: beginning was cut off with the passage.
POST_IS_THERE, TEXT_IS_THERE, REST_IS_THERE = 0.9, 0.95, 0.5

#: From this length on, a word that stands in a text without its spaces does so for no other reason.
LONG_WORD = 8

NOT_TOGETHER = "its handle and date do not stand together in the passage"
ANOTHER_POST = "its words do not stand before them (another post of that author and day does)"

#: Enough of an article around the embed for readers that look for the main text of a page.
_PARAGRAPHS = """\
The council met on Tuesday evening to talk about the plan for the old ferry landing, and many who live near it \
had come to say what they think of it. The meeting lasted longer than had been planned.
According to the office that drew the plan, the works can begin in spring if the money is found, and they would take \
about a year, in which the ferries would leave from the northern quay.
A second reading is to follow next month. Until then, the drawings can be seen in the town hall, where an engineer \
answers questions on two afternoons of each week."""

_FOOTNOTE_MARK = re.compile(r"\[[0-9]{1,4}\]")
_LINK_TARGET = re.compile(r"\]\([^()\s]{0,2000}\)|\]\(<[^<>]{0,2000}>\)")
_MARKS = re.compile(r"(?m)^(?:[^\S\n]*>)+|[\\\[\]]")
_URL = re.compile(r"https?://t\.co/\w{1,10}|https?://\S+|pic\.(?:twitter|x)\.com/\S+")


@dataclass(frozen=True)
class LeftOut:
    """A row that cannot be counted, and why."""

    form: str
    id: str
    reason: str


def shared_cases(folder: Path) -> Iterator[Case | LeftOut]:
    """Yield the cases of a folder, and the rows of it that say nothing, each with the reason."""
    for row in read_rows(folder / "embeds.jsonl"):
        yield _page(row)
    for row in read_rows(folder / "flattened.jsonl"):
        yield _passage(row)


def plain(text: str) -> str:
    """Return a text without the marks of Markdown and of numbered links, in one line.

    >>> plain("> (@jo\\\\_doe) [2]May 2,\\n> 2019 [on](https://t.co/AbCdEf1234)")
    '(@jo_doe) May 2, 2019 on'
    """
    for pattern in (_FOOTNOTE_MARK, _LINK_TARGET, _MARKS):
        text = pattern.sub("", text)
    return " ".join(html.unescape(text).split())


def tails(passage: str, handle: str, date_text: str) -> list[int]:
    """Return where a plain passage prints a date right behind a handle.

    >>> tails("Open! -- Jo (@jo) May 2, 2019", "jo", "May 2, 2019")
    [13]
    >>> tails("Open! -- Jo (@jo) May 2, 2019. Ann (@ann) May 3, 2019", "jo", "May 3, 2019")
    []
    """
    printed = re.escape(plain(date_text).rstrip(","))
    return [tail.start() for tail in re.finditer(rf"@{re.escape(handle)}\W{{0,12}}{printed}", passage)]


def _page(row: dict[str, Any]) -> Case:
    before, between, after = (f"<p>{paragraph}</p>\n" for paragraph in _PARAGRAPHS.splitlines())
    page = (
        f"<!DOCTYPE html><html><head><title>The ferry landing</title></head><body><article><h1>The ferry landing</h1>"
        f"\n{before}{between}{row['html']}\n{after}{before}</article></body></html>"
    )
    tweet = row["platform"] == "twitter"
    truth = row["truth"]
    return Case(
        id=row["id"],
        form=TWEETS if tweet else OTHER_PLATFORMS,
        posts=(_facts(truth, row["platform"], truth["text"]),),
        html=page,
    )


def _passage(row: dict[str, Any]) -> Case | LeftOut:
    truth, passage, form = row["truth"], plain(row["text"]), row["extractor"]
    found = tails(passage, truth["handle"], truth["date_text"])
    if not found:
        return LeftOut(form, row["id"], NOT_TOGETHER)
    share, cut = max(_share_of_words(truth["text"] or "", passage, tail) for tail in found)
    if share < (REST_IS_THERE if cut else POST_IS_THERE):
        return LeftOut(form, row["id"], ANOTHER_POST)
    text = truth["text"] if share >= TEXT_IS_THERE else None
    facts = _facts(_what_survived(truth, row["text"]), "twitter", text)
    return Case(id=row["id"], form=form, posts=(facts,), text=row["text"], exhaustive=False)


def _share_of_words(text: str, passage: str, tail: int) -> tuple[float, bool]:
    """Return which share of a post's own words (of its links, where it has no words) stands before its tail.

    And whether the passage begins inside the stretch in which they were looked for.
    """
    words = tokens(_URL.sub(" ", text)) or tokens(text)
    # What extractors add to a text (addresses behind links, a name before the handle) makes it longer.
    start = max(0, tail - len(text) * 5 // 4 - 100)
    window = passage[start:tail].casefold()
    there, unbroken = set(tokens(window)), window.replace(" ", "")
    # Extractors break lines inside long words, and anywhere in languages without spaces.
    known = sum(
        count
        for word, count in words.items()
        if word in there or (len(word) >= LONG_WORD and word in unbroken)
    )
    return known / max(1, words.total()), start == 0


def _what_survived(truth: dict[str, Any], passage: str) -> dict[str, Any]:
    readable = plain(passage).casefold()
    return {
        **truth,
        "status_id": truth["status_id"] if truth["status_id"] in passage else None,
        "tco_links": [link for link in truth["tco_links"] if link.rpartition("/")[2] in passage],
        "pic_links": [link for link in truth["pic_links"] if link.rpartition("/")[2] in passage],
        "hashtags": [tag for tag in truth["hashtags"] if tag.casefold() in readable],
        "mentions": [mention for mention in truth["mentions"] if mention.casefold() in readable],
    }


def _facts(truth: dict[str, Any], platform: str, text: str | None) -> Facts:
    # Only of tweets do the labels say what the post holds; of the other platforms they give the id and the handle,
    # and as the name what stands as the title of a frame.
    tweet = platform == "twitter"
    printed = truth["date_iso_from_snowflake"]
    return Facts(
        platform=platform,
        handle=truth["handle"],
        author=truth["name"] if tweet else None,
        posted=date.fromisoformat(printed) if printed and truth["date_text"] else None,
        post_id=truth["status_id"],
        codes=short_codes([*truth["tco_links"], *truth["pic_links"]]) if tweet else None,
        hashtags=names(truth["hashtags"]) if tweet else None,
        mentions=names(truth["mentions"]) - names([truth["handle"]]) if tweet else None,
        text=text,
    )
