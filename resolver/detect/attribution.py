"""The last line of a flattened tweet: who wrote it, and when. It is what tells a tweet from the article around it.

The form that the platform gave its embeds since 2011 is ``— Name (@handle) date``, with the date linked to the post.
What extractors do to it: the dash becomes another one, or goes, or is glued to the post's text; the line is broken
anywhere; the date is a Markdown link, or has lynx's number of one; the date, or the handle, goes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from resolver.dates import find_date
from resolver.detect.following import goes_on
from resolver.detect.places import places
from resolver.detect.references import References
from resolver.patterns import pattern
from resolver.platforms import platform_at, post_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from resolver.dates import DateMatch
    from resolver.models import Post

#: The longest that a name with its dash is looked for, in characters. The platform allows 50 to a name.
LONGEST_NAME = 120

# Marks that steer the direction of a text, and characters without width, stand around names of many scripts.
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_GAP = rf"[\s>{_INVISIBLE}]{{0,12}}"
# Markdown writers link the handle, and put a backslash before its underscores.
_HANDLE = pattern(
    rf"\({_GAP}\[?[@＠]((?:[A-Za-z0-9_]|\\_){{1,20}})(?:\]\((?P<profile>[^\s()<>]{{1,200}})\))?{_GAP}\)"
)
_SIGNS: Final = ("@", "＠")
#: The most that stands from its parenthesis to the sign of a handle, in characters.
_LONGEST_BEFORE_SIGN: Final = len("(") + 12 + len("[")
_DASH = pattern(r"[—–―‒]|-{2,3}|(?<=\s)-(?=\s)|&(?:mdash|ndash|#8212|#8211);")
# What a name cannot hold, so that it begins after it: a short link, and where no dash stands before it, a hashtag.
_SHORT_LINK = pattern(r"(?:https?://t\.co/|\bpic\.(?:twitter|x)\.com/)[A-Za-z0-9]{10}\s{0,4}")
_HASHTAG = pattern(r"(?<![\w&/])[#＃][^\W_]\w{0,80}\s{1,4}")
_EMPTY_LINE = pattern(r"\n[^\S\n]{0,80}\n")
_BLANK = pattern(r"[\s>]{0,80}")

# What may stand between handle and date: where a Markdown link begins, or lynx's number of one.
_MARKDOWN_LINK = pattern(rf"{_GAP}\[[^\S\n]{{0,3}}(?=\S)")
_MARKDOWN_TARGET = pattern(r"[\s,>]{0,8}\]\(\s{0,4}<?(https?://[^\s()<>]{1,400})>?\)")
_NUMBER = pattern(rf"{_GAP}\[([0-9]{{1,4}})\]")
# A date linked to a post says who even where the handle is gone.
_LINKED_DATE = pattern(
    r"\[(?P<label>[^\[\]]{4,60})\]\((?P<url>https?://(?:[a-z]{1,10}\.)?(?:twitter|x)\.com/[^\s()<>]{5,200})\)"
)
_LONGEST_LABEL: Final = len("[") + 60
_MARKDOWN_NAME = pattern(r"\[([^\[\]]{1,80})\]\(https?://[^\s()<>]{1,200}\)")
_LEADING = pattern(rf"[\s>*_{_INVISIBLE}]{{0,40}}")


class Attribution(NamedTuple):
    """Who and when, as printed below a post, and its span, from the dash on."""

    start: int
    end: int
    #: What stands before the name: a dash, a hyphen, or nothing.
    dash: str
    author: str
    handle: str
    date: DateMatch | None
    #: The post that the date is linked to, where the link survived.
    post: Post | None


def find_attributions(text: str, *, today: date) -> Iterator[Attribution]:
    """Yield what may be attributions in a text, in their order; they do not overlap.

    Whether there is a date, and what stands before it, tells how likely each is to be one: that is the caller's.

    >>> from datetime import date
    >>> found, = find_attributions("Open! — Jo Doe (@jodoe) May 2, 2019", today=date(2026, 1, 1))
    >>> found.author, found.handle, found.date.date.isoformat()
    ('Jo Doe', 'jodoe', '2019-05-02')
    """
    return _Finder(text, today).find()


def may_attribute(text: str, start: int) -> bool:
    """Return whether a handle or a linked date that begins at a place may be of an attribution, whatever it stands in.

    It is none without a date or the end of its paragraph after it, the latter only with a dash before it.

    >>> [may_attribute(f"by Jo (@jo){after}", 6) for after in (" of Theori", " on 2 May 2019", " 2 May 2019")]
    [False, False, True]
    """
    finder = _Finder(text, date.max)
    if _LINKED_DATE.match(text, start):
        return finder.date_at(start)[2] is not None
    handle = _HANDLE.match(text, start)
    if handle is None or not _is_of_platform(handle):
        return False
    if finder.date_at(handle.end())[0] is not None:
        return True
    before = max(0, start - LONGEST_NAME)
    return finder.ends_paragraph(handle.end()) and _DASH.search(text, before, start) is not None


class _Finder:
    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today
        self.references = References(text)

    def find(self) -> Iterator[Attribution]:
        floor = 0
        for start, end, handle in self._anchors():
            if start < floor:
                continue
            found = self._attribution(floor, start, end, handle)
            if found is not None:
                yield found
                floor = found.end

    def _anchors(self) -> list[tuple[int, int, str | None]]:
        """Return where handles in parentheses stand, and dates that are linked to a post, in their order."""
        anchors: list[tuple[int, int, str | None]] = [
            (match.start(), match.end(), match[1].replace("\\", ""))
            for match in handles(self.text)
            if _is_of_platform(match)
        ]
        dates = [(match.start(), match.start(), None) for match in linked_dates(self.text)]
        anchors += dates if dates and "/status" in self.text else []
        return sorted(anchors, key=lambda anchor: anchor[0])

    def _attribution(self, floor: int, start: int, end: int, handle: str | None) -> Attribution | None:
        if handle is not None and goes_on(self.text, end):
            return None
        printed, last, post = self.date_at(end)
        handle = handle or (post.handle if post else None)
        if handle is None or (printed is None and post is None and not self.ends_paragraph(end)):
            return None
        name = self._name(max(floor, start - LONGEST_NAME), start)
        if name is None:
            return None
        at, dash, author = name
        return Attribution(
            start=at, end=last, dash=dash, author=author, handle=handle, date=printed, post=post
        )

    def _name(self, start: int, end: int) -> tuple[int, str, str] | None:
        """Return where a name begins with its dash, the dash, and the name, all within one paragraph."""
        for empty in _EMPTY_LINE.finditer(self.text, start, end):
            start = empty.end()
        start = _after_last(_SHORT_LINK, self.text, start, end)
        dashes = list(_DASH.finditer(self.text, start, end))
        line = max(start, self.text.rfind("\n", start, end) + 1)
        line = min(_LEADING.match(self.text, line).end(), end)  # type: ignore[union-attr]
        line = line if dashes else _after_last(_HASHTAG, self.text, line, end)
        # A dash at the beginning of the line is the attribution's, and later ones are of the name; else the last.
        # The platform's own is the em dash: other dashes after one are of the name.
        first = next((dash for dash in dashes if dash.start() == line), None)
        own = [dash for dash in dashes if dash[0] in {"—", "&mdash;", "&#8212;"}]
        dash = first or next(reversed(own or dashes), None)
        at, name_start, mark = (dash.start(), dash.end(), dash[0]) if dash else (line, line, "")
        author = _tidy_name(self.text[name_start:end])
        return (at, mark, author) if author else None

    def date_at(self, position: int) -> tuple[DateMatch | None, int, Post | None]:
        """Return the date after a handle, where the attribution ends, and the post that the date is linked to."""
        number = _NUMBER.match(self.text, position)
        link = None if number else _MARKDOWN_LINK.match(self.text, position)
        begin = number.end() if number else link.end() if link else position
        found = find_date(self.text, begin, today=self.today)
        if found is None or self._begins_an_item(position, found):
            return None, position, None
        target = _MARKDOWN_TARGET.match(self.text, found.end_with_time) if link else None
        address = target[1] if target else self.references.address(number[1]) if number else None
        end = target.end() if target else found.end
        return found, end, post_of(address) if address else None

    def _begins_an_item(self, position: int, found: DateMatch) -> bool:
        """Whether a date on a line of its own is followed by a dash: then it is the next line's, as in a programme."""
        if "\n" not in self.text[position : found.start]:
            return False
        return (
            _DASH.match(self.text, found.end + len(" ")) is not None
            or _DASH.match(self.text, found.end) is not None
        )

    def ends_paragraph(self, position: int) -> bool:
        """Return whether an empty line or the end of the text follows."""
        rest = self.text[position : position + 80]
        return not rest.strip() or _EMPTY_LINE.match(rest.lstrip(" \t")) is not None


