"""Where the text of a flattened post begins: the one thing that flattening leaves no mark for.

What is certain is taken first: quote marks and indentation that set the post apart, the note or the post before it, a
line that introduces it. What is left is a guess from paragraphs and lines, bounded by how much a post may hold, and
it is said to be one.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: How far back a post's text is looked for, in characters: what the longest posts hold with the addresses of their
#: links written out.
LONGEST_TEXT = 6_000

# https://blog.x.com/official/en_us/topics/product/2017/tweetingmadeeasier.html: 280 from 7 November 2017, on trial
# since 26 September. Letters of Chinese, Japanese and Korean count twice, every link counts 23.
_FIRST_LONG = date(2017, 9, 26)
_SHORT_POST, _LONG_POST = 140, 280
_LINK_WEIGHT = 23
#: What a post may be longer than the rule allows: names of people that are answered, and links to media, once counted
#: otherwise than today.
_SLACK = 60

_LINK = re.compile(
    r"\[([^\[\]]{0,300})\]\([^\s()]{1,600}\)|<?https?://[^\s<>]{1,600}>?|\bpic\.(?:twitter|x)\.com/\w{1,20}"
)
_PREFIX = re.compile(r"([^\S\n]{0,60})((?:>[^\S\n]?){0,8})([^\S\n]{0,60})")
# What extractors write before the item of a list that a post stands in.
_BULLET = re.compile(r"[•‣◦▪●][^\S\n]{1,4}")

# What posts have and the sentences of articles seldom do.
_OF_POSTS = re.compile(
    r"(?<![\w/&])[#＃]\w|(?<![\w./])[@＠]\w|https?://t\.co/|\bpic\.(?:twitter|x)\.com/"
    "|[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
)
# What begins a line that goes on from the one before it: a list, a number of a list, a word in small letters.
_GOES_ON = re.compile(r"\s{0,8}(?:[-*•–—✅✔➡→👉]|\(?[0-9]{1,2}[.)/]|(?!https?:|pic\.)[a-zà-öø-ÿа-яα-ω(])")
_ONLY_LINKS = re.compile(
    r"(?:[\W\d_]{0,20}(?:https?://[^\s<>]{1,400}|pic\.(?:twitter|x)\.com/\w{1,20}|[#@＃＠]\w{1,60})){1,40}\W{0,20}$"
)
_INTRODUCES = re.compile(r"[:：]\s{0,4}$")
_FULL_STOP = re.compile(r"(?<!\.\.)[.。][\"'”’»)\]]{0,3}\s{0,4}$")
_ASKS = re.compile(r"[!?！？][\"'”’»)\]]{0,3}\s{0,4}$")

# What speaks for a line to be of the post (above 0) or of the article before it (below 0). Weighed by hand on
# labelled cases: half of the posts of several paragraphs, and as many short paragraphs of articles, would fit.
_SAME_PARAGRAPH = 3.0
_NEW_PARAGRAPH, _NEW_LINE = 0.0, 0.0
_ON_THE_LINE_OF_ITS_ATTRIBUTION = -3.5
_HAS_SIGNS_OF_POSTS = 1.5
_REST_CANNOT_STAND_ALONE = 3.0
_ANSWER_FOLLOWS = -2.0
_FOLLOWING_GOES_ON = 1.5
_ENDS_WITH_FULL_STOP, _ASKS_OR_EXCLAIMS = -1.2, 0.7
_LONG, _VERY_LONG = 0.0, -2.0
_OTHER_SCRIPT = -4.0


class Beginning(NamedTuple):
    """Where a post's text begins, and whether that is certain."""

    start: int
    certain: bool


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    quoted: bool
    indent: int
    #: Whether there is an empty line above it.
    gap: bool


def text_start(
    text: str, floor: int, end: int, attributed: int, *, bounded: bool, posted: date | None
) -> Beginning:
    """Return where the post's text begins that ends at *end*, not before *floor*; its attribution is at *attributed*.

    *bounded* says that something ends at *floor* that stands right before posts: a note, or another post. *posted* is
    the printed day, which tells how long a post could be. A beginning at *end* means that there is no text.
    """
    lines = _lines(text, max(floor, end - LONGEST_TEXT), end)
    if not lines:
        return Beginning(end, certain=True)
    budget = (_LONG_POST if posted is None or posted >= _FIRST_LONG else _SHORT_POST) + _SLACK
    apart = _set_apart(lines)
    if (
        apart is not None
        and sum(_weight(line.text) for line in lines if line.start >= apart.start) <= 2 * budget
    ):
        bullet = _BULLET.match(text, apart.start)
        return Beginning(bullet.end() if bullet else apart.start, certain=True)
    line_breaks = text.count("\n", end, attributed)
    kept, certain = _reach(lines, budget, line_breaks)
    whole = bounded and kept == 0 and lines[0].start >= floor
    return Beginning(lines[kept].start, certain=certain or whole)


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """Return the lines with anything on them, as they stand between two places of a text."""
    lines: list[_Line] = []
    gap = True
    for match in re.finditer(r"[^\n]+", text[start:end]):
        prefix = _PREFIX.match(match[0])
        width = prefix.end() if prefix else 0
        if not match[0][width:].strip():
            gap = True
            continue
        between = text[start + (lines[-1].end - start if lines else 0) : start + match.start()]
        lines.append(
            _Line(
                start=start + match.start() + width,
                end=start + match.end(),
                text=match[0][width:].strip(),
                quoted=bool(prefix and prefix[2]),
                indent=width + len(bullet[0] if (bullet := _BULLET.match(match[0], width)) else ""),
                gap=gap or between.count("\n") > 1,
            )
        )
        gap = False
    return lines


