"""The platform's short links, t.co/CODE and pic.twitter.com/CODE, as extractors leave them.

They come glued to words, wrapped and cut off. A code was 7 letters long at first, 8 from 2011 and 10 since
February 2013; nothing in a text marks its end. So:

- A code ends at the first character that is not an ASCII letter or digit, before a ``pic.twitter.com/``,
  ``pic.x.com/`` or ``https://`` that is glued to it, and in any case after ten letters: what follows then is
  the next word, whatever its first letter. An old code of eight letters with a word glued to it is misread.
- A code of another length than 7, 8 or 10, or with an ellipsis right behind it, is cut off and is never
  completed. White space before the ellipsis says that it belongs to the sentence and the code is whole.
- Text browsers wrap at the colon and the slashes. After a wrap in front of the code only 8 or 10 letters that
  do not look like a word (a digit, or a capital inside) are taken for one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from resolver.models import Role

#: How long a code has been, by the age of the link.
_LENGTHS_OF_CODES = frozenset({7, 8, 10})
_LONGEST_CODE = 10

#: A line break with the blanks before it and the indentation or quote marks (Markdown) behind it.
_WRAP = r"(?:[ \t]{0,20}\r?\n[ \t>]{0,60})"

#: A short link in any form. Within another link (behind a slash or an equals sign) it is none of its own.
SHORT_LINK = (
    rf"(?:(?<![/=])(?P<scheme>(?ai:https?)):{_WRAP}?/{_WRAP}?/{_WRAP}?(?ai:www\.)?"
    r"|(?<![A-Za-z0-9._@＠#＃$/=\-])(?=(?ai:t\.co))|(?<![/=])(?=(?ai:pic\.)))"
    rf"(?P<host>(?ai:t\.co|pic\.(?:twitter|x)\.com)){_WRAP}?/"
    rf"(?:(?P<code>[A-Za-z0-9]{{1,80}})|{_WRAP}(?P<wrapped>"
    r"(?=[A-Za-z]{0,9}[0-9]|[A-Za-z]{1,9}[A-Z])(?:[A-Za-z0-9]{10}|[A-Za-z0-9]{8})(?![A-Za-z0-9])))"
)


class ShortLink(NamedTuple):
    """A short link as it was read. ``url`` is ``None`` where its code is cut off."""

    end: int
    url: str | None
    role: Role


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(SHORT_LINK)


@cache
def _glued_link() -> re.Pattern[str]:
    # Its beginning consists of letters too, so it stands at the end of what looks like the code.
    return re.compile(r"(?ai:https?(?=://)|pic(?=\.(?:twitter|x)\.com/))")


@cache
def _query() -> re.Pattern[str]:
    return re.compile(r"\?[a-z]{1,20}=[A-Za-z0-9]{1,20}(?:&[a-z]{1,20}=[A-Za-z0-9]{1,20}){0,4}")


@cache
def ellipsis() -> re.Pattern[str]:
    """Return the pattern of an ellipsis, in one character or in three dots."""
    return re.compile(r"…|\.\.\.")


def _end_of_code(text: str, start: int, end: int) -> int:
    """Return where the code ends that begins the ASCII letters and digits from *start* to *end*."""
    glued = _glued_link().search(text, max(start, end - len("https")), end + len(".twitter.com/"))
    if glued and glued.end() == end:
        end = glued.start()
    return min(end, start + _LONGEST_CODE)


def read_short_link(found: re.Match[str], text: str) -> ShortLink:
    """Return the short link that :data:`SHORT_LINK` found in the text, by the rules above."""
    picture = not found["host"].lower().startswith("t")
    scheme = "https" if picture or not found["scheme"] else found["scheme"].lower()
    group = "code" if found["code"] else "wrapped"
    start = found.start(group)
    end = _end_of_code(text, start, found.end(group))
    whole = end - start in _LENGTHS_OF_CODES
    url = f"{scheme}://t.co/{text[start:end]}"
    query = None if picture else _query().match(text, end)
    if query:
        url += query[0]
        end = query.end()
    cut = ellipsis().match(text, end)
    return ShortLink(
        cut.end() if cut else end, url if whole and not cut else None, Role.MEDIA if picture else Role.LINK
    )


def short_link(written: str) -> ShortLink | None:
    """Return the short link that the text begins with; ``None`` where it does not begin with one.

    >>> short_link("pic.twitter.com/AbCdEf1234")
    ShortLink(end=26, url='https://t.co/AbCdEf1234', role=<Role.MEDIA: 'media'>)
    >>> short_link("https://t.co/AbCd…").url is None
    True
    """
    found = _pattern().match(written)
    return read_short_link(found, written) if found else None