def handles(text: str) -> Iterator[re.Match[str]]:
    """Yield the handles in parentheses in a text, each with the profile that it is linked to.

    >>> [match[1] for match in handles("Jo (@jo), Al ([@al](https://twitter.com/al)) and b@c.example")]
    ['jo', 'al']
    """
    floor = 0
    for at in sorted(at for sign in _SIGNS for at in places(text, sign)):
        start = text.rfind("(", max(floor, at - _LONGEST_BEFORE_SIGN), at)
        match = _HANDLE.match(text, start) if start >= 0 else None
        if match is not None:
            floor = match.end()
            yield match


def linked_dates(text: str) -> Iterator[re.Match[str]]:
    """Yield the labels, short enough for dates, that are linked to an address of the platform.

    >>> [match["label"] for match in linked_dates("[May 2, 2019](https://twitter.com/jo/status/1)")]
    ['May 2, 2019']
    """
    floor = 0
    for at in places(text, "](http"):
        start = text.rfind("[", max(floor, at - _LONGEST_LABEL), at)
        match = _LINKED_DATE.match(text, start) if start >= 0 else None
        if match is not None:
            floor = match.end()
            yield match


def _is_of_platform(handle: re.Match[str]) -> bool:
    """Return whether a handle may be the platform's: change logs link the handles of other sites."""
    return handle["profile"] is None or platform_at(handle["profile"]) == "twitter"


def _after_last(expression: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return where the last match ends that is within the two places; the first place where there is none."""
    return max((match.end() for match in expression.finditer(text, start, end)), default=start)


def _tidy_name(name: str) -> str:
    """Return a name without Markdown, quote marks, character references, and marks without width at its ends."""
    name = _MARKDOWN_NAME.sub(r"\1", name).replace("\\", "")
    if "&" in name:
        import html

        name = html.unescape(html.unescape(name))
    words = " ".join(word for word in name.split() if word != ">")
    return words.strip("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff *_[")