def _set_apart(lines: Sequence[_Line]) -> _Line | None:
    """Return the first line of a block that quote marks or indentation set apart up to the last line."""
    last = lines[-1]
    if last.quoted:
        return _first_of_block(lines, lambda line: line.quoted)
    outer = min(line.indent for line in lines)
    if last.indent < outer + 2:
        return None
    block = _first_of_block(lines, lambda line: line.indent >= last.indent)
    return block if all(line.indent == last.indent for line in lines if line.start > block.start) else None


def _first_of_block(lines: Sequence[_Line], belongs: Callable[[_Line], bool]) -> _Line:
    first = lines[-1]
    for line in reversed(lines):
        if not belongs(line):
            break
        first = line
    return first


def _reach(lines: Sequence[_Line], budget: int, line_breaks: int) -> tuple[int, bool]:
    """Return how far back the text reaches, as the number of its first line, and whether that is certain.

    *line_breaks* is how many there are between the text and its attribution.
    """
    kept = len(lines) - 1
    left = budget - _weight(lines[kept].text)
    spaced = line_breaks > 1 or any(line.gap for line in lines[1:])
    introduced = _introduced(lines, left, spaced=spaced)
    if introduced is not None:
        return introduced, True
    certain = kept == 0 or left < 0
    for number in range(len(lines) - 2, -1, -1):
        left -= _weight(lines[number].text) + 1
        if left < 0:
            break
        likelihood = _likelihood(lines, number, spaced=spaced, own_line=line_breaks > 0)
        certain = abs(likelihood) >= 2
        if likelihood < 0:
            break
        kept = number
    return kept, certain


def _introduced(lines: Sequence[_Line], left: int, *, spaced: bool) -> int | None:
    """Return the line after the nearest one that introduces a post, if a post may reach that far back."""
    for number in range(len(lines) - 2, -1, -1):
        after = lines[number + 1 :]
        if (
            _INTRODUCES.search(lines[number].text)
            and (after[0].gap or not spaced)
            and not all(_ONLY_LINKS.match(line.text) for line in after)
            and not _closes_a_quotation(after)
        ):
            return number + 1
        left -= _weight(lines[number].text) + 1
        if left < 0:
            return None
    return None


def _closes_a_quotation(lines: Sequence[_Line]) -> bool:
    """Whether a quotation is closed in these lines that is opened before them."""
    marks = [mark for line in lines for mark in line.text if mark in '"“”„']
    return marks.count('"') % 2 == 1 or (marks[:1] == ["”"])


def _likelihood(lines: Sequence[_Line], number: int, *, spaced: bool, own_line: bool) -> float:
    """Return how much speaks for a line to belong to the post that the next line belongs to: above 0, it does.

    *spaced* says that empty lines stand between the paragraphs of this text, so that lines without one between them
    are of one paragraph.
    """
    line, following = lines[number], lines[number + 1]
    if not following.gap and spaced and own_line:
        return _SAME_PARAGRAPH
    score = 0.0 if own_line else _ON_THE_LINE_OF_ITS_ATTRIBUTION
    score += _NEW_PARAGRAPH if following.gap else _NEW_LINE
    score += min(len(_OF_POSTS.findall(line.text)), 2) * _HAS_SIGNS_OF_POSTS
    kept = lines[number + 1 :]
    if all(_ONLY_LINKS.match(later.text) for later in kept) or _closes_a_quotation(kept):
        score += _REST_CANNOT_STAND_ALONE
    elif following.text.startswith(("@", "[@", "RT @")):
        score += _ANSWER_FOLLOWS
    if _FULL_STOP.search(line.text):
        score += _ENDS_WITH_FULL_STOP
    elif _GOES_ON.match(following.text):
        score += _FOLLOWING_GOES_ON
    elif _ASKS.search(line.text):
        score += _ASKS_OR_EXCLAIMS
    if len(line.text) > 120:
        score += _VERY_LONG if len(line.text) > 180 else _LONG
    if _script(line.text) != _script(following.text):
        score += _OTHER_SCRIPT
    return score


def _script(text: str) -> str:
    """Return the script that most letters of a text are of: by its first code points' block, roughly."""
    counts = {"latin": 0, "cyrillic": 0, "wide": 0, "other": 0}
    for character in text[:200]:
        if character < "\u0250":
            counts["latin"] += character.isalpha()
        elif "\u0400" <= character <= "\u052f":
            counts["cyrillic"] += 1
        elif _is_wide(character):
            counts["wide"] += 1
        elif character.isalpha():
            counts["other"] += 1
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def _weight(text: str) -> int:
    """Return what a text counts by the platform's rule, about: wide letters twice, links 23 each."""
    links = 0

    def counted(link: re.Match[str]) -> str:
        nonlocal links
        if link[1] is not None and not link[1].startswith(("http", "pic.")):
            return link[1]
        links += 1
        return ""

    rest = _LINK.sub(counted, text)
    return len(rest) + sum(map(_is_wide, rest)) + links * _LINK_WEIGHT


def _is_wide(character: str) -> bool:
    """Whether a letter takes the room of two, as those of Chinese, Japanese and Korean do."""
    return character >= "\u1100" and unicodedata.east_asian_width(character) in "WF"
