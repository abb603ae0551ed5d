"""What speaks for a post to begin at one place of a text: named, so that it can be weighed on labelled cases."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from resolver.detect.columns import columns
from resolver.detect.letters import NOT_LATIN, script, text_weight
from resolver.detect.units import BULLET, Joint
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resolver.detect.units import Unit

# What posts have and the sentences of articles seldom do.
_OF_POSTS = pattern(
    r"(?<![\w/&])[#＃]\w|(?<![\w./])[@＠]\w|https?://t\.co/|\bpic\.(?:twitter|x)\.com/"
    "|[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
)
_OF_SIGNS = pattern("[#＃@＠/\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_ONLY_LINKS = pattern(
    r"(?:[\W\d_]{0,20}(?:https?://[^\s<>]{1,400}|pic\.(?:twitter|x)\.com/\w{1,20}|[#@＃＠]\w{1,60})){1,40}\W{0,20}$"
)
_OTHER_ADDRESS = pattern(r"https?://(?!t\.co/)\S{1,400}$")
_COLON = pattern(r"[:：][*_]{0,2}$")
_SEMICOLON = pattern(r"[;；,，、][*_]{0,2}$")
_STOP = pattern(r"[.。…][\"'”’»)\]*_]{0,3}$")
_ASKS = pattern(r"[!?！？][\"'”’»)\]*_]{0,3}$")
# They are looked for at the end of a text alone.
_LONGEST_END = 4
_SMALL = pattern(r"(?!https?:|pic\.)[a-zà-öø-ÿа-яα-ω]")
_ANSWER = pattern(r"\.?\[?[@＠]\w|RT [@＠]")
_QUOTE = pattern(r"[\"“„«「『‘']")
_MARK = pattern(r"[\"“”„]")
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
    seen = [_seen(piece.text) for piece in post]
    lines = [at for at in range(1, len(post)) if post[at].joint is Joint.LINE]
    breaks = max([post[at].breaks for at in lines], default=0)
    weight = sum([one.weight for one in seen]) + len(post)
    marks = "".join([one.marks for one in seen])
    whole = [post[at].line for at in (0, *lines)]
    return {
        "lines inside": min(len(lines), MOST),
        "sentences inside": min(len(post) - 1 - len(lines), MOST),
        "long lines inside": min(sum([len(line) > LONG for line in whole]), MOST),
        "plain lines inside": min(sum([_is_plain(line) for line in whole]), MOST),
        "colons inside": min(sum([seen[at - 1].ends_in_colon for at in lines]), MOST),
        "other scripts inside": len({one.script for one in seen} - {""}) > 1,
        "a quotation is open": marks.count('"') % 2 == 1 or marks[:1] == "”",
        "gap inside, as after": breaks >= place.after_breaks > max(place.tail_breaks, 1),
        "gap inside, more than before the tail": breaks > place.tail_breaks > 0,
        "gap inside, same line": breaks > 1 and place.tail_breaks == 0,
        "nothing but links": all(one.is_only_links for one in seen),
        "very short": weight < 15,
        "too long": weight > place.budget,
        "length": min(weight / place.budget, 1.0),
    }


class _Seen(NamedTuple):
    """What a piece has to it wherever the post begins."""

    weight: int
    marks: str
    script: str
    ends_in_colon: bool
    is_only_links: bool


@_asked_again
def _seen(text: str) -> _Seen:
    return _Seen(
        weight=text_weight(text),
        marks="".join(_MARK.findall(text)),
        script=script(text),
        ends_in_colon=_COLON.search(text[-_LONGEST_END:]) is not None,
        is_only_links=_ONLY_LINKS.match(text) is not None,
    )


@_asked_again
def _is_plain(text: str) -> bool:
    return len(text) > 100 and _STOP.search(text[-_LONGEST_END:]) is not None and not _signs_of_posts(text)


@_asked_again
def _signs_of_posts(text: str) -> int:
    return len(_OF_POSTS.findall(text)) if _OF_SIGNS.search(text) else 0


@_asked_again
def _names_the_platform(text: str) -> bool:
    plain = text.lower()
    return ("tw" in plain or "tu" in plain or NOT_LATIN.search(text) is not None) and (
        _PLATFORM.search(text) is not None
    )


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
    text, end = before.text, before.text[-_LONGEST_END:]
    said = before.line if first.joint is Joint.LINE else text
    signs = _signs_of_posts(said)
    ends = any(ending.search(end) for ending in (_STOP, _ASKS, _COLON, _SEMICOLON))
    open_ended = not ends and not signs
    colon = _seen(text).ends_in_colon
    line = first.joint is Joint.LINE
    return {
        "after a colon": colon and line,
        "after a colon on the line": colon and not line,
        "after a comma": _SEMICOLON.search(end) is not None,
        "after a full stop": _STOP.search(end) is not None and not signs,
        "after a question": _ASKS.search(end) is not None and not signs,
        "after a short line": open_ended and len(said) < SHORT,
        "after an open line": open_ended and len(said) >= SHORT,
        "after a sign of posts": signs == 1,
        "after signs of posts": signs > 1,
        "after an address": _OTHER_ADDRESS.match(text) is not None,
        "after the platform's name": not signs and _names_the_platform(text[-100:]),
        "after a long line": len(said) > LONG,
        "after a very long line": len(said) > place.budget,
        "after another script": _seen(text).script != _seen(first.text).script != "",
    }
