"""What speaks for a post to begin at one place of a text: named, so that it can be weighed on labelled cases."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile, pairwise
from typing import TYPE_CHECKING, NamedTuple

from resolver.detect.columns import columns, is_wide
from resolver.detect.units import BULLET, Joint
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.units import Unit

LINK_WEIGHT = 23

_LINK = pattern(
    r"\[([^\[\]]{0,300})\]\([^\s()]{1,600}\)|<?https?://[^\s<>]{1,600}>?|\bpic\.(?:twitter|x)\.com/\w{1,20}"
)
# What posts have and the sentences of articles seldom do.
_OF_POSTS = pattern(
    r"(?<![\w/&])[#＃]\w|(?<![\w./])[@＠]\w|https?://t\.co/|\bpic\.(?:twitter|x)\.com/"
    "|[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
)
_ONLY_LINKS = pattern(
    r"(?:[\W\d_]{0,20}(?:https?://[^\s<>]{1,400}|pic\.(?:twitter|x)\.com/\w{1,20}|[#@＃＠]\w{1,60})){1,40}\W{0,20}$"
)
_OTHER_ADDRESS = pattern(r"https?://(?!t\.co/)\S{1,400}$")
_COLON = pattern(r"[:：][*_]{0,2}$")
_SEMICOLON = pattern(r"[;；,，、][*_]{0,2}$")
_STOP = pattern(r"[.。…][\"'”’»)\]*_]{0,3}$")
_ASKS = pattern(r"[!?！？][\"'”’»)\]*_]{0,3}$")
_SMALL = pattern(r"(?!https?:|pic\.)[a-zà-öø-ÿа-яα-ω]")
_ANSWER = pattern(r"\.?\[?[@＠]\w|RT [@＠]")
_QUOTE = pattern(r"[\"“„«「『‘']")
_SIGN = pattern(r"[#＃]\w|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_ITEM = pattern(r"(?:[-*–—✅✔➡→👉]|\(?[0-9]{1,2}[.)/])\s")
# The platform and what it calls its posts, as articles in many languages write them before one.
_PLATFORM = pattern(
    r"twit|tweet|tuit|твит|твіт|ツイ|推特|트위|트윗|تويتر|تغريد|توییت|טוויטר|ציוץ|ट्वि|টুই|ทวิ", re.IGNORECASE
)
_CLOSING = pattern(r"[,.;:!?)\]”’»…。，、]")
_ADDRESS = pattern(r"https?://|pic\.")

# Each piece is asked the same for each place before it at which the post could begin.
_asked_again = lru_cache(maxsize=512)

#: From this length on, in characters, a piece is long for a post's sentence, or line.
LONG = 180
#: Up to this length a line without a full stop may be a heading.
SHORT = 60
#: More of the same says no more.
MOST = 6


class Place(NamedTuple):
    """What surrounds the text of a post, wherever it begins."""

    #: How many line breaks stand between the text and its attribution, and after the attribution; in the latter, 0
    #: where the document ends there.
    tail_breaks: int
    after_breaks: int
    #: Whether empty lines stand between paragraphs of this text.
    spaced: bool
    #: How much a post of its day may weigh.
    budget: int
    #: Whether something ends where the first piece begins that stands right before posts: a note, or another post.
    bounded: bool
    #: How many columns the widest line takes; 0 where lines are not broken at a width.
    width: int


def evidence(pieces: Sequence[Unit], number: int, place: Place) -> dict[str, float]:
    """Return what is to be seen if the post begins with the piece of a *number*: names and how much, mostly 1."""
    found = {
        **_joint(pieces, number, place),
        **_inside(pieces[number:], place),
        **_beginning(pieces[number].text),
    }
    if number > 0:
        found |= _before(pieces[number - 1], pieces[number], place)
        found["after a colon, none inside"] = found["after a colon"] and not found["colons inside"]
        found["nothing but links, after a plain line"] = found["nothing but links"] and _is_plain(
            pieces[number - 1].line
        )
    return {name: float(value) for name, value in found.items() if value}


def _joint(pieces: Sequence[Unit], number: int, place: Place) -> dict[str, float]:
    """Return what the white space before the post says, by itself and beside that inside and after it."""
    piece = pieces[number]
    own_line = place.tail_breaks > 0
    if number == 0:
        return {"at the bound": place.bounded, "at the beginning": not place.bounded}
    if piece.joint is not Joint.LINE:
        where = "own line" if own_line else "same line"
        fits = _weight_from_line(pieces, number) <= place.budget
        return {f"{piece.joint.name.lower()}, {where}": 1, f"the whole line would do, {where}": fits}
    breaks = piece.breaks
    inside = max((later.breaks for later in pieces[number + 1 :]), default=0)
    return {
        "line": breaks == 1 and own_line,
        "line, same line": breaks == 1 and not own_line,
        "paragraph": breaks == 2 and own_line,
        "paragraph, same line": breaks >= 2 and not own_line,
        "gap": breaks > 2 and own_line,
        "line in a paragraph": breaks == 1 and place.spaced,
        "no room for its first word": breaks == 1 and _is_full(pieces, number, place.width),
        "room for its first word": breaks == 1
        and place.width > 0
        and not _is_full(pieces, number, place.width),
        "as after": breaks == place.after_breaks and breaks > 1,
        "as after, more than before the tail": breaks == place.after_breaks > max(place.tail_breaks, 1),
        "more than after": breaks > place.after_breaks > 0,
        "less than after": breaks < place.after_breaks,
        "more than before the tail": breaks > place.tail_breaks > 0,
        "less than before the tail": breaks < place.tail_breaks,
        "more than inside": breaks > inside > 0,
        "less than inside": breaks < inside,
    }


def _is_full(pieces: Sequence[Unit], number: int, width: int) -> bool:
    """Whether the line before a piece ends where a width allowed no other word."""
    first = pieces[number].text.split(maxsplit=1)[0]
    return pieces[number - 1].column + 1 + columns(first) > width > 0


def _weight_from_line(pieces: Sequence[Unit], number: int) -> int:
    """Return what the post would count if it began with the line that a piece stands on."""
    later = dropwhile(lambda piece: piece.joint is not Joint.LINE, pieces[number + 1 :])
    return text_weight(pieces[number].line) + sum(text_weight(piece.text) + 1 for piece in later)


def _inside(post: Sequence[Unit], place: Place) -> dict[str, float]:
    lines = [piece for piece in post[1:] if piece.joint is Joint.LINE]
    breaks = max((piece.breaks for piece in lines), default=0)
    weight = sum(text_weight(piece.text) + 1 for piece in post)
    marks = [mark for piece in post for mark in piece.text if mark in '"“”„']
    whole = [post[0], *lines]
    return {
        "lines inside": min(len(lines), MOST),
        "sentences inside": min(len(post) - 1 - len(lines), MOST),
        "long lines inside": min(sum(len(piece.line) > LONG for piece in whole), MOST),
        "plain lines inside": min(sum(_is_plain(piece.line) for piece in whole), MOST),
        "colons inside": min(sum(bool(_COLON.search(line)) for line in _lines_but_last(post)), MOST),
        "other scripts inside": len({script(piece.text) for piece in post} - {""}) > 1,
        "a quotation is open": marks.count('"') % 2 == 1 or marks[:1] == ["”"],
        "gap inside, as after": breaks >= place.after_breaks > max(place.tail_breaks, 1),
        "gap inside, more than before the tail": breaks > place.tail_breaks > 0,
        "gap inside, same line": breaks > 1 and place.tail_breaks == 0,
        "nothing but links": all(_is_only_links(piece.text) for piece in post),
        "very short": weight < 15,
        "too long": weight > place.budget,
        "length": min(weight / place.budget, 1.0),
    }


def _lines_but_last(post: Sequence[Unit]) -> list[str]:
    return [piece.text for piece, following in pairwise(post) if following.joint is Joint.LINE]


@_asked_again
def _is_plain(text: str) -> bool:
    return len(text) > 100 and _STOP.search(text) is not None and _OF_POSTS.search(text) is None


def _beginning(text: str) -> dict[str, float]:
    return {
        "begins small": _SMALL.match(text) is not None,
        "begins with a handle": _ANSWER.match(text) is not None,
        "begins with a quotation": _QUOTE.match(text) is not None,
        "begins with a sign": _SIGN.match(text) is not None,
        "begins with an address": _ADDRESS.match(text) is not None,
        "begins as an item": _ITEM.match(text) is not None,
        "begins with a bullet": BULLET.match(text) is not None,
        "begins with a mark": _CLOSING.match(text) is not None,
    }


def _before(before: Unit, first: Unit, place: Place) -> dict[str, float]:
    text = before.text
    said = before.line if first.joint is Joint.LINE else text
    signs = len(_OF_POSTS.findall(said))
    ends = any(ending.search(text) for ending in (_STOP, _ASKS, _COLON, _SEMICOLON))
    open_ended = not ends and not signs
    colon = _COLON.search(text) is not None
    line = first.joint is Joint.LINE
    return {
        "after a colon": colon and line,
        "after a colon on the line": colon and not line,
        "after a comma": _SEMICOLON.search(text) is not None,
        "after a full stop": _STOP.search(text) is not None and not signs,
        "after a question": _ASKS.search(text) is not None and not signs,
        "after a short line": open_ended and len(said) < SHORT,
        "after an open line": open_ended and len(said) >= SHORT,
        "after a sign of posts": signs == 1,
        "after signs of posts": signs > 1,
        "after an address": _OTHER_ADDRESS.match(text) is not None,
        "after the platform's name": _PLATFORM.search(text[-100:]) is not None and not signs,
        "after a long line": len(said) > LONG,
        "after a very long line": len(said) > place.budget,
        "after another script": script(text) != script(first.text) != "",
    }


@_asked_again
def _is_only_links(text: str) -> bool:
    return _ONLY_LINKS.match(text) is not None


@_asked_again
def script(text: str) -> str:
    """Return the script that most letters of a text are of: by its first code points' block, roughly.

    >>> script("Harbour"), script("港が開く"), script("2019")
    ('latin', 'wide', '')
    """
    counts = {"latin": 0, "cyrillic": 0, "wide": 0, "other": 0}
    for character in _LINK.sub("", text[:400])[:200]:
        if character < "\u0250":
            counts["latin"] += character.isalpha()
        elif "\u0400" <= character <= "\u052f":
            counts["cyrillic"] += 1
        elif is_wide(character):
            counts["wide"] += 2 * character.isalpha()
        elif character.isalpha():
            counts["other"] += 1
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


@_asked_again
def text_weight(text: str) -> int:
    """Return what a text counts by the platform's rule, about: wide letters twice, links 23 each.

    >>> text_weight("Open! https://t.co/AbCdEf1234"), text_weight("港")
    (29, 2)
    """
    links = 0

    def counted(link: re.Match[str]) -> str:
        nonlocal links
        if link[1] is not None and not link[1].startswith(("http", "pic.")):
            return link[1]
        links += 1
        return ""

    rest = _LINK.sub(counted, text)
    return len(rest) + sum(map(is_wide, rest)) + links * LINK_WEIGHT
